#include "engine/text/byte_alphabet.h"

#include "engine/text/utf8.h"

#include <array>

namespace engine::text {

namespace {

constexpr std::size_t kCodes = 256 + 68;

struct Alphabet {
    std::array<std::string, 256> characters;
    std::array<int, kCodes> bytes; // -1: not in the alphabet

    Alphabet()
    {
        bytes.fill(-1);
        char32_t next = 256;
        for (int byte = 0; byte < 256; ++byte) {
            const bool itself =
                (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
            const char32_t code = itself ? static_cast<char32_t>(byte) : next++;
            append_utf8(characters[static_cast<std::size_t>(byte)], code);
            bytes[code] = byte;
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet instance;
    return instance;
}

} // namespace

std::optional<std::string> bytes_of_token(std::string_view token)
{
    const Alphabet& letters = alphabet();
    std::string bytes;
    while (!token.empty()) {
        const CodePoint next = first_code_point(token);
        if (!next.valid || next.value >= kCodes || letters.bytes[next.value] < 0)
            return std::nullopt;
        bytes += static_cast<char>(letters.bytes[next.value]);
        token.remove_prefix(next.bytes);
    }
    return bytes;
}

std::string_view character_of_byte(unsigned char byte)
{
    return alphabet().characters[byte];
}

} // namespace engine::text

#include "engine/formats/wording.h"

namespace engine::formats {

std::string in_quotes(std::string_view name)
{
    constexpr std::size_t kLongest = 80;
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : name.substr(0, kLongest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
            text += c;
        } else {
            text += "\\x";
            text += kHex[byte >> 4];
            text += kHex[byte & 15];
        }
    }
    text += name.size() > kLongest ? "...\"" : "\"";
    return text;
}

std::string shape_words(std::span<const std::int64_t> shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i > 0) text += ", ";
        text += std::to_string(shape[i]);
    }
    return text + "]";
}

tl::unexpected<Error> damaged(std::string_view file, std::string_view what)
{
    return fail(
        ErrorCode::BadModelFile,
        std::string(file) + ": " + std::string(what),
        std::string(kFetchAgain));
}

} // namespace engine::formats

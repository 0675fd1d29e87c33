#include "engine/text/utf8_stream.h"

#include "engine/text/utf8.h"

namespace engine::text {

std::string Utf8Stream::push(std::string_view bytes)
{
    waiting_ += bytes;
    std::string_view rest = waiting_;
    std::string whole;
    while (!rest.empty()) {
        const CodePoint next = first_code_point(rest);
        // Broken only because the bytes end here: it may still become a character.
        if (!next.valid && next.bytes == rest.size() &&
            static_cast<unsigned char>(rest[0]) >= 0xc2 &&
            static_cast<unsigned char>(rest[0]) <= 0xf4)
            break;
        if (next.valid) {
            whole.append(rest.substr(0, next.bytes));
        } else {
            append_utf8(whole, kReplacement);
        }
        rest.remove_prefix(next.bytes);
    }
    waiting_ = std::string(rest);
    return whole;
}

std::string Utf8Stream::finish()
{
    if (waiting_.empty()) return {};
    waiting_.clear();
    std::string replacement;
    append_utf8(replacement, kReplacement);
    return replacement;
}

} // namespace engine::text

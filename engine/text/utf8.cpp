#include "engine/text/utf8.h"

#include "base/expects.h"

namespace engine::text {

namespace {

unsigned byte_at(std::string_view text, std::size_t i)
{
    return static_cast<unsigned char>(text[i]);
}

} // namespace

CodePoint first_code_point(std::string_view text)
{
    EXPECTS(!text.empty());
    const unsigned lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1, true};
    // Table 3-7 of the Unicode standard: length, and what the second byte may be.
    std::size_t length = 0;
    unsigned low = 0x80, high = 0xbf;
    char32_t value = 0;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
        value = lead & 0x1f;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        value = lead & 0x0f;
        if (lead == 0xe0) low = 0xa0;
        if (lead == 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        value = lead & 0x07;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f;
    } else {
        return {kReplacement, 1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= text.size()) return {kReplacement, i, false};
        const unsigned next = byte_at(text, i);
        if (next < low || next > high) return {kReplacement, i, false};
        value = (value << 6) | (next & 0x3f);
        low = 0x80;
        high = 0xbf;
    }
    return {value, length, true};
}

void append_utf8(std::string& text, char32_t code_point)
{
    const auto put = [&](char32_t byte) {
        text += static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xc0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3f));
    } else if (code_point < 0x10000) {
        put(0xe0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3f));
        put(0x80 | (code_point & 0x3f));
    } else {
        put(0xf0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3f));
        put(0x80 | ((code_point >> 6) & 0x3f));
        put(0x80 | (code_point & 0x3f));
    }
}

std::string valid_utf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        if (next.valid) {
            valid.append(text.substr(0, next.bytes));
        } else {
            append_utf8(valid, kReplacement);
        }
        text.remove_prefix(next.bytes);
    }
    return valid;
}

} // namespace engine::text

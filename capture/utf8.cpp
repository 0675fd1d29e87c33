#include "capture/utf8.h"

namespace capture {
namespace {

bool is_malformed(CodePoint point)
{
    return point.value == 0xFFFD && point.size_bytes == 1;
}

unsigned char byte_at(std::string_view text, std::size_t i)
{
    return static_cast<unsigned char>(text[i]);
}

} // namespace

CodePoint first_code_point(std::string_view text)
{
    const unsigned char lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1};
    // Table 3-7 of the Unicode standard: the second byte's range depends on the first.
    int size = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    char32_t value = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        size = 2;
        value = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        size = 3;
        value = lead & 0x0Fu;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        size = 4;
        value = lead & 0x07u;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {};
    }
    if (text.size() < static_cast<std::size_t>(size)) return {};
    for (int i = 1; i < size; ++i) {
        const unsigned char c = byte_at(text, static_cast<std::size_t>(i));
        if (c < low || c > high) return {};
        value = (value << 6) | (c & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    return {value, size};
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (is_malformed(point) || point.value == 0) return false;
        text.remove_prefix(static_cast<std::size_t>(point.size_bytes));
    }
    return true;
}

void append_utf8(std::string& out, char32_t code_point)
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = 0xFFFD;
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::string to_valid_utf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        const bool control = (point.value < 0x20 && point.value != '\t' && point.value != '\n') ||
                             point.value == 0x7F;
        if (is_malformed(point) || control) {
            out += "\xEF\xBF\xBD";
        } else {
            out.append(text.substr(0, static_cast<std::size_t>(point.size_bytes)));
        }
        text.remove_prefix(static_cast<std::size_t>(point.size_bytes));
    }
    return out;
}

} // namespace capture

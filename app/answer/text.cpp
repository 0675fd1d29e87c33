#include "app/answer/text.h"

#include <algorithm>
#include <utf8proc.h>

namespace app::answer {

namespace {

constexpr char32_t kSoftHyphen = 0xAD;
constexpr char32_t kReplacement = 0xFFFD;

utf8proc_category_t category(char32_t c)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_hyphen(char32_t c)
{
    return c == U'-' || c == 0x2010 || c == 0x2011;
}

bool is_invisible(char32_t c)
{
    return c == kSoftHyphen || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/// One sign for all shapes of a quotation mark or dash: text layers and OCR choose freely.
char32_t plain_shape(char32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case U'`':
    case 0xB4:
        return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0xAB:
    case 0xBB:
        return U'"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return U'-';
    default:
        return c;
    }
}

/// Latin ligatures of typesetters; other compatibility forms (², ½, ™) say something else than
/// their letters.
std::string_view ligature(char32_t c)
{
    static constexpr std::string_view kLigatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? kLigatures[c - 0xFB00] : std::string_view{};
}

bool is_word_of(std::string_view page, std::string_view word)
{
    for (auto at = page.find(word); at != std::string_view::npos; at = page.find(word, at + 1)) {
        const auto ends = at + word.size();
        const auto part = [&](std::size_t i) {
            const auto c = static_cast<unsigned char>(page[i]);
            return c >= 0x80 || std::isalnum(c) || c == '-';
        };
        if ((at == 0 || !part(at - 1)) && (ends == page.size() || !part(ends))) return true;
    }
    return false;
}

/// Letters right before byte `end`.
std::string_view word_before(std::string_view text, std::size_t end)
{
    auto begin = end;
    while (begin > 0) {
        const auto c = static_cast<unsigned char>(text[begin - 1]);
        if (c < 0x80 && !std::isalpha(c)) break;
        --begin;
    }
    return text.substr(begin, end - begin);
}

std::string_view word_after(std::string_view text, std::size_t begin)
{
    auto end = begin;
    while (end < text.size()) {
        const auto c = static_cast<unsigned char>(text[end]);
        if (c < 0x80 && !std::isalpha(c)) break;
        ++end;
    }
    return text.substr(begin, end - begin);
}

bool keeps_hyphen(std::string_view left, std::string_view right, std::string_view around)
{
    if (around.empty() || left.empty() || right.empty()) return false;
    const auto spelled = std::string(left) + "-" + std::string(right);
    if (around.find(spelled) != std::string_view::npos) return true;
    return left.size() >= 3 && right.size() >= 3 && is_word_of(around, left) &&
           is_word_of(around, right);
}

} // namespace

char32_t next_code_point(std::string_view utf8, std::size_t& at)
{
    utf8proc_int32_t code_point = 0;
    const auto taken = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()) + at,
        static_cast<utf8proc_ssize_t>(utf8.size() - at),
        &code_point);
    if (taken <= 0) {
        ++at;
        return kReplacement;
    }
    at += static_cast<std::size_t>(taken);
    return static_cast<char32_t>(code_point);
}

void append_utf8(std::string& out, char32_t code_point)
{
    utf8proc_uint8_t bytes[4];
    const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
    out.append(bytes, bytes + count);
}

bool is_space(char32_t c)
{
    if (c < 0x80) return c <= 0x20 || c == 0x7F;
    const auto kind = category(c);
    return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
           kind == UTF8PROC_CATEGORY_ZP || kind == UTF8PROC_CATEGORY_CC;
}

bool is_letter(char32_t c)
{
    if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

bool is_digit(char32_t c)
{
    return c < 0x80 ? c >= U'0' && c <= U'9' : category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_upper(char32_t c)
{
    return c < 0x80 ? c >= U'A' && c <= U'Z' : category(c) == UTF8PROC_CATEGORY_LU;
}

bool is_lower(char32_t c)
{
    return c < 0x80 ? c >= U'a' && c <= U'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

std::string readable(std::string_view raw, std::string_view around)
{
    std::string out;
    out.reserve(raw.size());
    bool space = false;
    for (std::size_t at = 0; at < raw.size();) {
        const auto here = at;
        const auto c = next_code_point(raw, at);
        if (is_space(c)) {
            space = true;
            continue;
        }
        if (is_hyphen(c) || c == kSoftHyphen) {
            auto after = at;
            bool line_end = false;
            while (after < raw.size() &&
                   (raw[after] == ' ' || raw[after] == '\n' || raw[after] == '\r')) {
                line_end |= raw[after] == '\n';
                ++after;
            }
            auto peek = after;
            const bool joins = line_end && !space && after < raw.size() && !out.empty() &&
                               is_letter(static_cast<unsigned char>(out.back())) &&
                               is_lower(next_code_point(raw, peek));
            if (joins) {
                if (c != kSoftHyphen &&
                    keeps_hyphen(word_before(raw, here), word_after(raw, after), around)) {
                    out += '-';
                }
                at = after;
                continue;
            }
        }
        if (is_invisible(c)) continue;
        if (space && !out.empty()) out += ' ';
        space = false;
        const auto letters = ligature(c);
        if (letters.empty())
            append_utf8(out, c);
        else
            out += letters;
    }
    return out;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next_code_point(text, at);
        if (c < 0x80) {
            if (is_letter(c))
                word += static_cast<char>(c | 0x20);
            else if (is_digit(c))
                word += static_cast<char>(c);
            else
                finish();
            continue;
        }
        if (is_invisible(c)) continue;
        if (!is_letter(c) && !is_digit(c)) {
            finish();
            continue;
        }
        utf8proc_int32_t parts[16];
        int boundary = 0;
        const auto count = utf8proc_decompose_char(
            utf8proc_tolower(static_cast<utf8proc_int32_t>(c)),
            parts,
            16,
            static_cast<utf8proc_option_t>(
                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK),
            &boundary);
        for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(count, 16); ++i) {
            append_utf8(word, static_cast<char32_t>(parts[i]));
        }
    }
    finish();
    return words;
}

MatchKey match_key(std::string_view text)
{
    MatchKey key;
    key.bytes.reserve(text.size());
    char32_t before = 0; // the last sign that counted
    bool space = false;  // since then
    bool hyphen = false; // right behind a letter; counts only where no letter follows
    std::uint32_t hyphen_at = 0;
    const auto add = [&](std::string_view bytes, std::size_t begin, std::size_t end) {
        for (const char byte : bytes) {
            key.bytes += byte;
            key.begin.push_back(static_cast<std::uint32_t>(begin));
            key.end.push_back(static_cast<std::uint32_t>(end));
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto here = at;
        auto c = plain_shape(next_code_point(text, at));
        if (is_invisible(c)) continue;
        if (is_space(c)) {
            space = true;
            continue;
        }
        if (hyphen && !is_letter(c)) {
            add("-", hyphen_at, hyphen_at + 1);
            before = U'-';
        }
        hyphen = false;
        if (c == U'-' && is_letter(before) && !space) {
            hyphen = true;
            hyphen_at = static_cast<std::uint32_t>(here);
            continue;
        }
        if (space && is_digit(before) && is_digit(c)) add(" ", here, here);
        space = false;
        const auto letters = ligature(c);
        std::string bytes;
        if (letters.empty())
            append_utf8(bytes, c);
        else
            bytes = letters;
        add(bytes, here, at);
        before = c;
    }
    if (hyphen) add("-", hyphen_at, hyphen_at + 1);
    return key;
}

std::string shortened(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes) return std::string(text);
    auto end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    const auto space = text.rfind(' ', end);
    if (space != std::string_view::npos && space > bytes / 2) end = space;
    return std::string(text.substr(0, end)) + "…";
}

} // namespace app::answer

#include "app/answer/sentence_ends.h"

#include "app/answer/language.h"
#include "app/answer/text.h"

#include <algorithm>
#include <string>

namespace app::answer {

namespace {

bool ends_sentence_mark(char32_t c)
{
    switch (c) {
    case U'.':
    case U'!':
    case U'?':
    case 0x2026: // …
    case 0x3002: // 。
    case 0xFF01: // ！
    case 0xFF1F: // ？
    case 0xFF0E: // ．
    case 0x061F: // ؟
    case 0x06D4: // ۔
    case 0x0964: // ।
    case 0x1362: // ።
        return true;
    default:
        return false;
    }
}

/// Marks that need no space behind them.
bool is_wide_mark(char32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E;
}

bool closes(char32_t c)
{
    return c == U'"' || c == U'\'' || c == U')' || c == U']' || c == 0x201D || c == 0x2019 ||
           c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09;
}

std::string lower_word_before(std::string_view text, std::size_t end)
{
    auto begin = end;
    while (begin > 0) {
        const auto c = static_cast<unsigned char>(text[begin - 1]);
        if (c < 0x80 && !std::isalnum(c) && c != '.') break;
        --begin;
    }
    std::string word(text.substr(begin, end - begin));
    for (char& c : word) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return word;
}

/// A mark behind a space or an opening sign is a name: "($!)", " ? ", "[.]".
bool can_precede_mark(std::string_view text, std::size_t mark)
{
    if (mark == 0) return false;
    const auto c = static_cast<unsigned char>(text[mark - 1]);
    return c >= 0x80 || std::isalnum(c) ||
           std::string_view(")]}\"'>%+*./!?").find(text[mark - 1]) != std::string_view::npos;
}

/// Whether what stands from `begin` up to the mark only counts: "1" in "1. Remove the lock."
bool is_enumerator(std::string_view text, std::size_t begin, std::size_t mark)
{
    while (begin < mark && static_cast<unsigned char>(text[begin]) <= ' ') ++begin;
    constexpr std::size_t kDigits = 3;
    const auto counted = text.substr(begin, mark - begin);
    return counted.size() <= kDigits &&
           std::all_of(counted.begin(), counted.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether the full stop at `dot` ends a sentence; `next` is the first sign behind the spaces.
bool full_stop_ends(
    std::string_view text,
    std::size_t dot,
    char32_t next,
    std::string_view language)
{
    if (is_lower(next)) return false;
    const auto word = lower_word_before(text, dot);
    if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z' &&
        is_upper(static_cast<unsigned char>(text[dot - 1])) && is_upper(next)) {
        return false; // an initial: "W. N. Venables"
    }
    if (in_list(language, "abbreviations", word)) return false;
    return !(is_digit(next) && in_list(language, "abbreviations_before_number", word));
}

} // namespace

std::vector<std::size_t>
sentence_ends(std::string_view text, std::size_t begin, std::size_t end, std::string_view language)
{
    std::vector<std::size_t> ends;
    const auto stretch = text.substr(0, end);
    for (std::size_t at = begin; at < end;) {
        const auto here = at;
        const auto c = next_code_point(stretch, at);
        if (!ends_sentence_mark(c) || !can_precede_mark(stretch, here)) continue;
        auto after = at;
        char32_t next = 0;
        while (after < end) {
            auto peek = after;
            next = next_code_point(stretch, peek);
            if (!ends_sentence_mark(next) && !closes(next)) break;
            after = peek;
            next = 0;
        }
        at = after;
        if (after == end) break;
        if (!is_wide_mark(c) && !is_space(next)) continue;
        auto peek = after;
        while (peek < end && is_space(next)) next = next_code_point(stretch, peek);
        if (peek == end && is_space(next)) break;
        if (c == U'.' && !full_stop_ends(stretch, here, next, language)) continue;
        if (c == 0x2026 && is_lower(next)) continue;
        if (c == U'.' && is_enumerator(stretch, ends.empty() ? begin : ends.back(), here)) continue;
        ends.push_back(after);
    }
    ends.push_back(end);
    return ends;
}

bool ends_a_sentence(std::string_view text)
{
    bool ended = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next_code_point(text, at);
        ended = ends_sentence_mark(c) || (ended && closes(c));
    }
    return ended;
}

} // namespace app::answer

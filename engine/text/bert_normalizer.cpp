#include "engine/text/bert_normalizer.h"

#include "engine/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace engine::text {

namespace {

/// Numbered as in the table.
enum class Fold : std::uint8_t { Keep, Drop, Space, Punctuation, Shift, Sequence, Hangul };
constexpr std::uint8_t kIsolated = 8;

struct FoldRange {
    char32_t first, last;
    std::uint8_t step; // 2: every second code point, the others are kept
    std::uint8_t kind;
    std::int32_t value; // Shift: added to the code point; Sequence: place in kFoldSequences
};

#include "engine/text/bert_fold_table.inc"

struct Folded {
    Fold kind = Fold::Keep;
    bool isolated = false;
    std::int32_t value = 0;
};

Folded look_up(char32_t c)
{
    const FoldRange* const after = std::upper_bound(
        std::begin(kFoldRanges),
        std::end(kFoldRanges),
        c,
        [](char32_t value, const FoldRange& range) { return value < range.first; });
    if (after == std::begin(kFoldRanges)) return {};
    const FoldRange& range = *std::prev(after);
    if (c > range.last || (c - range.first) % range.step != 0) return {};
    return {static_cast<Fold>(range.kind & 7), (range.kind & kIsolated) != 0, range.value};
}

/// Conjoining jamo by arithmetic. Source: Unicode 15, 3.12.
void append_hangul(std::string& out, char32_t c)
{
    const char32_t syllable = c - 0xac00;
    append_utf8(out, 0x1100 + syllable / 588);
    append_utf8(out, 0x1161 + syllable % 588 / 28);
    if (syllable % 28 != 0) append_utf8(out, 0x11a7 + syllable % 28);
}

void append_folded(std::string& out, char32_t c)
{
    const Folded folded = look_up(c);
    if (folded.isolated) out += ' ';
    switch (folded.kind) {
    case Fold::Keep:
    case Fold::Punctuation:
        append_utf8(out, c);
        break;
    case Fold::Drop:
        break;
    case Fold::Space:
        out += ' ';
        break;
    case Fold::Shift:
        append_utf8(out, static_cast<char32_t>(static_cast<std::int32_t>(c) + folded.value));
        break;
    case Fold::Sequence: {
        const char32_t* const sequence = std::begin(kFoldSequences) + folded.value;
        for (char32_t i = 1; i <= sequence[0]; ++i) append_utf8(out, sequence[i]);
        break;
    }
    case Fold::Hangul:
        append_hangul(out, c);
        break;
    }
    if (folded.isolated) out += ' ';
}

bool is_punctuation(char32_t c)
{
    if (c < 0x80)
        return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) ||
               (c >= 123 && c <= 126);
    return look_up(c).kind == Fold::Punctuation;
}

} // namespace

bool in_punctuation_category(char32_t c)
{
    constexpr std::u32string_view kSymbols = U"$+<=>^`|~";
    return is_punctuation(c) && kSymbols.find(c) == std::u32string_view::npos;
}

std::string bert_normalize(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const char first = text.front();
        if (first >= 'a' && first <= 'z') { // the common case by far
            out += first;
            text.remove_prefix(1);
            continue;
        }
        const CodePoint next = first_code_point(text);
        append_folded(out, next.value); // U+FFFD is dropped
        text.remove_prefix(next.bytes);
    }
    return out;
}

void for_each_bert_word(
    std::string_view normalized,
    const std::function<void(std::string_view word, int code_points)>& word)
{
    std::size_t begin = 0;
    int length = 0;
    for (std::size_t at = 0; at < normalized.size();) {
        const CodePoint next = first_code_point(normalized.substr(at));
        const bool space = next.value == U' ';
        const bool punctuation = !space && is_punctuation(next.value);
        if (space || punctuation) {
            if (length > 0) word(normalized.substr(begin, at - begin), length);
            if (punctuation) word(normalized.substr(at, next.bytes), 1);
            begin = at + next.bytes;
            length = 0;
        } else {
            ++length;
        }
        at += next.bytes;
    }
    if (length > 0) word(normalized.substr(begin), length);
}

} // namespace engine::text

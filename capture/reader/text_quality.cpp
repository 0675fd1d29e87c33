#include "capture/reader/text_quality.h"

#include "capture/utf8.h"

#include <string>

namespace capture::reader {
namespace {

constexpr std::size_t kLeastToJudge = 20; // characters
constexpr std::size_t kLeastWords = 15;
constexpr std::size_t kLeastLetters = 100;
constexpr double kMostlyLatin = 0.7;

bool is_broken(char32_t c)
{
    const bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    return c == 0xFFFD || private_use || (c < 0x20) || (c >= 0x7F && c < 0xA0);
}

bool is_space(char32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x3000;
}

bool is_letter(char32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F);
}

/// Greek, Cyrillic and all that follows, without general punctuation, signs and what is broken.
bool is_other_letter(char32_t c)
{
    return c >= 0x370 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
           !is_broken(c);
}

bool is_vowel(char32_t c)
{
    return c >= 0xC0 || std::u32string_view(U"aeiouyAEIOUY").find(c) != std::u32string_view::npos;
}

/// Counts Latin words of three letters or more, and those among them that could be words of a
/// language.
struct WordCount {
    std::size_t words = 0;
    std::size_t good = 0;

    void end_word()
    {
        if (letters >= 3 && other == 0) {
            ++words;
            const bool odd_case = capitals_inside > 0 && capitals_inside + 1 < letters;
            if (has_vowel && !odd_case) ++good;
        } else if (letters >= 2 && symbols_inside > 0) {
            ++words; // "7KH TXLFN%URZQ": letters and signs mixed
        }
        *this = WordCount{words, good};
    }
    void add(char32_t c)
    {
        if (is_letter(c)) {
            if (letters > 0 && c >= 'A' && c <= 'Z') ++capitals_inside;
            ++letters;
            has_vowel = has_vowel || is_vowel(c);
            symbols_inside += pending_symbols;
            pending_symbols = 0;
        } else if (c < 0x80) {
            // Signs at the end of a word are punctuation; hyphens, apostrophes and dots join words.
            const bool joins =
                c == '-' || c == '\'' || c == '.' || c == '/' || c == '_' || c == '@';
            if (letters > 0 && !joins) ++pending_symbols;
        } else if (c != 0x2019 && c != 0x2010 && c != 0xAD) {
            ++other; // another script: not judged here
        }
    }

    std::size_t letters = 0;
    std::size_t capitals_inside = 0;
    std::size_t pending_symbols = 0;
    std::size_t symbols_inside = 0;
    std::size_t other = 0;
    bool has_vowel = false;
};

} // namespace

TextQuality measure_text(std::string_view text)
{
    TextQuality out;
    std::size_t broken = 0;
    WordCount count;
    std::size_t letters = 0;
    std::size_t vowels = 0;
    std::size_t other_letters = 0;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        text.remove_prefix(static_cast<std::size_t>(point.size_bytes));
        if (is_space(point.value)) {
            count.end_word();
            continue;
        }
        ++out.characters;
        broken += is_broken(point.value) ? 1 : 0;
        count.add(point.value);
        letters += is_letter(point.value) ? 1 : 0;
        other_letters += is_other_letter(point.value) ? 1 : 0;
        vowels += is_letter(point.value) && is_vowel(point.value) ? 1 : 0;
    }
    count.end_word();
    if (out.characters > 0) {
        out.readable = 1 - static_cast<double>(broken) / static_cast<double>(out.characters);
    }
    if (letters + other_letters > 0) {
        out.latin = static_cast<double>(letters) / static_cast<double>(letters + other_letters);
    }
    if (out.latin < kMostlyLatin) return out;
    if (letters >= kLeastLetters) {
        out.vowels = static_cast<double>(vowels) / static_cast<double>(letters);
    }
    if (count.words >= kLeastWords) {
        out.word_like = static_cast<double>(count.good) / static_cast<double>(count.words);
    }
    return out;
}

bool is_garbage(const TextQuality& quality)
{
    if (quality.characters < kLeastToJudge) return quality.readable < 0.5;
    return quality.readable < 0.75 || quality.word_like < 0.45 || quality.vowels < 0.28;
}

} // namespace capture::reader

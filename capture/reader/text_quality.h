#pragma once

#include <cstddef>
#include <string_view>

namespace capture::reader {

/// How far the text layer of a page can be trusted. A layer may be there and lie: fonts without
/// ToUnicode give private or replacement characters, broken ones give letters shifted by a
/// constant.
struct TextQuality {
    std::size_t characters = 0; // without white space
    double readable = 1;        // part that is no replacement, private or control character
    double latin = 1;           // part of the letters; the two below judge Latin text only
    double word_like = 1;       // part of the words that could be words: a vowel, letters only
    double vowels = 0.4;        // part of the letters; a third to a half in most languages
};
TextQuality measure_text(std::string_view utf8);

/// Whether the characters themselves are wrong, however many there are.
bool is_garbage(const TextQuality& quality);

} // namespace capture::reader

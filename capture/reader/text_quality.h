#pragma once

#include <cstddef>
#include <string_view>

namespace capture::reader {

/// How far the text layer of a page can be trusted. A layer may be there and lie: fonts without
/// ToUnicode give private or replacement characters, broken ones give letters shifted by a
/// constant.
struct TextQuality {
    std::size_t characters = 0; // without white space
    double readable = 1;        // part of them that is no replacement, private or control character
    double word_like = 1; // part of the Latin words that could be words: a vowel, letters only
    double vowels =
        0.4; // part of the Latin letters; a third to a half in the languages written with them
};
TextQuality measure_text(std::string_view utf8);

/// Whether the characters themselves are wrong, however many there are.
bool is_garbage(const TextQuality& quality);

} // namespace capture::reader

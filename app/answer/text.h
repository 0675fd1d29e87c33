#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// The code point at `at`, which moves behind it; a broken byte comes as U+FFFD, one at a time.
char32_t next_code_point(std::string_view utf8, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

bool is_space(char32_t c); // every Unicode space and control character
bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);

/// `raw` as a person reads it: ligatures resolved, soft hyphens gone, a word hyphenated at a line
/// end joined, every run of spaces and line ends one space, none at the ends. `around` (the page)
/// decides whether a hyphen at a line end is part of the word: it stays where the page spells the
/// word with it, or where both halves are words of the page.
std::string readable(std::string_view raw, std::string_view around = {});

/// Lower-case words as the full-text index sees them: runs of letters and digits, diacritics
/// removed.
std::vector<std::string> words_of(std::string_view text);

/// What of a text counts when a quote is looked for in it, and where each byte of that came from.
/// Left out: spaces (except between digits), soft hyphens, hyphens between letters. Changed:
/// ligatures, quotation marks, dashes.
struct MatchKey {
    std::string bytes;
    std::vector<std::uint32_t> begin; // in the text, of the code point that gave each byte
    std::vector<std::uint32_t> end;
};
MatchKey match_key(std::string_view text);

/// Cut to at most `bytes` on whole code points, at a space where one is near, with "…" where
/// something was cut.
std::string shortened(std::string_view text, std::size_t bytes);

} // namespace app::answer

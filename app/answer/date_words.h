#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// A word of the text in lower case, with its place.
struct Token {
    std::string word;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool capital = false;
};
std::vector<Token> tokens_of(std::string_view text);

// What a lower-case word of English names.

int index_of(std::span<const std::string_view> names, std::string_view word); // -1 if it is none
int weekday_of(std::string_view word); // 0 Sunday; -1 if it is none
int month_of(std::string_view word);   // 1 January; 0 if it is none
/// 1..31 from "3", "3rd", "third", "twenty" followed by "first"; 0 if it is none.
int ordinal_of(std::string_view word);
bool is_year(std::string_view word);
/// 1..12 spoken hours, up to 24 in digits; 0 if it is none.
int hour_of(std::string_view word);
bool is_clock(std::string_view word); // "9:30", "14:00"

} // namespace app::answer

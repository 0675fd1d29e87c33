#include "app/answer/date_words.h"

#include "app/answer/language.h"
#include "app/answer/text.h"

#include <algorithm>
#include <array>

namespace app::answer {

std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (!std::isalnum(c)) {
            ++at;
            continue;
        }
        Token token;
        token.begin = at;
        token.capital = std::isupper(c) != 0;
        // "9:30", "2026-11-27", "3.11.2026" and "03/11/2026" are one token each; letters and digits
        // are told apart.
        const bool digits = std::isdigit(c) != 0;
        while (at < text.size()) {
            const auto d = static_cast<unsigned char>(text[at]);
            const bool inside =
                std::isalnum(d) ||
                (digits && std::string_view(":-/.").find(text[at]) != std::string_view::npos &&
                 at + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[at + 1])));
            if (!inside) break;
            token.word += static_cast<char>(std::tolower(d));
            ++at;
        }
        token.end = at;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

int index_of(std::span<const std::string_view> names, std::string_view word)
{
    const auto found = std::find(names.begin(), names.end(), word);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

int weekday_of(std::string_view word)
{
    static constexpr std::array<std::string_view, 7> kDays =
        {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    if (word.ends_with('s')) word.remove_suffix(1); // "Mondays"
    return index_of(kDays, word);
}

int month_of(std::string_view word)
{
    static constexpr std::array<std::string_view, 12> kMonths = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"};
    static constexpr std::array<std::string_view, 12> kShort =
        {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    if (word == "sept") return 9;
    const int full = index_of(kMonths, word);
    return 1 + (full >= 0 ? full : index_of(kShort, word));
}

int ordinal_of(std::string_view word)
{
    static constexpr std::array<std::string_view, 21> kNames = {
        "",           "first",      "second",     "third",     "fourth",    "fifth",
        "sixth",      "seventh",    "eighth",     "ninth",     "tenth",     "eleventh",
        "twelfth",    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
        "eighteenth", "nineteenth", "twentieth"};
    if (const int named = index_of(kNames, word); named > 0) return named;
    if (word == "thirtieth") return 30;
    std::size_t digits = 0;
    int value = 0;
    while (digits < word.size() && digits < 3 &&
           std::isdigit(static_cast<unsigned char>(word[digits]))) {
        value = 10 * value + (word[digits++] - '0');
    }
    const auto rest = word.substr(digits);
    const bool fits = digits > 0 && (rest.empty() || rest == "st" || rest == "nd" || rest == "rd" ||
                                     rest == "th");
    return fits && value >= 1 && value <= 31 ? value : 0;
}

bool is_year(std::string_view word)
{
    return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
           std::all_of(word.begin(), word.end(), [](char c) {
               return std::isdigit(static_cast<unsigned char>(c));
           });
}

int hour_of(std::string_view word)
{
    static constexpr std::array<std::string_view, 13> kHours = {
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve"};
    const int named = index_of(kHours, word);
    if (named > 0) return named;
    int value = 0;
    if (word.empty() || word.size() > 2) return 0;
    for (const char c : word) {
        if (!std::isdigit(static_cast<unsigned char>(c))) return 0;
        value = 10 * value + (c - '0');
    }
    return value <= 24 ? value : 0;
}

bool is_clock(std::string_view word)
{
    const auto colon = word.find(':');
    return colon != std::string_view::npos && colon >= 1 && colon <= 2 && word.size() == colon + 3;
}

} // namespace app::answer

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// A date or a time of day as it was said: "by Friday", "March 3rd", "2026-11-27", "half past
/// nine", "next week".
struct DateMention {
    std::size_t begin = 0; // bytes in the text
    std::size_t end = 0;
    std::optional<std::chrono::year_month_day> day; // where a day follows from it and from `today`
    bool time_of_day = false;                       // "at nine thirty"; no day in it
    bool deadline = false;                          // "by Friday", "until the 3rd", "due Monday"
};

/// Dates and times of day in an English text, in order. `today` is the day it was said; without it
/// only full dates give a day. A weekday means the next such day after today; "last" and "ago" mean
/// past ones.
std::vector<DateMention>
dates_in(std::string_view text, std::optional<std::chrono::year_month_day> today = std::nullopt);

/// "2026-11-27"
std::string iso_date(std::chrono::year_month_day day);
/// The day in front of an ISO time stamp, "2026-11-22T09:00:00Z".
std::optional<std::chrono::year_month_day> parse_iso_date(std::string_view text);

} // namespace app::answer

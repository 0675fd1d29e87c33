#include "app/answer/dates.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using app::answer::dates_in;

namespace {

constexpr auto kSunday = std::chrono::year_month_day(2026y / 11 / 22);

std::string day_in(std::string_view text)
{
    const auto dates = dates_in(text, kSunday);
    if (dates.empty()) return "no date";
    return dates.front().day ? app::answer::iso_date(*dates.front().day) : "no day";
}

} // namespace

TEST(DatesTest, WeekdaysAreTheNextOnes)
{
    EXPECT_EQ(day_in("I'll do it by Friday."), "2026-11-27");
    EXPECT_EQ(day_in("on Sunday"), "2026-11-29");
    EXPECT_EQ(day_in("last Monday we met"), "2026-11-16");
}

TEST(DatesTest, MonthsWithDays)
{
    EXPECT_EQ(day_in("by March 3rd"), "2027-03-03");
    EXPECT_EQ(day_in("on the 24th of December"), "2026-12-24");
    EXPECT_EQ(day_in("the twenty seventh of August"), "2027-08-27");
    EXPECT_EQ(day_in("on June 6, 2025"), "2025-06-06");
    EXPECT_EQ(day_in("3 May 2027"), "2027-05-03");
}

TEST(DatesTest, RelativeDays)
{
    EXPECT_EQ(day_in("tomorrow morning"), "2026-11-23");
    EXPECT_EQ(day_in("the day after tomorrow"), "2026-11-24");
    EXPECT_EQ(day_in("in two weeks"), "2026-12-06");
    EXPECT_EQ(day_in("until the end of the month"), "2026-11-30");
    EXPECT_EQ(day_in("end of the week"), "2026-11-27");
}

TEST(DatesTest, WrittenDates)
{
    EXPECT_EQ(day_in("2026-12-01"), "2026-12-01");
    EXPECT_EQ(day_in("01.12.2026"), "2026-12-01");
    EXPECT_EQ(day_in("12/01/2026"), "no day"); // which continent?
    EXPECT_EQ(day_in("2026-13-01"), "no day");
}

TEST(DatesTest, TimesOfDayAndPeriodsHaveNoDay)
{
    EXPECT_EQ(day_in("at half past nine"), "no day");
    EXPECT_EQ(day_in("at ten thirty"), "no day");
    EXPECT_EQ(day_in("next week"), "no day");
    EXPECT_TRUE(dates_in("at 9:30")[0].time_of_day);
}

TEST(DatesTest, OrdinaryWordsAreNoDates)
{
    EXPECT_EQ(day_in("You may march second in line, one of ten."), "no date");
    EXPECT_EQ(day_in("version 4.2 of part 3"), "no date");
}

TEST(DatesTest, DeadlinesAreTold)
{
    EXPECT_TRUE(dates_in("by Friday")[0].deadline);
    EXPECT_TRUE(dates_in("until the 3rd of May")[0].deadline);
    EXPECT_FALSE(dates_in("on Friday")[0].deadline);
}

TEST(DatesTest, WithoutTodayOnlyFullDatesGiveADay)
{
    EXPECT_FALSE(dates_in("by Friday")[0].day);
    EXPECT_TRUE(dates_in("on June 6, 2025")[0].day);
}

TEST(DatesTest, KnowTheirPlaceInTheText)
{
    const std::string text = "Send it by Friday afternoon, please.";
    const auto date = dates_in(text)[0];
    EXPECT_EQ(text.substr(date.begin, date.end - date.begin), "Friday afternoon");
}

#include "app/answer/dates.h"

#include "app/answer/date_words.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace app::answer {

namespace chr = std::chrono;

namespace {

class Finder {
public:
    Finder(std::string_view text, std::optional<chr::year_month_day> today)
        : tokens_(tokens_of(text)), today_(today)
    {
    }

    std::vector<DateMention> find()
    {
        while (at_ < tokens_.size()) {
            const auto from = at_;
            DateMention mention;
            if (!match(mention) || at_ == from) {
                at_ = from + 1;
                continue;
            }
            mention.begin = tokens_[from].begin;
            mention.end = tokens_[at_ - 1].end;
            const auto before = from > 0 ? tokens_[from - 1].word : std::string();
            const auto earlier = from > 1 ? tokens_[from - 2].word : std::string();
            const auto is_due = [](const std::string& w) {
                return w == "by" || w == "until" || w == "till" || w == "before" || w == "due";
            };
            mention.deadline =
                is_due(before) ||
                ((before == "the" || before == "on" || before == "next" || before == "end") &&
                 is_due(earlier));
            mentions_.push_back(mention);
        }
        return std::move(mentions_);
    }

private:
    std::string_view word(std::size_t ahead = 0) const
    {
        return at_ + ahead < tokens_.size() ? std::string_view(tokens_[at_ + ahead].word)
                                            : std::string_view();
    }

    bool match(DateMention& mention)
    {
        return numeric(mention) || month_and_day(mention) || relative(mention) ||
               weekday(mention) || clock(mention) || period(mention);
    }

    void set_day(DateMention& mention, chr::year_month_day day)
    {
        if (day.ok()) mention.day = day;
    }

    void set_from_today(DateMention& mention, int days)
    {
        if (today_) set_day(mention, chr::year_month_day(chr::sys_days(*today_) + chr::days(days)));
    }

    /// "2026-11-27", "27.11.2026"; slashes are ambiguous between continents and give no day.
    bool numeric(DateMention& mention)
    {
        int a = 0;
        int b = 0;
        int c = 0;
        char first = 0;
        char second = 0;
        const std::string w(word());
        int used = 0;
        if (std::sscanf(w.c_str(), "%4d%c%2d%c%4d%n", &a, &first, &b, &second, &c, &used) != 5 ||
            first != second || static_cast<std::size_t>(used) != w.size() ||
            (first != '-' && first != '.' && first != '/')) {
            return false;
        }
        if (first == '-' && a > 1900)
            set_day(mention, chr::year(a) / b / c);
        else if (first == '.' && c > 1900)
            set_day(mention, chr::year(c) / b / a);
        else if (first != '/' || c < 1900)
            return false;
        ++at_;
        return true;
    }

    /// The year that is meant: the next such day on or after today.
    void set_month_day(DateMention& mention, int month, int day, int year)
    {
        const auto m = chr::month(static_cast<unsigned>(month));
        const auto d = chr::day(static_cast<unsigned>(day));
        if (year > 0) return set_day(mention, chr::year(year) / m / d);
        if (!today_) return;
        auto candidate = today_->year() / m / d;
        if (candidate.ok() && chr::sys_days(candidate) < chr::sys_days(*today_))
            candidate = (today_->year() + chr::years(1)) / m / d;
        set_day(mention, candidate);
    }

    int day_number(std::size_t ahead, std::size_t* used) const
    {
        *used = 1;
        if (word(ahead) == "twenty" || word(ahead) == "thirty") { // "twenty first"
            const auto behind = word(ahead + 1);
            const int unit = ordinal_of(behind);
            const bool in_words =
                !behind.empty() && !std::isdigit(static_cast<unsigned char>(behind.front()));
            if (unit >= 1 && unit <= 9 && in_words) {
                *used = 2;
                return (word(ahead) == "twenty" ? 20 : 30) + unit;
            }
        }
        return ordinal_of(word(ahead));
    }

    /// "March 3rd", "3 March 2026", "the third of March", "March 2026"
    bool month_and_day(DateMention& mention)
    {
        std::size_t used = 0;
        const bool verb = (word() == "may" || word() == "march") && !tokens_[at_].capital;
        if (const int month = month_of(word()); month > 0 && !verb) {
            int day = day_number(1, &used);
            std::size_t length = 1;
            if (word(1) == "the") {
                day = day_number(2, &used);
                if (day > 0) ++used;
            }
            if (is_year(word(1))) day = 0;
            if (day > 0) length += used;
            const bool with_year = is_year(word(length));
            const bool plain_word = word() == "may" || word() == "march" || !tokens_[at_].capital;
            if (day == 0 && !with_year && plain_word) return false;
            const int year = with_year ? std::stoi(std::string(word(length))) : 0;
            if (day > 0) set_month_day(mention, month, day, year);
            at_ += length + (with_year ? 1 : 0);
            return true;
        }
        const int day = day_number(0, &used);
        if (day == 0) return false;
        auto next = used;
        if (word(next) == "of") ++next;
        const int month = month_of(word(next));
        if (month == 0) return false;
        ++next;
        const bool with_year = is_year(word(next));
        set_month_day(mention, month, day, with_year ? std::stoi(std::string(word(next))) : 0);
        at_ += next + (with_year ? 1 : 0);
        return true;
    }

    /// "today", "tomorrow", "the day after tomorrow", "in two weeks", "end of the week"
    bool relative(DateMention& mention)
    {
        const auto w = word();
        const auto day = [&](int days, std::size_t used) {
            set_from_today(mention, days);
            at_ += used;
            return true;
        };
        if (w == "today" || w == "tonight") return day(0, 1);
        if (w == "tomorrow") return day(1, 1);
        if (w == "yesterday") return day(-1, 1);
        if (w == "day" && word(1) == "after" && word(2) == "tomorrow") return day(2, 3);
        if (w == "end" && word(1) == "of") {
            const std::size_t skip =
                word(2) == "the" || word(2) == "this" || word(2) == "next" ? 3 : 2;
            const auto unit = word(skip);
            const bool next = word(2) == "next";
            if (unit == "day") return day(0, skip + 1);
            if (unit == "week") return end_of_week(mention, next, skip + 1);
            if (unit == "month") return end_of_month(mention, next, skip + 1);
            if (unit == "year" || unit == "quarter") {
                at_ += skip + 1;
                return true;
            }
        }
        if (w == "in" || w == "within") {
            const std::size_t skip = word(1) == "a" || word(1) == "an" || word(1) == "the" ? 2 : 1;
            const int count = skip == 2 && word(1) != "the" ? 1 : hour_of(word(1));
            const auto unit = word(2);
            if (count > 0 && (unit == "day" || unit == "days")) return day(count, 3);
            if (count > 0 && (unit == "week" || unit == "weeks")) return day(7 * count, 3);
            if (count > 0 && (unit == "month" || unit == "months")) {
                at_ += 3;
                return true;
            }
        }
        return false;
    }

    bool end_of_week(DateMention& mention, bool next, std::size_t used)
    {
        if (today_) {
            const auto weekday =
                static_cast<int>(chr::weekday(chr::sys_days(*today_)).c_encoding());
            const int to_friday = (5 - weekday + 7) % 7;
            set_from_today(mention, to_friday + (next ? 7 : 0));
        }
        at_ += used;
        return true;
    }

    bool end_of_month(DateMention& mention, bool next, std::size_t used)
    {
        if (today_) {
            const auto month = today_->year() / today_->month() + chr::months(next ? 1 : 0);
            set_day(mention, chr::year_month_day(month / chr::last));
        }
        at_ += used;
        return true;
    }

    /// "Friday", "next Friday", "Monday morning"
    bool weekday(DateMention& mention)
    {
        const bool marked = word() == "next" || word() == "this" || word() == "last";
        const int wanted = weekday_of(word(marked ? 1 : 0));
        if (wanted < 0) return false;
        const auto mark = word();
        if (today_) {
            const auto now = static_cast<int>(chr::weekday(chr::sys_days(*today_)).c_encoding());
            int days = (wanted - now + 7) % 7;
            if (days == 0 && mark != "this") days = 7;
            if (marked && mark == "last") days -= 7;
            set_from_today(mention, days);
        }
        at_ += marked ? 2 : 1;
        if (word() == "morning" || word() == "afternoon" || word() == "evening" ||
            word() == "night")
            ++at_;
        return true;
    }

    /// "9:30", "nine thirty", "half past nine", "3 pm", "ten o'clock", "at noon"
    bool clock(DateMention& mention)
    {
        const auto done = [&](std::size_t used) {
            mention.time_of_day = true;
            at_ += used;
            return true;
        };
        const auto half_day = [&](std::size_t ahead) {
            const auto w = word(ahead);
            return w == "am" || w == "pm" || ((w == "a" || w == "p") && word(ahead + 1) == "m");
        };
        if (is_clock(word())) return done(half_day(1) ? 2 : 1);
        if (word() == "noon" || word() == "midnight") return done(1);
        if ((word() == "half" || word() == "quarter") && (word(1) == "past" || word(1) == "to") &&
            hour_of(word(2)) > 0)
            return done(3);
        const int hour = hour_of(word());
        if (hour == 0) return false;
        if (half_day(1)) return done(word(1).size() == 2 ? 2 : 3);
        if (word(1) == "o" && word(2) == "clock") return done(3);
        const bool at =
            at_ > 0 && (tokens_[at_ - 1].word == "at" || tokens_[at_ - 1].word == "around");
        static constexpr std::array<std::string_view, 6> kMinutes =
            {"fifteen", "thirty", "forty", "twenty", "ten", "fifty"};
        if (at && index_of(kMinutes, word(1)) >= 0) return done(2);
        return false;
    }

    /// "next week", "this month", "end of quarter"; no day follows from them, but they are dates
    /// all the same.
    bool period(DateMention&)
    {
        const auto w = word();
        if (is_year(w)) {
            ++at_;
            return true;
        }
        if (w != "next" && w != "this" && w != "last") return false;
        const auto unit = word(1);
        const bool is_period = unit == "week" || unit == "month" || unit == "quarter" ||
                               unit == "year" || unit == "weekend" || unit == "morning" ||
                               unit == "afternoon" || unit == "evening" || month_of(unit) > 0;
        if (is_period) at_ += 2;
        return is_period;
    }

    std::vector<Token> tokens_;
    std::optional<chr::year_month_day> today_;
    std::vector<DateMention> mentions_;
    std::size_t at_ = 0;
};

} // namespace

std::vector<DateMention> dates_in(std::string_view text, std::optional<chr::year_month_day> today)
{
    return Finder(text, today).find();
}

std::string iso_date(chr::year_month_day day)
{
    char text[32];
    std::snprintf(
        text,
        sizeof text,
        "%04d-%02u-%02u",
        static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day()));
    return text;
}

std::optional<chr::year_month_day> parse_iso_date(std::string_view text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const std::string head(text.substr(0, 10));
    if (std::sscanf(head.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
    const auto date = chr::year(year) / chr::month(month) / chr::day(day);
    if (!date.ok()) return std::nullopt;
    return date;
}

} // namespace app::answer

#include "tests/bench/answers/evaluate.h"

#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace bench {

namespace {

bool holds_gold(const Question& question, const std::string& quote)
{
    const auto text = folded(quote);
    return std::any_of(question.gold.begin(), question.gold.end(), [&](const std::string& gold) {
        return text.find(folded(gold)) != std::string::npos;
    });
}

bool in_place(const Question& question, const app::answer::Quote& quote)
{
    if (std::filesystem::path(quote.path).stem().string() != question.source) return false;
    if (!question.pages.empty()) {
        return std::find(question.pages.begin(), question.pages.end(), quote.citation.page) !=
               question.pages.end();
    }
    constexpr double kSlack = 2.0; // seconds
    return std::any_of(question.times.begin(), question.times.end(), [&](const auto& times) {
        return quote.citation.start_s.value_or(-100) <= times.second + kSlack &&
               quote.citation.end_s.value_or(-100) >= times.first - kSlack;
    });
}

/// The words of the page whose middle lies in one of the boxes, in reading order.
std::string words_in_boxes(const storage::Page& page, const std::vector<storage::Box>& boxes)
{
    std::string text;
    std::uint32_t behind = 0; // where the word before ends in the page's text
    for (const auto& word : page.words) {
        const float x = (word.box.x0 + word.box.x1) / 2;
        const float y = (word.box.y0 + word.box.y1) / 2;
        const bool inside = std::any_of(boxes.begin(), boxes.end(), [&](const storage::Box& box) {
            return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
        });
        if (!inside) continue;
        // A change of font inside a word makes two of it ("lib" and "foo1").
        if (word.begin != behind) text += " ";
        text += page.text.substr(word.begin, word.end - word.begin);
        behind = word.end;
    }
    return text;
}

std::string
words_in_times(const std::vector<storage::Segment>& segments, double start_s, double end_s)
{
    constexpr double kRounding = 0.01; // seconds
    std::string text;
    for (const auto& segment : segments) {
        if (segment.words.empty() && segment.start_s >= start_s - kRounding &&
            segment.end_s <= end_s + kRounding) {
            text += segment.text + " ";
        }
        for (const auto& word : segment.words) {
            if (word.start_s >= start_s - kRounding && word.end_s <= end_s + kRounding)
                text += word.text + " ";
        }
    }
    return text;
}

/// Whether the words of the quote stand in its boxes or times, read again from the library; on a
/// page without boxes (a text file) anywhere on the page.
bool stands_there(const app::answer::Quote& quote, storage::Library& library)
{
    const auto& citation = quote.citation;
    std::string there;
    if (citation.page > 0) {
        const auto page = library.page(citation.source, citation.page);
        if (!page || page->words.empty() != citation.boxes.empty()) return false;
        there = page->words.empty() ? page->text : words_in_boxes(*page, citation.boxes);
    } else {
        const auto segments = library.segments(citation.source);
        if (!segments || !citation.start_s || !citation.end_s) return false;
        there = words_in_times(*segments, *citation.start_s, *citation.end_s);
    }
    return folded(there).find(folded(citation.quote)) != std::string::npos;
}

} // namespace

Verdict judge(
    const Question& question,
    const app::answer::Answer& answer,
    double seconds,
    storage::Library& library)
{
    Verdict verdict;
    verdict.question = question;
    verdict.answer = answer;
    verdict.seconds = seconds;
    int rank = 0;
    for (const auto& quote : answer.quotes) {
        ++rank;
        if (verdict.place_rank == 0 && in_place(question, quote)) verdict.place_rank = rank;
        if (verdict.gold_rank == 0 && holds_gold(question, quote.citation.quote))
            verdict.gold_rank = rank;
        if (stands_there(quote, library))
            ++verdict.quotes_in_place;
        else if (verdict.misplaced.empty())
            verdict.misplaced = quote.citation.quote;
    }
    return verdict;
}

std::string share(int hits, int total)
{
    if (total == 0) return "none";
    constexpr double kZ = 1.96;
    const double n = total;
    const double p = hits / n;
    const double middle = (p + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
    const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
    char text[96];
    std::snprintf(
        text,
        sizeof text,
        "%d/%d = %.1f %% (%.1f-%.1f)",
        hits,
        total,
        100 * p,
        100 * std::max(0.0, middle - half),
        100 * std::min(1.0, middle + half));
    return text;
}

void print_times(const std::vector<Verdict>& verdicts)
{
    std::vector<double> times;
    times.reserve(verdicts.size());
    for (const auto& verdict : verdicts) times.push_back(verdict.seconds);
    if (times.empty()) return;
    std::sort(times.begin(), times.end());
    const auto at = [&](double q) {
        const auto index = static_cast<std::size_t>(q * static_cast<double>(times.size()));
        return times[std::min(times.size() - 1, index)];
    };
    std::printf(
        "  seconds a question                  p50 %.3f, p95 %.3f of %zu\n",
        at(0.5),
        at(0.95),
        times.size());
    std::fflush(stdout);
}

void print_report(const std::string& title, const std::vector<Verdict>& verdicts, bool misses)
{
    int answerable = 0;
    int unanswerable = 0;
    int page_one = 0;
    int page_three = 0;
    int gold_one = 0;
    int gold_three = 0;
    int found = 0;
    int found_right = 0;
    int wrongly_found = 0;
    int wrongly_possible = 0;
    int quotes = 0;
    int in_place_count = 0;
    for (const auto& v : verdicts) {
        quotes += static_cast<int>(v.answer.quotes.size());
        in_place_count += v.quotes_in_place;
        const bool is_found = v.answer.outcome == app::answer::Outcome::Found;
        if (v.question.gold.empty()) {
            ++unanswerable;
            wrongly_found += is_found ? 1 : 0;
            wrongly_possible += v.answer.outcome == app::answer::Outcome::Possible ? 1 : 0;
            continue;
        }
        ++answerable;
        page_one += v.place_rank == 1 ? 1 : 0;
        page_three += v.place_rank > 0 ? 1 : 0;
        gold_one += v.gold_rank == 1 ? 1 : 0;
        gold_three += v.gold_rank > 0 ? 1 : 0;
        found += is_found ? 1 : 0;
        found_right += is_found && v.gold_rank > 0 ? 1 : 0;
    }
    std::cout << title << " (95 % intervals of Wilson)\n"
              << "  right page or moment first          " << share(page_one, answerable) << "\n"
              << "  right page or moment in three       " << share(page_three, answerable) << "\n"
              << "  gold answer in the first quote      " << share(gold_one, answerable) << "\n"
              << "  gold answer in the three quotes     " << share(gold_three, answerable) << "\n"
              << "  answered \"found\"                    " << share(found, answerable)
              << ", of these with the gold answer " << share(found_right, found) << "\n"
              << "  quotes that stand on their place    " << share(in_place_count, quotes) << "\n"
              << "  unanswerable answered \"found\"       " << share(wrongly_found, unanswerable)
              << "\n"
              << "  unanswerable answered \"possible\"    " << share(wrongly_possible, unanswerable)
              << "\n";
    std::cout.flush();
    print_times(verdicts);
    for (const auto& v : verdicts) {
        const bool miss = v.question.gold.empty() ? v.answer.outcome == app::answer::Outcome::Found
                                                  : v.place_rank == 0 || v.gold_rank == 0;
        if (!v.misplaced.empty())
            std::cout << "  misplaced " << v.question.id << ": " << v.misplaced << "\n";
        if (!miss || !misses) continue;
        std::cout << "  miss " << v.question.id << " " << v.question.text << " ["
                  << app::answer::name(v.answer.outcome) << ", " << v.answer.best_score
                  << ", place " << v.place_rank << ", gold " << v.gold_rank << "]\n";
        for (const auto& quote : v.answer.quotes) {
            std::cout << "       " << std::filesystem::path(quote.path).stem().string() << " p. "
                      << quote.citation.page << ": "
                      << app::answer::shortened(quote.citation.quote, 200) << "\n";
        }
    }
}

} // namespace bench

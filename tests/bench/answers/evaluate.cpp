#include "tests/bench/answers/evaluate.h"

#include "app/answer/citation.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>

namespace bench {

namespace {

std::string folded(std::string_view text)
{
    auto key = app::answer::match_key(text).bytes;
    std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) {
        return std::tolower(c);
    });
    return key;
}

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

/// Whether the quote stands where its citation says, read again from the library.
bool stands_there(const app::answer::Quote& quote, storage::Library& library)
{
    const auto& citation = quote.citation;
    const auto wanted = app::answer::match_key(citation.quote).bytes;
    if (citation.page > 0) {
        const auto page = library.page(citation.source, citation.page);
        return page && app::answer::match_key(page->text).bytes.find(wanted) != std::string::npos &&
               (page->words.empty() || !citation.boxes.empty());
    }
    const auto segments = library.segments(citation.source);
    if (!segments || !citation.start_s || !citation.end_s) return false;
    std::string spoken;
    for (const auto& segment : *segments) {
        if (segment.end_s >= *citation.start_s - 0.01 && segment.start_s <= *citation.end_s + 0.01)
            spoken += segment.text + " ";
    }
    return app::answer::match_key(spoken).bytes.find(wanted) != std::string::npos;
}

} // namespace

std::vector<Question> load_set(
    const std::filesystem::path& file,
    const std::map<std::string, std::pair<double, double>>& line_times)
{
    std::ifstream stream(file);
    std::vector<Question> questions;
    for (const auto& entry : nlohmann::json::parse(stream)) {
        Question question;
        question.id = entry.at("id");
        question.text = entry.at("question");
        question.source = entry.value("source", "");
        question.pages = entry.value("page", std::vector<int>());
        question.gold = entry.value("gold", std::vector<std::string>());
        for (const int line : entry.value("line", std::vector<int>())) {
            const auto found = line_times.find(question.source + ":" + std::to_string(line));
            if (found != line_times.end()) question.times.push_back(found->second);
        }
        questions.push_back(std::move(question));
    }
    return questions;
}

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
        verdict.every_quote_in_place = verdict.every_quote_in_place && stands_there(quote, library);
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

void print_report(const std::string& title, const std::vector<Verdict>& verdicts)
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
    std::vector<double> times;
    for (const auto& v : verdicts) {
        times.push_back(v.seconds);
        quotes += static_cast<int>(v.answer.quotes.size());
        in_place_count += v.every_quote_in_place ? static_cast<int>(v.answer.quotes.size()) : 0;
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
    std::sort(times.begin(), times.end());
    const auto at = [&](double q) {
        return times.empty()
                   ? 0.0
                   : times[std::min(
                         times.size() - 1,
                         static_cast<std::size_t>(q * static_cast<double>(times.size())))];
    };
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
    std::printf("  time p50 %.3f s, p95 %.3f s\n", at(0.5), at(0.95));
    std::cout.flush();
    for (const auto& v : verdicts) {
        const bool miss = v.question.gold.empty() ? v.answer.outcome == app::answer::Outcome::Found
                                                  : v.place_rank == 0 || v.gold_rank == 0;
        if (!miss) continue;
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

#pragma once

#include "app/answer/ask.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bench {

/// One question of a set. Without gold answers the sources do not hold the answer.
struct Question {
    std::string id;
    std::string text;
    std::string source;                           // stem of the file that holds the answer
    std::vector<int> pages;                       // of a document
    std::vector<std::pair<double, double>> times; // of a recording, seconds
    std::vector<std::string> gold;                // any of them
};

/// `line_times` maps "source:line" to the seconds at which the line of a dialogue is spoken.
std::vector<Question> load_set(
    const std::filesystem::path& file,
    const std::map<std::string, std::pair<double, double>>& line_times);

/// What became of one question.
struct Verdict {
    Question question;
    app::answer::Answer answer;
    double seconds = 0.0;
    int place_rank = 0; // of the first quote on the right page or within two seconds; 0: none
    int gold_rank = 0;  // of the first quote that holds a gold answer
    bool every_quote_in_place = true;
};

Verdict judge(
    const Question& question,
    const app::answer::Answer& answer,
    double seconds,
    storage::Library& library);

/// "24/26 = 92.3 % (75.9-97.9)": the 95 % interval of Wilson 1927.
std::string share(int hits, int total);

/// The figures of a set, a line each, and the misses.
void print_report(const std::string& title, const std::vector<Verdict>& verdicts);

} // namespace bench

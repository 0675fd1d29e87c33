#pragma once

#include "app/answer/ask.h"
#include "tests/bench/answers/question_set.h"

#include <string>
#include <vector>

namespace bench {

/// What became of one question.
struct Verdict {
    Question question;
    app::answer::Answer answer;
    double seconds = 0.0;
    int place_rank = 0;      // of the first quote on the right page or within two seconds; 0: none
    int gold_rank = 0;       // of the first quote that holds a gold answer
    int quotes_in_place = 0; // quotes whose words stand in the cited boxes, or in the cited times
    std::string misplaced;   // the first quote that does not
};

Verdict judge(
    const Question& question,
    const app::answer::Answer& answer,
    double seconds,
    storage::Library& library);

/// "24/26 = 92.3 % (75.9-97.9)": the 95 % interval of Wilson 1927.
std::string share(int hits, int total);

/// Median and 95th percentile of the seconds a question took.
void print_times(const std::vector<Verdict>& verdicts);

/// The figures of a set, a line each; with the misses where asked.
void print_report(const std::string& title, const std::vector<Verdict>& verdicts, bool misses);

} // namespace bench

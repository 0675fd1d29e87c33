#pragma once

#include "app/answer/summarize.h"
#include "tests/bench/answers/question_set.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// What a person marked in a dialogue: a line of `dialogues/*.txt`, counted from 1.
struct LabelledLine {
    std::string speaker;
    std::string text;
    bool decision = false;
    bool to_do = false;
    std::string owner; // of a to-do; empty: nobody in particular
};
std::vector<LabelledLine> read_dialogue(const std::filesystem::path& file);

/// How the summary of one dialogue compares with the labels; dialogues add up.
struct TierCounts {
    int decisions = 0;          // labelled
    int decisions_likely = 0;   // of these under "Likely decisions"
    int decisions_to_check = 0; // of these only under "Worth checking"
    int to_dos = 0;
    int to_dos_likely = 0;
    int to_dos_to_check = 0;
    int likely = 0;         // lines shown as likely decision or to-do
    int likely_wrong = 0;   // of these on a line without that label
    int to_check = 0;       // lines under "Worth checking"
    int to_check_wrong = 0; // of these on a line without any label
    int owners_given = 0;
    int owners_wrong = 0; // not the labelled one, or on a line that has none
    std::vector<std::string> misses;
    TierCounts& operator+=(const TierCounts& other);
};
TierCounts count_tiers(
    const app::answer::Summary& summary,
    const std::string& dialogue,
    const std::vector<LabelledLine>& lines,
    const LineTimes& times);

void print_tiers(const std::string& title, const TierCounts& counts);

/// A session with the dialogue as a recogniser would write it that makes no mistake and knows who
/// speaks; `sound` is any file, for the source to point at. Errors: those of the library.
storage::Result<storage::SessionId> add_transcript(
    const std::string& dialogue,
    const std::vector<LabelledLine>& lines,
    const LineTimes& times,
    const std::filesystem::path& sound,
    storage::Library& library);

} // namespace bench

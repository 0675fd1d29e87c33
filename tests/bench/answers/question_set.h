#pragma once

#include "storage/library.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// One question of a set. Without gold answers the sources do not hold the answer.
struct Question {
    std::string id;
    std::string text;
    std::string source;                           // stem of the file that holds the answer
    std::vector<int> pages;                       // of a document, from 1
    std::vector<std::pair<double, double>> times; // of a recording, seconds
    std::vector<std::string> gold;                // any of them
};

/// Seconds at which a line of a dialogue is spoken, by "dialogue:line".
using LineTimes = std::map<std::string, std::pair<double, double>>;
/// Lines "dialogue<TAB>line<TAB>start_s<TAB>end_s" that `run` writes while it speaks the dialogues.
LineTimes read_times(const std::filesystem::path& file);

/// Throws nlohmann::json::exception where the file is no set.
std::vector<Question> load_set(const std::filesystem::path& file, const LineTimes& line_times);

/// Pages of a question that names none: those of its source on which a gold answer stands. Returns
/// the ids of answerable questions that have no place in the library, which are mistakes of the
/// set.
std::vector<std::string> find_places(std::vector<Question>& questions, storage::Library& library);

/// Letters, digits and signs of a text as quotes are compared, in lower case.
std::string folded(std::string_view text);

} // namespace bench

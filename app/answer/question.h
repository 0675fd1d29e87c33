#pragma once

#include "app/answer/result.h"
#include "storage/library.h"

#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// What kind of thing the question asks for, by its form.
enum class AnswerType { Any, Number, Time, Person, Command };

AnswerType asked_for(std::string_view question);

/// Whether the sentence holds a thing of that kind; false for Any. `question_words` are the words
/// of the question, which do not count as an answer to it.
bool holds(
    AnswerType type,
    std::string_view sentence,
    const std::vector<std::string>& question_words);

/// A question as the ranking sees it: its words that carry meaning, each stem once, with their
/// rarity in the scope.
struct Question {
    std::string text;
    std::string language; // "en", another code, or empty where it is too short to tell
    AnswerType type = AnswerType::Any;
    std::vector<std::string> words;
    std::vector<std::string> stems;
    std::vector<double>
        idf; // ln(1 + (N - n + 0.5) / (n + 0.5)), N passages in the scope, n with the stem
    double idf_total = 0.0;
    std::vector<std::vector<std::string>>
        kin;                            // stems that may stand for each stem, sorted: synonyms,
                                        // and the word joined with its neighbour ("code name")
    std::vector<std::string> kin_words; // the same as words, for the full-text search
    int passages = 0;                   // in the scope
};

/// Errors: BadUsage (no words), those of Library::document_frequencies().
Result<Question>
understand(std::string_view text, const storage::SearchScope& scope, storage::Library& library);

/// The stems of a text, each once, sorted.
std::vector<std::string> stems_of(std::string_view text);

/// Sum of idf of the question's stems among `stems`, over the sum of all of them; 0..1. A stem for
/// which only kin stands counts 0.6; stems that stand only in `context` (the headings above a
/// sentence) count `context_share`.
double idf_overlap(
    const Question& question,
    const std::vector<std::string>& stems,
    const std::vector<std::string>& context = {},
    double context_share = 0.0);

/// BM25 of a text with `length` words for the question (k1 1.2, b 0.75), divided by the most it can
/// reach, 2.2 * sum of idf. Kin of a stem count 0.6 of an occurrence. Source: Robertson and
/// Zaragoza 2009, equation 3.15.
double bm25_share(
    const Question& question,
    const std::vector<std::string>& words_of_text,
    double mean_length);

} // namespace app::answer

#pragma once

#include "app/answer/candidates.h"

#include <string>
#include <vector>

namespace app::answer {

/// A sentence of a candidate passage with what speaks for it.
struct ScoredSentence {
    std::size_t candidate = 0; // index of its passage
    std::size_t line = 0;      // index in passage_lines()
    std::string text;
    std::string previous; // the sentence before, where this one is only its end: a listing broke it
    std::string next;     // the sentence behind it; empty at the end of a page or before a heading
    std::string heading;  // the nearest above
    double cosine = 0.0;
    double overlap = 0.0;
    bool right_type = false;
    double score = 0.0;
};

/// All sentences of the candidates, each once, best first.
/// score = cosine + 1.0 overlap + 0.25 right type + 0.5 f of its passage - 0.15 if shorter than six
/// words
///         - 0.35 if it is a question
/// Cosine is that of the sentence, or of the heading above with the sentence where that one is
/// nearer; overlap counts words that stand only in the heading or in the next sentence by half; the
/// type may be held by the next sentence, which is shown too. README.md says where each weight
/// comes from. Errors: Cancelled, those of the embedder.
Result<std::vector<ScoredSentence>> score_sentences(
    const Question& question,
    const Candidates& candidates,
    SentenceVectors& vectors,
    std::stop_token stop);

/// Which sentences are shown: at most three, different pages first, none that repeats another.
std::vector<ScoredSentence> choose_quotes(
    const std::vector<ScoredSentence>& sentences,
    const Candidates& candidates,
    double least);

/// Whether two of the quotes answer for the same words of the question with different numbers.
bool differ_in_numbers(const Question& question, const std::vector<ScoredSentence>& quotes);

} // namespace app::answer

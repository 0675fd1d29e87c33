#pragma once

#include "app/answer/strips.h"

#include <string>
#include <vector>

namespace app::answer {

/// A sentence of a candidate passage with what speaks for it.
struct ScoredSentence {
    std::size_t strip = 0; // where it stands
    std::size_t line = 0;
    std::size_t candidate = 0; // index of its passage
    std::string text;
    std::string heading; // under which it stands
    double cosine = 0.0;
    double overlap = 0.0;
    bool right_type = false;
    double score = 0.0;
};

/// All sentences of the candidates, each once, best first.
///
///     score = 1.5 cosine + overlap + 0.25 right type + 0.5 f of its passage
///             - 0.15 if shorter than six words - 0.35 if it is a question
///
/// Cosine is that of the sentence, of the heading above with it, or of it with the next one,
/// whichever is nearest; overlap counts words that stand only in the heading or in the next
/// sentence by half; the type may be held by the next sentence, which is shown too. README.md says
/// where each weight comes from. Errors: Cancelled, those of the embedder.
Result<std::vector<ScoredSentence>> score_sentences(
    const Question& question,
    const Candidates& candidates,
    const std::vector<Strip>& strips,
    SentenceVectors& vectors,
    std::stop_token stop);

/// How sure it is that the sentences answer the question: the best score + 1.5 x the nearest
/// cosine of the ten best. A question in words of one's own overlaps little with its answer, so
/// that its score is low, but something comes near to it. `sentences` best first; 0 if there are
/// none.
double match(const std::vector<ScoredSentence>& sentences);

/// A sentence with its neighbours, to be shown as one quote.
struct ChosenQuote {
    ScoredSentence sentence;
    std::string focus; // the sentence and the next: what the answer says; part of the first text
    std::string mark;  // what of the focus is lit: all of it, but of the rows of a table the row
                       // that answers, and not the table below a sentence
    std::vector<std::string> texts; // widest first; the first that stands on its page is cited
};

/// At most three, different pages first, none that repeats another. A quote is the sentence with
/// the next one, and with more of its neighbours while it is shorter than 320 bytes.
std::vector<ChosenQuote> choose_quotes(
    const std::vector<ScoredSentence>& sentences,
    const std::vector<Strip>& strips,
    double least);

/// Whether two of the quotes answer for the same words of the question with different numbers.
bool differ_in_numbers(const Question& question, const std::vector<ChosenQuote>& quotes);

} // namespace app::answer

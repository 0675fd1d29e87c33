#pragma once

#include "app/answer/question.h"
#include "app/answer/sentence_vectors.h"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace app::answer {

/// A passage that may hold the answer.
struct Candidate {
    storage::Passage passage;
    double cosine = 0.0; // to the question; the words stand in for it where there is no vector
    double words = 0.0;  // bm25_share()
    double f() const { return cosine + words; }
};

struct Candidates {
    std::vector<Candidate> best; // by f, best first
    bool by_meaning = false;     // vectors took part
    std::string why_words_only;  // a sentence, where they did not
    std::vector<float> question_vector;
};

/// The passages that come nearest to the question by words (BM25) or by meaning (cosine), ranked by
/// the sum of both. Errors: Cancelled, those of the library and the embedder.
Result<Candidates> find_candidates(
    const Question& question,
    const storage::SearchScope& scope,
    storage::Library& library,
    SentenceVectors& vectors,
    std::size_t limit,
    const std::stop_token& stop);

/// What a cosine to a fitting sentence usually is when all words fit: the words take its place
/// where there is no embedder, no vector yet, or another language than the embedder's English.
inline constexpr double kCosineOfWords = 0.7;

} // namespace app::answer

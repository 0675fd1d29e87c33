#pragma once

#include "app/answer/ask.h"
#include "app/answer/candidates.h"
#include "app/answer/prompt.h"
#include "app/answer/quotes.h"

#include <optional>
#include <string>
#include <vector>

namespace app::answer {

// What each threshold keeps and loses on the question sets stands in README.md.
inline constexpr double kFound = 3.5; // of match()
inline constexpr double kPossible = 2.2;
inline constexpr double kLeastScore = 0.8; // of the sentence of a quote
inline constexpr std::size_t kPassagesRead = 8;

/// What Answerer keeps between questions, and the steps that quoting and writing share.
struct Answerer::State {
    State(storage::Library& the_library, engine::TextEmbedder* embedder)
        : library(the_library), vectors(embedder)
    {
    }

    /// The quote of this text from the passage with its place and that of its `mark`; empty where
    /// it does not stand there.
    Result<std::optional<Quote>> quote(
        const storage::Passage& passage,
        std::string_view text,
        int n,
        std::string_view mark = {});
    /// The widest of the chosen texts that stands on its page.
    Result<std::optional<Quote>>
    quote(const ChosenQuote& chosen, const Candidates& candidates, int n);
    /// The quote behind a written sentence; where it was only seen or heard, its place alone.
    Result<std::optional<Quote>> quote(
        const CheckedReply::Evidence& evidence,
        const std::vector<Exhibit>& exhibits,
        const Candidates& candidates,
        int n);
    Result<std::optional<Quote>> seen(
        const CheckedReply::Evidence& evidence,
        const Exhibit& exhibit,
        const Candidates& candidates,
        int n);
    /// Places of the best sentences, each page or passage once.
    Result<std::vector<Nearest>>
    nearest(const std::vector<ScoredSentence>& sentences, const Candidates& candidates);
    /// What of the scope could not take part.
    Result<std::vector<std::string>>
    uncovered(const storage::SearchScope& scope, const Candidates& candidates);

    storage::Library& library;
    SentenceVectors vectors;
};

} // namespace app::answer

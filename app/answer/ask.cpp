#include "app/answer/ask.h"

#include "app/answer/answerer_state.h"
#include "app/answer/citation.h"
#include "app/answer/coverage.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace app::answer {

namespace {

constexpr std::size_t kNearest = 3;
constexpr std::size_t kSnippet = 240; // bytes

std::string two_digits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

} // namespace

std::string_view name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Found:
        return "found";
    case Outcome::Possible:
        return "possible";
    case Outcome::NotFound:
        break;
    }
    return "not_found";
}

Result<std::optional<Quote>> Answerer::State::quote(
    const storage::Passage& passage,
    std::string_view text,
    int n,
    std::string_view mark)
{
    auto citation = cite(library, passage, text, n, mark);
    if (!citation) return tl::unexpected(citation.error());
    if (!*citation) return std::nullopt;
    const auto source = library.source(passage.source);
    if (!source) return tl::unexpected(source.error());
    Quote quote;
    quote.citation = std::move(**citation);
    quote.path = source->path;
    quote.kind = passage.kind;
    return quote;
}

Result<std::optional<Quote>>
Answerer::State::quote(const ChosenQuote& chosen, const Candidates& candidates, int n)
{
    for (const auto& text : chosen.texts) {
        const bool whole = text.find(chosen.focus) != std::string::npos;
        const std::string& mark = whole ? chosen.mark : chosen.sentence.text;
        auto found = quote(candidates.best[chosen.sentence.candidate].passage, text, n, mark);
        if (!found) return tl::unexpected(found.error());
        if (!*found) continue;
        (*found)->focus = whole ? chosen.focus : text;
        (*found)->heading = chosen.sentence.heading;
        (*found)->score = chosen.sentence.score;
        return found;
    }
    return std::nullopt;
}

Result<std::vector<Nearest>>
Answerer::State::nearest(const std::vector<ScoredSentence>& sentences, const Candidates& candidates)
{
    std::vector<Nearest> places;
    for (const auto& sentence : sentences) {
        const auto& passage = candidates.best[sentence.candidate].passage;
        const bool known = std::any_of(places.begin(), places.end(), [&](const Nearest& place) {
            return place.source == passage.source && place.page == passage.page &&
                   (passage.page > 0 || place.passage == passage.id);
        });
        if (known) continue;
        const auto source = library.source(passage.source);
        if (!source) return tl::unexpected(source.error());
        Nearest place;
        place.source = passage.source;
        place.passage = passage.id;
        place.path = source->path;
        place.kind = passage.kind;
        place.page = passage.page;
        place.start_s = passage.start_s;
        place.end_s = passage.end_s;
        place.snippet = shortened(sentence.text, kSnippet);
        place.score = sentence.score;
        places.push_back(std::move(place));
        if (places.size() == kNearest) break;
    }
    return places;
}

Result<std::vector<std::string>>
Answerer::State::uncovered(const storage::SearchScope& scope, const Candidates& candidates)
{
    const auto sources = sources_in(scope, library);
    if (!sources) return tl::unexpected(sources.error());
    auto sentences = not_covered(*sources, candidates.by_meaning, library);
    if (sentences && !candidates.why_words_only.empty())
        sentences->push_back(candidates.why_words_only);
    return sentences;
}

Answerer::Answerer(storage::Library& library, engine::TextEmbedder* embedder)
    : state_(std::make_unique<State>(library, embedder))
{
}

Answerer::~Answerer() = default;

Result<Answer>
Answerer::ask(std::string_view text, const storage::SearchScope& scope, const std::stop_token& stop)
{
    auto& library = state_->library;
    const auto question = understand(text, scope, library);
    if (!question) return tl::unexpected(question.error());
    const auto candidates =
        find_candidates(*question, scope, library, state_->vectors, kPassagesRead, stop);
    if (!candidates) return tl::unexpected(candidates.error());
    const auto strips = strips_of(*candidates, library);
    if (!strips) return tl::unexpected(strips.error());
    const auto sentences = score_sentences(*question, *candidates, *strips, state_->vectors, stop);
    if (!sentences) return tl::unexpected(sentences.error());

    Answer answer;
    answer.needed_score = kPossible;
    auto uncovered = state_->uncovered(scope, *candidates);
    if (!uncovered) return tl::unexpected(uncovered.error());
    answer.not_covered = std::move(*uncovered);

    std::vector<ChosenQuote> shown;
    if (!sentences->empty()) {
        answer.best_score = match(*sentences);
        if (answer.best_score >= kPossible) {
            for (const auto& chosen : choose_quotes(*sentences, *strips, kLeastScore)) {
                auto quote =
                    state_->quote(chosen, *candidates, static_cast<int>(answer.quotes.size()) + 1);
                if (!quote) return tl::unexpected(quote.error());
                if (!*quote) continue;
                answer.quotes.push_back(std::move(**quote));
                shown.push_back(chosen);
            }
        }
    }
    if (answer.quotes.empty()) {
        answer.outcome = Outcome::NotFound;
        answer.text = "Not found by the starter's search (best match " +
                      two_digits(answer.best_score) + " of " + two_digits(kPossible) +
                      " needed). Try other words, or install a full model.";
    } else {
        answer.outcome = answer.best_score >= kFound ? Outcome::Found : Outcome::Possible;
        for (const auto& quote : answer.quotes) {
            if (!answer.text.empty()) answer.text += "\n";
            answer.text += "“" + quote.focus + "” [" + std::to_string(quote.citation.n) + "]";
        }
        answer.notes.emplace_back(
            "Passages found by word and meaning match. Nothing here is written by a model.");
        if (answer.outcome == Outcome::Possible) {
            answer.notes.push_back(
                "The match is weak (" + two_digits(answer.best_score) + "; a clear one has " +
                two_digits(kFound) + ").");
        }
        if (differ_in_numbers(*question, shown))
            answer.notes.emplace_back("The sources give different values.");
    }
    if (answer.outcome != Outcome::Found) {
        auto places = state_->nearest(*sentences, *candidates);
        if (!places) return tl::unexpected(places.error());
        answer.nearest = std::move(*places);
    }
    return answer;
}

} // namespace app::answer

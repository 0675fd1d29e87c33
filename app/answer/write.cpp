// An answer that an engine writes, and the check of what it wrote.
#include "app/answer/answerer_state.h"
#include "app/answer/prompt.h"

#include <algorithm>
#include <future>
#include <memory>
#include <mutex>
#include <utility>

namespace app::answer {

namespace {

/// What the engine's thread hands over; shared, so that a late callback never meets a frame that is
/// gone.
struct Exchange {
    std::string text; // whole once `done` is set
    std::string reasoning;
    std::promise<engine::Result<engine::Finish>> done;
};

/// Hands the request over and waits for its end.
Result<engine::Finish> exchange_with(
    engine::Engine& engine,
    engine::Request request,
    const std::shared_ptr<Exchange>& exchange,
    const WritingObserver& observer)
{
    auto finished = exchange->done.get_future();
    engine::ReplyHandler handler;
    handler.on_progress = observer.on_read;
    handler.on_reasoning = [exchange](std::string_view utf8) {
        if (exchange->reasoning.size() < kLongestReply) exchange->reasoning += utf8;
    };
    handler.on_text = [exchange, on_text = observer.on_text](std::string_view utf8) {
        // An engine on another machine may write without end; what is behind is not believed.
        if (exchange->text.size() >= kLongestReply) return;
        exchange->text += utf8;
        if (on_text) on_text(utf8);
    };
    handler.on_done = [exchange](engine::Result<engine::Finish> finish) {
        exchange->done.set_value(std::move(finish));
    };
    if (const auto queued = engine.submit(std::move(request), std::move(handler)); !queued)
        return tl::unexpected(queued.error());
    return finished.get();
}

/// "[2], [3]"
std::string numbers_of(const std::vector<int>& numbers)
{
    std::string text;
    for (const int n : numbers) text += (text.empty() ? "[" : ", [") + std::to_string(n) + "]";
    return text;
}

} // namespace

Result<std::optional<Quote>> Answerer::State::seen(
    const CheckedReply::Evidence& evidence,
    const Exhibit& exhibit,
    const Candidates& candidates,
    int n)
{
    constexpr double kShown_s = 5.0; // of what is played from a moment on
    const auto source = library.source(exhibit.source);
    if (!source) return tl::unexpected(source.error());
    Quote quote;
    quote.citation.n = n;
    quote.citation.source = exhibit.source;
    quote.citation.passage =
        candidates.best[static_cast<std::size_t>(exhibit.passages.front() - 1)].passage.id;
    quote.citation.page = exhibit.page;
    if (evidence.box) quote.citation.boxes = {*evidence.box};
    if (evidence.time_s) {
        quote.citation.start_s = evidence.time_s;
        quote.citation.end_s = std::min(exhibit.end_s, *evidence.time_s + kShown_s);
    }
    quote.path = source->path;
    quote.kind = source->kind;
    return quote;
}

Result<std::optional<Quote>> Answerer::State::quote(
    const CheckedReply::Evidence& evidence,
    const std::vector<Exhibit>& exhibits,
    const Candidates& candidates,
    int n)
{
    const auto at = static_cast<std::size_t>(evidence.n - 1);
    if (at < candidates.best.size()) return quote(candidates.best[at].passage, evidence.quote, n);
    const Exhibit& exhibit = exhibits[at - candidates.best.size()];
    if (evidence.quote.empty()) return seen(evidence, exhibit, candidates, n);
    // The words stand somewhere on the page or in the stretch: where any of its passages finds
    // them.
    for (const int passage : exhibit.passages) {
        auto found = quote(
            candidates.best[static_cast<std::size_t>(passage - 1)].passage,
            evidence.quote,
            n);
        if (!found || *found) return found;
    }
    return std::nullopt;
}

Result<Answer> Answerer::write(
    std::string_view text,
    const storage::SearchScope& scope,
    engine::Engine& engine,
    const WritingObserver& observer,
    const std::stop_token& stop,
    PlaceMedia* media)
{
    const auto question = understand(text, scope, state_->library);
    if (!question) return tl::unexpected(question.error());
    auto candidates =
        find_candidates(*question, scope, state_->library, state_->vectors, kPassagesRead, stop);
    if (!candidates) return tl::unexpected(candidates.error());
    if (candidates->best.empty()) return ask(text, scope, stop);

    engine::Request request;
    auto fitted = fit_prompt(
        text,
        candidates->best,
        engine,
        request.sampling.max_new_tokens,
        state_->library,
        media,
        stop);
    if (!fitted) return tl::unexpected(fitted.error());
    request.messages = std::move(fitted->messages);
    request.stop = stop;

    const auto exchange = std::make_shared<Exchange>();
    const auto finish = exchange_with(engine, std::move(request), exchange, observer);
    const bool stopped = !finish && finish.error().code == ErrorCode::Cancelled;
    if (!finish && (!stopped || exchange->text.empty())) return tl::unexpected(finish.error());

    const auto checked = check_reply(exchange->text, candidates->best, fitted->exhibits);
    Answer answer;
    answer.mode = "reasoned";
    answer.reasoning = exchange->reasoning;
    answer.stopped = stopped;
    if (finish) answer.usage = finish->usage;
    std::vector<int> only_seen;
    for (const auto& evidence : checked.evidence) {
        const int n = static_cast<int>(answer.quotes.size()) + 1;
        auto quote = state_->quote(evidence, fitted->exhibits, *candidates, n);
        if (!quote) return tl::unexpected(quote.error());
        if (!*quote) continue;
        if (evidence.quote.empty()) only_seen.push_back(n);
        answer.quotes.push_back(std::move(**quote));
    }
    // A quote that stands in the passage but not on its page cannot be shown; then no written
    // sentence is trusted.
    const bool all_placed = answer.quotes.size() == checked.evidence.size();
    if (answer.quotes.empty() || !all_placed) {
        if (stopped) return tl::unexpected(finish.error());
        auto quoted = ask(text, scope, stop);
        if (!quoted) return quoted;
        quoted->reasoning = exchange->reasoning;
        quoted->usage = finish->usage;
        quoted->notes.emplace_back(
            checked.says_not_found ? "The model found no answer in these passages."
                                   : "What the model wrote could not be checked against the "
                                     "sources and is not shown.");
        return quoted;
    }
    auto uncovered = state_->uncovered(scope, *candidates);
    if (!uncovered) return tl::unexpected(uncovered.error());
    answer.not_covered = std::move(*uncovered);
    for (auto& sentence : fitted->left_out) answer.not_covered.push_back(std::move(sentence));
    answer.text = checked.text;
    answer.outcome = Outcome::Found;
    if (!only_seen.empty())
        answer.notes.push_back(
            numbers_of(only_seen) +
            ": said from a picture or sound, with its place; no words there to check it against.");
    if (checked.removed > 0) {
        answer.notes.push_back(
            std::to_string(checked.removed) + (checked.removed == 1 ? " sentence" : " sentences") +
            " of the model without support in the sources left out.");
    }
    if (stopped) answer.notes.emplace_back(kStopped);
    if (finish && finish->reason == engine::FinishReason::Length)
        answer.notes.emplace_back(
            "The model reached the longest length of an answer; this is its beginning.");
    return answer;
}

} // namespace app::answer

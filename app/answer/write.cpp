#include "app/answer/answerer_state.h"
#include "app/answer/prompt.h"
#include "base/expects.h"

#include <future>
#include <memory>
#include <utility>

namespace app::answer {

namespace {

/// What the engine's thread hands over; shared, so that a late callback never meets a frame that is
/// gone.
struct Exchange {
    std::string text;
    std::string reasoning;
    std::promise<engine::Result<engine::Finish>> done;
};

/// The passages that fit the context beside 512 tokens of reply, best first.
Result<std::vector<engine::Message>> fitting_prompt(
    std::string_view question,
    std::vector<Candidate>& passages,
    engine::Engine& engine,
    int reply_tokens)
{
    while (true) {
        auto messages = prompt_for(question, passages);
        const auto tokens = engine.count_tokens(messages);
        if (!tokens) return tl::unexpected(tokens.error());
        if (*tokens + reply_tokens <= engine.context_length() || passages.size() <= 1)
            return messages;
        passages.pop_back();
    }
}

} // namespace

Result<Answer> Answerer::write(
    std::string_view text,
    const storage::SearchScope& scope,
    engine::Engine& engine,
    const std::function<void(std::string_view utf8)>& on_text,
    const std::stop_token& stop)
{
    EXPECTS(engine.capabilities().reasons);
    const auto question = understand(text, scope, state_->library);
    if (!question) return tl::unexpected(question.error());
    auto candidates =
        find_candidates(*question, scope, state_->library, state_->vectors, kPassagesRead, stop);
    if (!candidates) return tl::unexpected(candidates.error());
    if (candidates->best.empty()) return ask(text, scope, stop);

    engine::Request request;
    auto messages = fitting_prompt(text, candidates->best, engine, request.sampling.max_new_tokens);
    if (!messages) return tl::unexpected(messages.error());
    request.messages = std::move(*messages);
    request.stop = stop;

    const auto exchange = std::make_shared<Exchange>();
    auto finished = exchange->done.get_future();
    engine::ReplyHandler handler;
    handler.on_reasoning = [exchange](std::string_view utf8) { exchange->reasoning += utf8; };
    handler.on_text = [exchange, on_text](std::string_view utf8) {
        exchange->text += utf8;
        if (on_text) on_text(utf8);
    };
    handler.on_done = [exchange](engine::Result<engine::Finish> finish) {
        exchange->done.set_value(std::move(finish));
    };
    if (const auto queued = engine.submit(std::move(request), std::move(handler)); !queued) {
        return tl::unexpected(queued.error());
    }
    const auto finish = finished.get();
    if (!finish) return tl::unexpected(finish.error());

    const auto checked = check_reply(exchange->text, candidates->best);
    Answer answer;
    answer.mode = "reasoned";
    answer.reasoning = exchange->reasoning;
    answer.usage = finish->usage;
    for (const auto& evidence : checked.evidence) {
        const auto& passage = candidates->best[static_cast<std::size_t>(evidence.n - 1)].passage;
        auto quote =
            state_->quote(passage, evidence.quote, static_cast<int>(answer.quotes.size()) + 1);
        if (!quote) return tl::unexpected(quote.error());
        if (*quote) answer.quotes.push_back(std::move(**quote));
    }
    // A quote that stands in the passage but not on its page cannot be shown; then no written
    // sentence is trusted.
    const bool all_placed = answer.quotes.size() == checked.evidence.size();
    if (answer.quotes.empty() || !all_placed) {
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
    answer.text = checked.text;
    answer.outcome = Outcome::Found;
    if (checked.removed > 0) {
        answer.notes.push_back(
            std::to_string(checked.removed) + (checked.removed == 1 ? " sentence" : " sentences") +
            " of the model without support in the sources left out.");
    }
    return answer;
}

} // namespace app::answer

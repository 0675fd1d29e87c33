#include "engine/models/reply.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

std::chrono::microseconds micro(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(duration);
}

} // namespace

Reply::Reply(Shared shared, Request request, ReplyHandler handler)
    : shared_(shared), request_(std::move(request)), handler_(std::move(handler)),
      sampler_(request_.sampling), parser_(shared_.model.reply_parser(request_)),
      stops_(request_.sampling.stop)
{
}

Worker::Job Reply::next_part()
{
    Worker::Job job;
    job.run = [self = shared_from_this()](kernels::Backend& backend) { self->run_part(backend); };
    job.failed = [self = shared_from_this()](const Error& error) { self->fail_with(error); };
    job.priority = request_.priority;
    job.stop = request_.stop;
    job.owner = shared_.owner;
    return job;
}

Result<void> Reply::begin()
{
    auto prompt = shared_.model.prompt(request_);
    if (!prompt) return tl::unexpected(prompt.error());
    const int context = shared_.model.context_length();
    if (prompt->length() >= context)
        return fail(
            ErrorCode::PromptTooLong,
            "The prompt has " + std::to_string(prompt->length()) + " tokens, the model takes " +
                std::to_string(context) + " with the reply.",
            "Ask with less text.");
    sequence_ = std::move(*prompt);
    film_rows_ = rows_left(sequence_);
    finish_.usage.prompt_tokens = sequence_.length();
    return {};
}

/// One pass, but not over a position that another request is likely to go back to.
int Reply::part_length(int kept) const
{
    const int end = std::min(sequence_.length(), kept + shared_.model.pass_tokens());
    const auto& stops = sequence_.likely_prefixes;
    const auto next = std::upper_bound(stops.begin(), stops.end(), kept);
    return (next != stops.end() ? std::min(*next, end) : end) - kept;
}

void Reply::run_part(kernels::Backend& backend)
{
    if (sequence_.ids.empty()) {
        if (const auto begun = begin(); !begun) return fail_with(begun.error());
    }
    LanguageModel& model = shared_.model;
    const auto started = Clock::now();
    if (!sequence_.unsettled.empty()) {
        const bool stopped =
            settle_some(backend, sequence_, request_.stop) == Layout::Progress::Stopped;
        if (stopped) return fail_with({ErrorCode::Cancelled, "The request was cancelled."});
        finish_.usage.prefill += micro(Clock::now() - started);
        if (handler_.on_progress)
            handler_.on_progress(
                film_rows_ - rows_left(sequence_),
                film_rows_ + sequence_.length());
        return shared_.worker.post_rest(next_part());
    }
    const int length = sequence_.length();
    const int kept = model.keep_common_prefix(sequence_, length - 1);
    const int end = kept + part_length(kept);
    const bool done = model.run(backend, sequence_, kept, end - kept, request_.stop, {});
    const bool prefill = finish_.token_ids.empty();
    if (!done) {
        fail_with({ErrorCode::Cancelled, "The request was cancelled."});
        return;
    }
    if (const auto& stops = sequence_.likely_prefixes;
        std::binary_search(stops.begin(), stops.end(), end))
        model.save(backend);
    if (prefill && handler_.on_progress)
        handler_.on_progress(film_rows_ + end, film_rows_ + length);
    std::int32_t token = -1;
    if (end == length) {
        const auto logits = model.last_logits(backend);
        model.forbid(logits);
        token = sampler_.pick(logits, sequence_.ids);
    }
    if (prefill) finish_.usage.prefill += micro(Clock::now() - started);
    if (end < length) return shared_.worker.post_rest(next_part());
    // Weights that are read in place may have been read from a file that is no longer whole.
    if (const auto whole = model.check(); !whole) return fail_with(whole.error());
    take(token);
}

void Reply::take(std::int32_t token)
{
    if (finish_.token_ids.empty()) {
        first_token_at_ = Clock::now();
        finish_.usage.first_token = micro(first_token_at_ - submitted_);
    }
    if (shared_.model.ends(token)) {
        finish_.token_ids.push_back(token);
        return finish(FinishReason::Stop);
    }
    append(token);
    if (stops_.stopped()) return finish(FinishReason::Stop);
    if (reasoned_too_long(token))
        for (const std::int32_t closing : shared_.model.closes_reasoning()) append(closing);
    if (static_cast<int>(finish_.token_ids.size()) >= request_.sampling.max_new_tokens ||
        sequence_.length() >= shared_.model.context_length())
        return finish(FinishReason::Length);
    shared_.worker.post_rest(next_part());
}

void Reply::append(std::int32_t token)
{
    finish_.token_ids.push_back(token);
    if (parser_->in_reasoning()) ++reasoning_tokens_;
    show(parser_->push(token, shared_.model.tokenizer().bytes(token)));
    sequence_.push(token);
}

/// Over the budget the reasoning ends with its line, at the latest after the grace.
bool Reply::reasoned_too_long(std::int32_t last)
{
    if (!request_.thinking.budget_tokens || !parser_->in_reasoning()) return false;
    const int over = reasoning_tokens_ - *request_.thinking.budget_tokens;
    if (over < 0) return false;
    const bool line_ends =
        shared_.model.tokenizer().bytes(last).find('\n') != std::string_view::npos;
    return line_ends || over >= request_.thinking.grace_tokens;
}

void Reply::show(text::ReplyPieces pieces)
{
    if (!pieces.reasoning.empty() && handler_.on_reasoning) handler_.on_reasoning(pieces.reasoning);
    const std::string text = stops_.push(pieces.text);
    if (!text.empty() && handler_.on_text) handler_.on_text(text);
    for (const ToolCall& call : pieces.calls) {
        called_ = true;
        if (handler_.on_tool_call) handler_.on_tool_call(call);
    }
    std::move(
        pieces.refused.begin(),
        pieces.refused.end(),
        std::back_inserter(finish_.refused_calls));
}

void Reply::finish(FinishReason reason)
{
    show(parser_->finish());
    if (const std::string rest = stops_.finish(); !rest.empty() && handler_.on_text)
        handler_.on_text(rest);
    finish_.reason = reason == FinishReason::Stop && called_ ? FinishReason::ToolCalls : reason;
    finish_.usage.new_tokens = static_cast<int>(finish_.token_ids.size());
    finish_.usage.decode = micro(Clock::now() - first_token_at_);
    told_ = true;
    if (handler_.on_done) handler_.on_done(std::move(finish_));
}

void Reply::fail_with(const Error& error)
{
    if (told_) return;
    // What was said before a stop stays said.
    if (error.code == ErrorCode::Cancelled && !finish_.token_ids.empty())
        return finish(FinishReason::Cancelled);
    told_ = true;
    if (handler_.on_done) handler_.on_done(tl::unexpected(error));
}

} // namespace engine

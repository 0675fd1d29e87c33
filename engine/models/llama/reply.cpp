#include "engine/models/llama/reply.h"

#include <algorithm>
#include <utility>

namespace engine::llama {
namespace {

std::chrono::microseconds micro(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(duration);
}

} // namespace

Reply::Reply(Shared shared, Request request, ReplyHandler handler)
    : shared_(shared), request_(std::move(request)), handler_(std::move(handler)),
      sampler_(request_.sampling), stops_(request_.sampling.stop)
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
    auto prompt = shared_.model.prompt(request_.messages);
    if (!prompt) return tl::unexpected(prompt.error());
    const int context = shared_.model.config.context_length;
    if (static_cast<int>(prompt->size()) >= context)
        return fail(
            ErrorCode::PromptTooLong,
            "The prompt has " + std::to_string(prompt->size()) + " tokens, the model takes " +
                std::to_string(context) + " with the reply.",
            "Ask with less text.");
    sequence_ = std::move(*prompt);
    finish_.usage.prompt_tokens = static_cast<int>(sequence_.size());
    return {};
}

void Reply::run_part(kernels::Backend& backend)
{
    if (sequence_.empty()) {
        if (const auto begun = begin(); !begun) return fail_with(begun.error());
    }
    const auto started = Clock::now();
    const int length = static_cast<int>(sequence_.size());
    const int kept = shared_.cache.keep_common_prefix(sequence_, length - 1);
    const int count = std::min(length - kept, kMaxPassTokens);
    const auto tokens = std::span(sequence_).subspan(
        static_cast<std::size_t>(kept),
        static_cast<std::size_t>(count));
    const bool done = shared_.pass.run(backend, tokens, shared_.cache, request_.stop);
    const bool prefill = finish_.token_ids.empty();
    if (!done) {
        fail_with({ErrorCode::Cancelled, "The request was cancelled."});
        return;
    }
    if (prefill && handler_.on_progress) handler_.on_progress(kept + count, length);
    std::int32_t token = -1;
    if (kept + count == length) token = sampler_.pick(shared_.pass.last_logits(backend), sequence_);
    if (prefill) finish_.usage.prefill += micro(Clock::now() - started);
    if (kept + count < length) return shared_.worker.post_rest(next_part());
    // Weights that are read in place may have been read from a file that is no longer whole.
    if (const auto whole = shared_.model.file.file()->check(); !whole)
        return fail_with(whole.error());
    take(token);
}

void Reply::take(std::int32_t token)
{
    if (finish_.token_ids.empty()) {
        first_token_at_ = Clock::now();
        finish_.usage.first_token = micro(first_token_at_ - submitted_);
    }
    finish_.token_ids.push_back(token);
    if (shared_.model.ends(token)) return finish(FinishReason::Stop);
    show(stops_.push(utf8_.push(shared_.model.tokenizer.bytes(token))));
    if (stops_.stopped()) return finish(FinishReason::Stop);
    sequence_.push_back(token);
    const int context = shared_.model.config.context_length;
    if (static_cast<int>(finish_.token_ids.size()) >= request_.sampling.max_new_tokens ||
        static_cast<int>(sequence_.size()) >= context)
        return finish(FinishReason::Length);
    shared_.worker.post_rest(next_part());
}

void Reply::show(const std::string& text)
{
    if (!text.empty() && handler_.on_text) handler_.on_text(text);
}

void Reply::finish(FinishReason reason)
{
    show(stops_.push(utf8_.finish()));
    show(stops_.finish());
    finish_.reason = reason;
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

} // namespace engine::llama

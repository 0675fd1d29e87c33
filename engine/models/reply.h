#pragma once

#include "engine/engine.h"
#include "engine/models/language_model.h"
#include "engine/text/reply_parser.h"
#include "engine/text/sampler.h"
#include "engine/text/stop_strings.h"

#include <chrono>
#include <memory>
#include <vector>

namespace engine {

/// One request on its way: a chain of parts on the engine thread, each one pass over prompt tokens
/// or one decode step.
///
/// A part begins by keeping what the model's state shares with this reply's tokens and computes
/// what is missing. So a follow-up question computes only what is new, and a reply that was
/// interrupted by a more urgent one finds its place again: where the other one overwrote the state
/// it pays with a second prefill, not with a second state.
class Reply : public std::enable_shared_from_this<Reply> {
public:
    /// What all replies of one engine share. Engine thread only.
    struct Shared {
        Worker& worker;
        LanguageModel& model;
        const void* owner;
    };
    Reply(Shared shared, Request request, ReplyHandler handler);

    /// The job that computes the next part.
    Worker::Job next_part();

private:
    using Clock = std::chrono::steady_clock;

    void run_part(kernels::Backend& backend);
    Result<void> begin();
    int part_length(int kept) const;
    void take(std::int32_t token);
    void append(std::int32_t token);
    bool reasoned_too_long(std::int32_t last);
    void show(text::ReplyPieces pieces);
    void finish(FinishReason reason);
    void fail_with(const Error& error);

    Shared shared_;
    Request request_;
    ReplyHandler handler_;
    text::Sampler sampler_;
    std::unique_ptr<text::ReplyParser> parser_;
    text::StopStrings stops_;
    Sequence sequence_; // prompt and what was chosen so far
    int film_rows_ = 0; // that had to be made before the prompt was settled
    int reasoning_tokens_ = 0;
    Finish finish_;
    bool called_ = false; // tools
    Clock::time_point submitted_ = Clock::now();
    Clock::time_point first_token_at_;
    bool told_ = false; // on_done was called
};

} // namespace engine

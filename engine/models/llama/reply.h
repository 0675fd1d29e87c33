#pragma once

#include "engine/engine.h"
#include "engine/models/llama/forward.h"
#include "engine/models/llama/model.h"
#include "engine/models/llama/stop_strings.h"
#include "engine/text/sampler.h"
#include "engine/text/utf8_stream.h"

#include <chrono>
#include <memory>
#include <vector>

namespace engine::llama {

/// What all replies of one engine share: one model, one set of buffers, one cache. Engine thread
/// only.
struct Shared {
    Worker& worker;
    const Model& model;
    ForwardPass& pass;
    KvCache& cache;
    const void* owner;
};

/// One request on its way: a chain of parts on the engine thread, each one pass over prompt tokens
/// or one decode step.
///
/// A part begins by keeping what the cache shares with this reply's tokens and computes what is
/// missing. So a follow-up question computes only what is new, and a reply that was interrupted by
/// a more urgent one finds its place again: where the other one overwrote the cache it pays with a
/// second prefill, not with a second cache.
class Reply : public std::enable_shared_from_this<Reply> {
public:
    Reply(Shared shared, Request request, ReplyHandler handler);

    /// The job that computes the next part.
    Worker::Job next_part();

private:
    using Clock = std::chrono::steady_clock;

    void run_part(kernels::Backend& backend);
    Result<void> begin();
    void take(std::int32_t token);
    void show(const std::string& text);
    void finish(FinishReason reason);
    void fail_with(const Error& error);

    Shared shared_;
    Request request_;
    ReplyHandler handler_;
    text::Sampler sampler_;
    text::Utf8Stream utf8_;
    StopStrings stops_;
    std::vector<std::int32_t> sequence_; // prompt and what was chosen so far
    Finish finish_;
    Clock::time_point submitted_ = Clock::now();
    Clock::time_point first_token_at_;
    bool told_ = false; // on_done was called
};

} // namespace engine::llama

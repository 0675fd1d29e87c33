#include "engine/models/parakeet/hearing.h"

#include "base/expects.h"
#include "engine/models/fastconformer/sound_tower.h"

#include <algorithm>
#include <chrono>

namespace engine::parakeet {

Hearing::Step Hearing::step(
    kernels::Backend& backend,
    std::span<const float> samples,
    std::int64_t from,
    bool ended,
    const std::stop_token& stop,
    Usage& usage)
{
    using Clock = std::chrono::steady_clock;
    const auto passed = [](Clock::time_point since) {
        return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - since);
    };
    tokens_.clear();
    const std::int64_t there = from + static_cast<std::int64_t>(samples.size());
    const auto window = windows_.next(there, ended);
    if (!window) {
        if (!windows_.done()) return Step::Waiting;
        words_.finish();
        heard_ = there;
        return Step::Done;
    }
    EXPECTS(window->begin >= from);
    const auto seen = samples.subspan(
        static_cast<std::size_t>(window->begin - from),
        static_cast<std::size_t>(window->end - window->begin));

    const auto begin = Clock::now();
    const auto mel = fastconformer::mel_of_clip(seen, model_.config.encoder.mel_bins);
    const auto rows = model_.encoder.encode(backend, mel, stop);
    if (!rows) return Step::Stopped;
    const auto encoded = Clock::now();
    usage.prefill += passed(begin);
    const std::int64_t skipped = window->first - window->begin / kRowSamples;
    const kernels::Tensor fresh = rows->view().slice_rows(skipped, window->rows);
    if (!model_.transducer.decode(backend, fresh, window->first, state_, tokens_, stop))
        return Step::Stopped;
    for (const Token& token : tokens_) words_.add(token);
    usage.new_tokens += static_cast<int>(tokens_.size());
    usage.decode += passed(encoded);
    heard_ = std::min((window->first + window->rows) * kRowSamples, there);
    return Step::Heard;
}

} // namespace engine::parakeet

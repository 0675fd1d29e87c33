#pragma once

#include "engine/models/fastconformer/encoder.h"
#include "engine/types.h"

#include <cstdint>

namespace engine::fastconformer {

/// Longest clip that is heard as one; what is longer is cut, without overlap.
inline constexpr std::int64_t kClipSamples = 30 * std::int64_t{kSampleRateHz};
/// Shorter ones are filled up with zeros.
inline constexpr std::int64_t kShortestSamples = kSampleRateHz / 10;

/// Rows that a clip of so many samples becomes. Audio spec 3.9, the serving rule.
int clip_rows(std::int64_t samples);

/// Normalised log-mels of one clip, filled up to the shortest length.
std::vector<float> mel_of_clip(std::span<const float> clip, int bins);

/// The sound tower of an omni model: clips in, rows for a language model out. Engine thread only.
class SoundTower {
public:
    SoundTower(const Config& config, const Weights& weights) : config_(config), weights_(weights) {}

    /// Rows [clip_rows(clip), out_dim] of a clip of at most kClipSamples. Nothing where the stop
    /// token asked to end. An observer sees what Encoder::encode() shows, "mel" before and "normed"
    /// behind it. Throws std::bad_alloc.
    std::optional<kernels::Buffer> encode(
        kernels::Backend& backend,
        std::span<const float> clip,
        const std::stop_token& stop,
        const Observer& observer = {}) const;
    /// From mel frames on: the projector behind the encoder.
    std::optional<kernels::Buffer> encode_mel(
        kernels::Backend& backend,
        std::span<const float> mel,
        const std::stop_token& stop,
        const Observer& observer = {}) const;

private:
    const Config& config_;
    const Weights& weights_;
};

} // namespace engine::fastconformer

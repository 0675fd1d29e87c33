#pragma once

#include "engine/models/whisper/weights.h"
#include "kernels/backend.h"

#include <optional>
#include <span>
#include <stop_token>

namespace engine::whisper {

/// Rows to compute for a window of `frames` mel frames (two a row) in the fast mode: those of its
/// sound and a margin of the empty ones behind it. Found by measuring: see README.md.
int short_window_positions(int frames);

/// Sound features to one row of `width` for every 20 ms. Engine thread; buffers are kept from
/// window to window.
class Encoder {
public:
    Encoder(const Config& config, const Weights& weights) : config_(config), weights_(weights) {}

    /// mel        [frames, mel_bins], at most 2 * positions frames; what is missing counts as 0, as
    /// in the reference positions  rows to compute, at most config.audio_positions: fewer cost
    /// less, but were not trained on Returns [positions, width], valid until the next call, or
    /// nothing when it was stopped on the way.
    std::optional<kernels::Tensor>
    run(kernels::Backend& backend,
        std::span<const float> mel,
        int positions,
        const std::stop_token& stop);

private:
    void allocate(kernels::Backend& backend, int positions);

    const Config& config_;
    const Weights& weights_;
    int room_ = 0; // positions that the buffers hold
    kernels::Buffer mel_, conv_, x_, normed_, q_, k_, v_, attended_, hidden_;
};

} // namespace engine::whisper

#pragma once

#include "engine/models/fastconformer/weights.h"
#include "engine/models/language_model.h"

#include <optional>
#include <span>
#include <stop_token>

namespace engine::fastconformer {

/// FastConformer (Rekesh et al. 2023): mel frames of 10 ms in, rows of 80 ms out, each of which has
/// heard the whole clip. Engine thread only.
class Encoder {
public:
    Encoder(const Config& config, const EncoderWeights& weights)
        : config_(config), weights_(weights)
    {
    }

    /// mel  [frames, mel_bins] normalised, whole frames of the clip alone, at least one
    /// Returns [encoder_rows(frames), dim]; nothing where the stop token, read between layers,
    /// asked to end. An observer sees "subsampled", "block 0", ... Throws std::bad_alloc.
    std::optional<kernels::Buffer> encode(
        kernels::Backend& backend,
        std::span<const float> mel,
        const std::stop_token& stop,
        const Observer& observer = {}) const;

private:
    struct Pictures;
    struct Scratch;

    void subsample(
        kernels::Backend& backend,
        std::span<const float> mel,
        int frames,
        int first,
        const kernels::Tensor& x,
        const Pictures& pictures) const;
    void layer(
        kernels::Backend& backend,
        const LayerWeights& w,
        const kernels::Tensor& x,
        const Scratch& s) const;

    const Config& config_;
    const EncoderWeights& weights_;
};

} // namespace engine::fastconformer

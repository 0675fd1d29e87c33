#pragma once

#include "engine/models/language_model.h"
#include "engine/models/radio/weights.h"
#include "engine/types.h"

#include <span>
#include <stop_token>

namespace engine::radio {

/// Patches of one picture or of one tubelet, [patches, patch_dim] or [patches, frames * patch_dim].
struct Patches {
    image::Grid grid;
    bool video = false;
    std::vector<float> values;
};

/// A still picture, resized to its grid. Errors: LimitExceeded.
Result<Patches> patches_of(const Image& picture, const Config& config);
/// A video: groups of config.frames frames, the last one filled up by its last frame. All frames
/// must be of one size. Errors: LimitExceeded, BadFile (frames of several sizes).
Result<std::vector<Patches>> patches_of(std::span<const Image> frames, const Config& config);

/// C-RADIOv4-H (NVIDIA 2026) with pixel shuffle and projector: patches in, rows for a language
/// model out. Engine thread only.
class VisionTower {
public:
    VisionTower(const Config& config, const Weights& weights) : config_(config), weights_(weights)
    {
    }

    /// Rows [grid / 4, out_dim] of one picture or tubelet, top left first. Nothing where the stop
    /// token, read between blocks, asked to end. An observer sees "embedded", "block 0", ...,
    /// "shuffled", "normed". Throws std::bad_alloc.
    std::optional<kernels::Buffer> encode(
        kernels::Backend& backend,
        const Patches& patches,
        const std::stop_token& stop,
        const Observer& observer = {}) const;

private:
    void embed(kernels::Backend& backend, const Patches& patches, const kernels::Tensor& x) const;
    void block(
        kernels::Backend& backend,
        const BlockWeights& w,
        const kernels::Tensor& x,
        const kernels::Tensor& normed,
        const kernels::Tensor& qkv) const;
    kernels::Buffer project(
        kernels::Backend& backend,
        const kernels::Tensor& features,
        const image::Grid& grid,
        const Observer& observer) const;

    const Config& config_;
    const Weights& weights_;
};

} // namespace engine::radio

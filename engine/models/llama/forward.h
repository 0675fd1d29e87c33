#pragma once

#include "engine/models/language_model.h"
#include "engine/models/llama/kv_cache.h"
#include "engine/models/llama/weights.h"

#include <stop_token>

namespace engine::llama {

/// Tokens that one pass takes; a long prompt is cut into passes. Larger ones bring no speed (the
/// matrices of a layer stay in the cache of the processor either way) and make scratch memory and
/// the answer to a stop larger.
inline constexpr int kMaxPassTokens = 256;

/// The forward pass of one model of this family and the buffers it works in. Engine thread only.
class ForwardPass {
public:
    ForwardPass(kernels::Backend& backend, const Config& config, const Weights& weights);

    /// Computes up to kMaxPassTokens tokens behind what the cache holds, and commits them to it.
    /// False when the stop token, read between layers, asked to end; the cache is then as before.
    bool
    run(kernels::Backend& backend,
        std::span<const std::int32_t> tokens,
        KvCache& cache,
        const std::stop_token& stop,
        const Observer& observer = {});

    /// Logits of the last position of the last run(), [vocab]; valid until the next call, and the
    /// caller may change them.
    std::span<float> last_logits(kernels::Backend& backend);
    /// Logits of `count` positions of the last run() from `first` on, [count, vocab], in memory of
    /// the caller.
    void logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count);

private:
    void layer(
        kernels::Backend& backend,
        const LayerWeights& layer,
        int index,
        int count,
        KvCache& cache);
    void attend(
        kernels::Backend& backend,
        const LayerWeights& layer,
        int index,
        int count,
        KvCache& cache);
    void feed_forward(kernels::Backend& backend, const LayerWeights& layer, int count);
    /// x += y, or the norm of y where the architecture closes with one.
    void add_closed(
        kernels::Backend& backend,
        const kernels::LoadedWeight& weight,
        const kernels::Tensor& in,
        std::span<const float> norm,
        int count);
    void reserve(kernels::Backend& backend, int count);

    const Config& config_;
    const Weights& weights_;
    int rows_ = 0;    // of the buffers below
    int current_ = 0; // rows that the last run() filled
    kernels::Buffer x_, normed_, q_, k_, v_, mixed_, gate_, up_;
    kernels::Buffer logits_; // [1, vocab]
    std::vector<std::int32_t> positions_;
    std::vector<double> frequencies_, window_frequencies_; // [head_dim / 2]
};

} // namespace engine::llama

#pragma once

#include "engine/models/minilm/weights.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace engine::minilm {

/// The forward pass of the encoder over several texts at once, packed one behind the other:
/// products see the rows of all texts as one matrix, attention sees each text alone, and no padding
/// is computed. Engine thread only.
class ForwardPass {
public:
    explicit ForwardPass(const Config& config) : config_(config) {}

    /// One unit vector of config.dim floats a text. Each text has 1 to config.positions ids, all
    /// below vocab_size. Empty when the stop token, read between layers, asked to end.
    std::vector<std::vector<float>>
    run(kernels::Backend& backend,
        const Weights& weights,
        std::span<const std::vector<std::int32_t>> texts,
        const std::stop_token& stop);

private:
    void reserve(kernels::Backend& backend, std::int64_t tokens);
    void layer(
        kernels::Backend& backend,
        const LayerWeights& weights,
        std::span<const std::vector<std::int32_t>> texts,
        std::int64_t tokens);
    std::vector<float> pool(std::int64_t first, std::int64_t count) const;

    Config config_;
    std::int64_t rows_ = 0;                 // that the buffers hold
    kernels::Buffer x_, q_, k_, v_, mixed_; // [tokens, dim]
    kernels::Buffer inner_;                 // [tokens, ffn_dim]
};

} // namespace engine::minilm

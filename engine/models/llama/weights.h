#pragma once

#include "engine/formats/gguf.h"
#include "engine/models/llama/config.h"
#include "engine/result.h"
#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine::llama {

/// One decoder layer. Matrices are [outputs, inputs].
struct LayerWeights {
    std::vector<float> attention_norm;               // [dim]
    std::unique_ptr<kernels::LoadedWeight> wq;       // [q_dim, dim]
    std::unique_ptr<kernels::LoadedWeight> wk, wv;   // [kv_dim, dim]
    std::vector<float> bq, bk, bv;                   // or empty
    std::vector<float> q_norm, k_norm;               // [head_dim] or empty
    std::unique_ptr<kernels::LoadedWeight> wo;       // [dim, q_dim]
    std::vector<float> attention_closing_norm;       // [dim] or empty
    std::vector<float> ffn_norm;                     // [dim]
    std::unique_ptr<kernels::LoadedWeight> gate, up; // [ffn_dim, dim]
    std::unique_ptr<kernels::LoadedWeight> down;     // [dim, ffn_dim]
    std::vector<float> ffn_closing_norm;             // [dim] or empty
};

struct Weights {
    std::unique_ptr<kernels::LoadedWeight> embedding; // [vocab, dim]
    std::vector<LayerWeights> layers;
    std::vector<float> rope_factors; // [head_dim / 2], divide the frequencies; or empty
    std::vector<float> output_norm;  // [dim]
    std::unique_ptr<kernels::LoadedWeight>
        output; // [vocab, dim]; null: the embedding is the head too

    const kernels::LoadedWeight& head() const { return output ? *output : *embedding; }
    /// Bytes that were allocated for them.
    std::size_t size_bytes() const;
};

/// Hands every matrix to the backend, layer by layer. On the engine thread.
/// Errors: BadModelFile, ModelUnsupported (a format that kernels cannot compute with, a tensor that
/// the architecture does not have).
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::GgufFile& file,
    const Config& config,
    kernels::Compute compute);

} // namespace engine::llama

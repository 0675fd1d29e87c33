#pragma once

#include "engine/models/minilm/config.h"
#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine::minilm {

using LoadedMatrix = std::unique_ptr<kernels::LoadedWeight>;

struct LayerWeights {
    LoadedMatrix wq, wk, wv, wo;                     // [dim, dim]
    LoadedMatrix up;                                 // [ffn_dim, dim]
    LoadedMatrix down;                               // [dim, ffn_dim]
    std::vector<float> bq, bk, bv, bo, b_up, b_down; // as the rows above
    std::vector<float> attention_gamma, attention_beta, output_gamma, output_beta; // [dim]
};

struct Weights {
    LoadedMatrix words;                         // [vocab_size, dim]
    std::vector<std::vector<std::byte>> blocks; // that the backend did not repack, if any
    kernels::Buffer places;                     // [positions, dim], with the one token type added
    LoadedMatrix positions;                     // over `places`
    std::vector<float> gamma, beta;             // [dim]
    std::vector<LayerWeights> layers;
};

/// Hands every matrix to the backend. On the engine thread. The word table is left in the mapping:
/// a text needs a few rows.
///
/// Compute::Fast turns F32 matrices into blocks of 32 with a scale each (Q8_0) first. One scale a
/// row, which is what the backend makes of F32 by itself, moves the vectors by up to 10 degrees
/// (cosine 0.986 on the goldens, cosines of pairs by 0.015), since a few activations of this model
/// are very large; with blocks it is 0.9996 and 0.003 at the same speed.
///
/// Errors: BadModelFile, ModelUnsupported (a format that kernels cannot compute with).
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::SafetensorsFile& file,
    const Config& config,
    kernels::Compute compute);

} // namespace engine::minilm

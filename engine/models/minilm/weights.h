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
    LoadedMatrix words;             // [vocab_size, dim]
    kernels::Buffer places;         // [positions, dim], with the one token type added
    LoadedMatrix positions;         // over `places`
    std::vector<float> gamma, beta; // [dim]
    std::vector<LayerWeights> layers;
};

/// Hands every matrix to the backend. On the engine thread. The word table is left in the mapping:
/// a text needs a few rows.
///
/// Compute::Fast: cosine 0.9996 with the goldens, cosines of pairs within 0.003. (With one scale a
/// row and 8-bit activations 0.986 and 0.015, since a few activations of this model are very
/// large.)
///
/// Errors: BadModelFile, ModelUnsupported (a format that kernels cannot compute with).
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::SafetensorsFile& file,
    const Config& config,
    kernels::Compute compute);

} // namespace engine::minilm

#pragma once

#include "engine/models/linear.h"
#include "engine/models/radio/config.h"
#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine::radio {

struct BlockWeights {
    LayerNorm norm1;
    Linear qkv; // [3 * dim, dim]: q, k, v, heads side by side in each
    Linear proj;
    LayerNorm norm2;
    Linear fc1, fc2;
};
struct Weights {
    Linear picture_embedder;      // [dim, patch_dim]
    Linear video_embedder;        // [dim, frames * patch_dim]
    std::vector<float> prefix;    // [prefix, dim]
    std::vector<float> positions; // [table_side, table_side, dim]
    std::vector<BlockWeights> blocks;
    std::vector<float> projector_norm;                  // [4 * dim]
    Linear projector1;                                  // [projector_dim, 4 * dim]
    Linear projector2;                                  // [out_dim, projector_dim]
    kernels::Compute compute = kernels::Compute::Exact; // what they were loaded for
};

/// Matrices stay where the mapped file has them. On the engine thread. Errors: BadModelFile.
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute = kernels::Compute::Exact);

} // namespace engine::radio

#pragma once

#include "engine/models/fastconformer/config.h"
#include "engine/models/linear.h"
#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine::fastconformer {

struct FeedForward {
    LayerNorm norm;
    Linear up;        // [ff_dim, dim]
    Linear half_down; // [dim, ff_dim], halved: the residual takes half of it
};
struct Attention {
    LayerNorm norm;
    Linear q, k, v, out;                           // [dim, dim], heads side by side
    std::unique_ptr<kernels::LoadedWeight> places; // [dim, dim], for relative positions
    std::vector<float> content_bias;               // [dim]; u of the paper
    std::vector<float> position_bias;              // [dim]; v of the paper
};
struct Taps {
    kernels::Buffer weight;  // [taps, channels]
    std::vector<float> bias; // [channels]
};
struct Convolution {
    LayerNorm norm;
    Linear expand;  // [2 * dim, dim]: values, gates
    Taps depthwise; // with the batch norm folded in
    Linear reduce;  // [dim, dim]
};
struct LayerWeights {
    FeedForward before;
    Attention attention;
    Convolution convolution;
    FeedForward after;
    LayerNorm out;
};
struct EncoderWeights {
    Linear conv;                   // [channels, 3 * 3], time before frequency
    Taps depthwise1, depthwise2;   // 3 x 3
    Linear pointwise1, pointwise2; // [channels, channels]
    Linear flat;                   // [dim, channels * bins left], channel by channel
    std::vector<LayerWeights> layers;
    bool refers_to_file = false; // the mapping must stay
};
struct ProjectorWeights {
    std::vector<float> norm; // [dim]
    Linear up;               // [projector_dim, dim]
    Linear down;             // [out_dim, projector_dim]
};
struct Weights {
    EncoderWeights encoder;
    ProjectorWeights projector;
};

/// Where matrices live once they are loaded: in the mapped file, or, with Compute::Fast, repacked
/// in 8 bits.
enum class Placement { InFile, Repacked };

/// Biases are taken where the file has some. On the engine thread. Errors: BadModelFile,
/// ModelUnsupported.
Result<EncoderWeights> load_encoder(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute = kernels::Compute::Exact,
    Placement placement = Placement::InFile);
/// Encoder and projector, where the mapped file has them.
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute = kernels::Compute::Exact);

} // namespace engine::fastconformer

#pragma once

#include "engine/models/fastconformer/weights.h"
#include "engine/models/parakeet/config.h"

namespace engine::parakeet {

struct LstmLayer {
    Linear from_input;  // [4 * dim, dim]: input, forget, cell and output gates
    Linear from_hidden; // [4 * dim, dim]
};
struct Weights {
    fastconformer::EncoderWeights encoder;
    Linear encoder_projector;     // [joint_dim, encoder dim]
    std::vector<float> embedding; // [vocabulary + 1, dim], 21 MB of the published model
    std::vector<LstmLayer> lstm;
    Linear predictor_projector;  // [joint_dim, dim]
    Linear head;                 // [tokens, the blank one, durations; joint_dim]
    bool refers_to_file = false; // the mapping must stay
};

/// With Compute::Exact the matrices stay where the mapped file has them, with Fast they are
/// repacked in 8 bits. On the engine thread. Errors: BadModelFile, ModelUnsupported.
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute);

} // namespace engine::parakeet

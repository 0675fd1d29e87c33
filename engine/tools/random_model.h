#pragma once

#include "engine/models/llama/config.h"
#include "engine/models/llama/weights.h"
#include "engine/result.h"
#include "kernels/backend.h"

#include <string>

namespace engine::tools {

/// The sizes of a well-known checkpoint, for measuring speed without having its weights; `layers`
/// 0 takes as many as it has. Errors: BadUsage (names the known ones).
Result<llama::Config> shape_named(const std::string& name, int layers);

/// "q4_1", "q8_0", "f32", "f16", "bf16". Errors: BadUsage.
Result<kernels::WeightFormat> format_named(const std::string& name);

/// A model of random numbers that neither grow nor vanish from layer to layer. The embedding is the
/// head too, in 8 bits where the matrices have 4, as in the starter's file. On the engine thread.
llama::Weights random_weights(
    kernels::Backend& backend,
    const llama::Config& config,
    kernels::WeightFormat format,
    kernels::Compute compute);

} // namespace engine::tools

#pragma once

#include "engine/models/llama/config.h"
#include "engine/models/llama/weights.h"
#include "engine/result.h"
#include "kernels/backend.h"

#include <nlohmann/json.hpp>

#include <stop_token>
#include <string>
#include <vector>

namespace engine::tools {

struct BenchPlan {
    int prefill = 512; // tokens of the prompt; 0: not
    int decode = 64;   // steps; 0: not
    int context = 128; // positions before them
    int repeat = 5;    // runs, after one that warms up
    std::string kernel;
};

/// A language model to measure: a loaded one, or one made of random numbers.
struct BenchSubject {
    const llama::Config& config;
    const llama::Weights& weights;
    kernels::Compute compute = kernels::Compute::Fast;
};

/// The results "decode" and "prefill" of the plan: tokens_per_s, and for decode the bytes that a
/// token reads. On the engine thread. Errors: Cancelled, BadUsage (more positions than the model
/// has).
Result<nlohmann::json> bench_language(
    kernels::Backend& backend,
    const BenchSubject& subject,
    const BenchPlan& plan,
    const std::stop_token& stop);

/// The ops that bench_op() knows, as the forward pass calls them; plan.kernel names one, or "all".
std::vector<std::string> op_names();

/// One op alone, for one token behind plan.context positions and for plan.prefill tokens: a result
/// each, with us (microseconds a call), the bytes of weights or cache that a call reads, and its
/// operations. Calls go through the layers in turn, so that weights come from where a decode step
/// finds them. On the engine thread. Errors: as bench_language(); BadUsage (no such op).
Result<nlohmann::json> bench_op(
    kernels::Backend& backend,
    const BenchSubject& subject,
    const BenchPlan& plan,
    const std::stop_token& stop);

} // namespace engine::tools

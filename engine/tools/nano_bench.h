#pragma once

#include "engine/tools/language_bench.h"
#include "engine/tools/random_checkpoint.h"

namespace engine::tools {

/// Decoding behind plan.context positions, and a prompt of plan.prefill tokens layer kind by layer
/// kind, on full-width layers of Nemotron 3 Nano with random weights; the cache before them is
/// filled with numbers instead of computed. Every run stands beside the limits that were measured
/// just before it. On the engine thread. Errors: Cancelled, BadUsage.
Result<nlohmann::json> bench_nano(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const nemotron_h::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop);

/// A picture of 1920 x 1080 pixels through `config.layers` layers of the vision tower.
Result<nlohmann::json> bench_radio(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const radio::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop);

/// 30 s of sound through `config.layers` layers of the sound tower.
Result<nlohmann::json> bench_fastconformer(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const fastconformer::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop);

} // namespace engine::tools

#include "engine/tools/nano_bench.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace engine::tools {
namespace {

/// All kinds of layers in the published order, narrow.
nemotron_h::Config narrow_config()
{
    nemotron_h::Config config = nano_config(6);
    config.dim = 128;
    config.vocab_size = 512;
    config.heads = 4;
    config.head_dim = 32;
    config.mamba_heads = 4;
    config.mamba_head_dim = 16;
    config.mamba_groups = 2;
    config.mamba_state = 16;
    config.experts = 16;
    config.experts_per_token = 2;
    config.expert_dim = 64;
    config.shared_dim = 96;
    return config;
}

TEST(NanoBench, PutsEveryKindOfLayerBesideItsLimit)
{
    const auto backend = kernels::make_cpu_backend(2);
    const nemotron_h::Config config = narrow_config();
    for (const Precision precision : {Precision::Bf16, Precision::Fp8, Precision::Nvfp4}) {
        const RandomCheckpoint checkpoint = random_nano(config, precision);
        const BenchPlan plan{.prefill = 20, .decode = 3, .context = 40, .repeat = 2, .kernel = ""};
        const auto results = bench_nano(
            *backend,
            checkpoint,
            config,
            kernels::Compute::Fast,
            plan,
            2,
            std::stop_token());
        ASSERT_TRUE(results) << results.error().message;
        ASSERT_EQ(results->size(), 5u);
        std::vector<std::string> names;
        for (const auto& result : *results) {
            names.push_back(result["name"]);
            EXPECT_GT(result["ms"]["median"], 0) << names.back();
            EXPECT_GT(result["limit_ms"], 0) << names.back();
            EXPECT_GT(result["ratio"], 0) << names.back();
        }
        std::sort(names.begin() + 2, names.end());
        const std::vector<std::string> expected =
            {"decode", "prefill", "prefill attention", "prefill experts", "prefill mamba"};
        EXPECT_EQ(names, expected);
        // Everything is read but the experts that are not chosen, and the state twice.
        const auto bytes = (*results)[0]["bytes_per_token"].get<double>();
        EXPECT_LT(bytes, static_cast<double>(checkpoint.size_bytes() + 3 * config.state_bytes()));
        EXPECT_GT(bytes, 512.0 * 128 * 2);
    }
}

TEST(NanoBench, RefusesMorePositionsThanTheModelHas)
{
    const auto backend = kernels::make_cpu_backend(1);
    const nemotron_h::Config config = narrow_config();
    const RandomCheckpoint checkpoint = random_nano(config, Precision::Bf16);
    BenchPlan plan;
    plan.context = 1 << 20;
    const auto refused = bench_nano(
        *backend,
        checkpoint,
        config,
        kernels::Compute::Fast,
        plan,
        1,
        std::stop_token());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
}

} // namespace
} // namespace engine::tools

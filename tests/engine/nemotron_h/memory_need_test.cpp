#include "engine/models/nemotron_h/memory_need.h"

#include "engine/engine.h"
#include "engine/tools/random_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace engine::nemotron_h {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kTiny = PERCEPT_TEST_DATA "/omni/a/bf16";

/// The published sizes, without their weights.
formats::TensorTable table_of(const Config& config)
{
    formats::TensorTable table("sizes");
    const auto add = [&](const std::string& name, std::size_t bytes) {
        formats::StoredTensor tensor;
        // Only the size is looked at.
        tensor.bytes = {reinterpret_cast<const std::byte*>(0x1000), bytes};
        table.add(name, tensor);
    };
    add("backbone.embeddings.weight", 1000);
    add("lm_head.weight", 1000);
    add("vision_model.radio_model.something", 5000);
    add("backbone.layers.0.mixer.in_proj.weight", 300);
    for (int j = 0; j < config.experts; ++j)
        add("backbone.layers.1.mixer.experts." + std::to_string(j) + ".up_proj.weight", 10);
    return table;
}

TEST(MemoryNeed, CountsOfTheExpertsThoseThatATokenTakes)
{
    const Config config = tools::nano_config(6);
    const MemoryNeed need = memory_need(config, table_of(config), 2);
    EXPECT_EQ(need.weights_bytes, 7300u + 128 * 10);
    EXPECT_EQ(need.active_bytes, 1300u + 6 * 10);
    EXPECT_EQ(need.cache_bytes_per_token, 2u * 2 * 128 * 2); // one attention layer
    EXPECT_EQ(need.state_bytes, config.state_bytes());
    EXPECT_GT(need.scratch_bytes, 512u * 4 * 10'304);
    EXPECT_EQ(need.at(10) - need.at(0), 10 * need.cache_bytes_per_token);
}

TEST(MemoryNeed, TheContextThatFitsIsWhatTheRestLeaves)
{
    const MemoryNeed need{9000, 1000, 10, 200, 300};
    EXPECT_EQ(positions_that_fit(need, 4096, 1499), 0);
    EXPECT_EQ(positions_that_fit(need, 4096, 1500), 0);
    EXPECT_EQ(positions_that_fit(need, 4096, 1519), 1);
    EXPECT_EQ(positions_that_fit(need, 4096, 1'000'000), 4096);
    EXPECT_TRUE(check_fit(need, 100, 2500)); // a model of few positions needs no more
    EXPECT_FALSE(check_fit(need, 100, 2499));
    EXPECT_TRUE(check_fit(need, 4096, 1500 + 10 * kFewestPositions));
    EXPECT_FALSE(check_fit(need, 4096, 1499 + 10 * kFewestPositions));
}

TEST(MemoryNeed, ARefusalSaysWhatIsNeededWhatIsThereAndTheWayOut)
{
    const MemoryNeed need{20'000'000'000, 3'000'000'000, 100'000, 100'000'000, 50'000'000};
    const auto refused = check_fit(need, 262'144, 1'200'000'000);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::OutOfMemory);
    EXPECT_THAT(
        refused.error().message,
        AllOf(
            HasSubstr("needs 3.4 GB"),
            HasSubstr("2048 positions"),
            HasSubstr("1.2 GB are free")));
    EXPECT_THAT(refused.error().hint, HasSubstr("smaller model"));
}

TEST(MemoryNeed, OpeningIsRefusedBeforeAnythingIsLoaded)
{
    Worker worker({Device::Cpu, 0, 1});
    {
        const AssumedMemory little(50'000);
        const auto begin = std::chrono::steady_clock::now();
        const auto refused = Engine::open(worker, kTiny, {Device::Cpu, 0, 1});
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::OutOfMemory);
    }
    EXPECT_TRUE(Engine::open(worker, kTiny, {Device::Cpu, 0, 1}));
    EXPECT_GT(available_memory(), 1'000'000u);
}

} // namespace
} // namespace engine::nemotron_h

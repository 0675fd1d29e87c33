#include "engine/models/llama/memory_need.h"

#include "engine/engine.h"
#include "engine/model_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engine::llama {
namespace {

using testing::HasSubstr;

constexpr const char* kTied = PERCEPT_TEST_DATA "/gguf/gemma3.gguf";
constexpr const char* kUntied = PERCEPT_TEST_DATA "/gguf/llama.gguf";

TEST(LlamaMemoryNeed, AnEmbeddingThatIsNotTheHeadAsWellIsNotReadWhole)
{
    for (const char* path : {kTied, kUntied}) {
        const auto file = formats::GgufFile::open(path);
        ASSERT_TRUE(file) << file.error().message;
        const auto config = read_config(*file);
        ASSERT_TRUE(config) << config.error().message;
        std::size_t all = 0;
        for (const auto& [name, tensor] : file->tensors().all()) all += tensor.bytes.size();
        const auto* head = file->tensors().find("output.weight");
        ASSERT_EQ(head == nullptr, path == kTied);
        const MemoryNeed need = memory_need(*config, file->tensors(), 2);
        EXPECT_EQ(need.weights_bytes, all);
        const std::size_t embedding = file->tensors().find("token_embd.weight")->bytes.size();
        EXPECT_EQ(need.active_bytes, head == nullptr ? all : all - embedding);
        EXPECT_EQ(need.cache_bytes_per_token, config->cache_bytes_per_token(2));
        EXPECT_EQ(need.state_bytes, 0u);
        EXPECT_EQ(need.at(100) - need.at(0), 100 * need.cache_bytes_per_token);
    }
}

TEST(LlamaMemoryNeed, OpeningIsRefusedWhereTheModelDoesNotFitAndLookingSaysSo)
{
    Worker worker({Device::Cpu, 0, 1});
    {
        const AssumedMemory little(50'000);
        const auto refused = Engine::open(worker, kUntied, {Device::Cpu, 0, 1});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::OutOfMemory);
        EXPECT_THAT(refused.error().hint, HasSubstr("smaller model"));
        const auto facts = look_at_model(kUntied);
        ASSERT_TRUE(facts) << facts.error().message;
        EXPECT_EQ(facts->available_bytes, 50'000u);
        EXPECT_GT(facts->needed_bytes, facts->available_bytes);
    }
    EXPECT_TRUE(Engine::open(worker, kUntied, {Device::Cpu, 0, 1}));
}

} // namespace
} // namespace engine::llama

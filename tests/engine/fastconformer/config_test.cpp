#include "engine/models/fastconformer/config.h"
#include "engine/models/fastconformer/weights.h"
#include "tests/engine/fastconformer/spec_tower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engine::fastconformer {
namespace {

using testing::HasSubstr;

Result<Config> read(const SpecTower& tower, const nlohmann::json& json)
{
    return read_config(json, tower.table(), SpecTower::kOutDim, "config.json");
}

TEST(FastConformerConfig, SizesComeFromTheTensors)
{
    const SpecTower tower;
    nlohmann::json bare;
    bare["sound_config"] = nlohmann::json::object();
    const auto config = read(tower, bare);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->dim, 16);
    EXPECT_EQ(config->heads, 2);
    EXPECT_EQ(config->layers, 2);
    EXPECT_EQ(config->ff_dim, 32);
    EXPECT_EQ(config->conv_taps, 9);
    EXPECT_EQ(config->channels, 4);
    EXPECT_EQ(config->mel_bins, 128);
    EXPECT_EQ(config->projector_dim, 32);
    EXPECT_EQ(config->out_dim, SpecTower::kOutDim);
}

TEST(FastConformerConfig, WhatTheFileSaysMustAgree)
{
    const SpecTower tower;
    for (const char* key :
         {"hidden_size",
          "num_attention_heads",
          "num_hidden_layers",
          "intermediate_size",
          "conv_kernel_size",
          "subsampling_conv_channels",
          "num_mel_bins",
          "projection_hidden_size"}) {
        nlohmann::json json = tower.config();
        json["sound_config"][key] = 40;
        const auto config = read(tower, json);
        ASSERT_FALSE(config) << key;
        EXPECT_EQ(config.error().code, ErrorCode::BadModelFile) << key;
        EXPECT_THAT(config.error().message, HasSubstr("not ")) << key;
    }
}

TEST(FastConformerConfig, WhatIsNotComputedIsRefusedByName)
{
    const SpecTower tower;
    for (const auto& [key, value] : std::vector<std::pair<const char*, nlohmann::json>>{
             {"scale_input", true},
             {"sampling_rate", 24000},
             {"subsampling_factor", 4},
             {"hidden_act", "gelu"}}) {
        nlohmann::json json = tower.config();
        json["sound_config"][key] = value;
        const auto config = read(tower, json);
        ASSERT_FALSE(config) << key;
        EXPECT_EQ(config.error().code, ErrorCode::ModelUnsupported) << key;
        EXPECT_THAT(config.error().message, HasSubstr(key));
    }
}

TEST(FastConformerConfig, TensorsThatAreMissingOrOfAnotherShapeAreNamed)
{
    const auto backend = kernels::make_cpu_backend(1);
    const SpecTower whole;
    for (const auto& [name, tensor] : whole.tensors) {
        for (const bool missing : {true, false}) {
            SpecTower tower;
            if (missing) {
                tower.tensors.erase(name);
            } else {
                tower.tensors[name].shape[0] += 2;
                tower.tensors[name].values.resize(tower.tensors[name].values.size() * 3);
            }
            const auto table = tower.table();
            if (!has_sound_tower(table)) continue;
            const auto config = read(tower, tower.config());
            if (!config) {
                EXPECT_EQ(config.error().code, ErrorCode::BadModelFile) << name;
                continue;
            }
            const auto weights = load_weights(*backend, table, *config);
            ASSERT_FALSE(weights) << name;
            EXPECT_EQ(weights.error().code, ErrorCode::BadModelFile) << name;
        }
    }
}

TEST(FastConformerConfig, ACheckpointWithoutTheTensorsHasNoTower)
{
    SpecTower tower;
    EXPECT_TRUE(has_sound_tower(tower.table()));
    tower.tensors.clear();
    EXPECT_FALSE(has_sound_tower(tower.table()));
    EXPECT_FALSE(read(tower, tower.config()));
}

} // namespace
} // namespace engine::fastconformer

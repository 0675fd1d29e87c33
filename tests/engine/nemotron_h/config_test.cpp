#include "engine/models/nemotron_h/config.h"

#include "engine/formats/json.h"
#include "tests/engine/nemotron_h/appendix_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace engine::nemotron_h {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

std::string message_of(const json& config)
{
    const auto read = read_config(config, "config.json");
    return read ? "no error" : read.error().message;
}

TEST(NemotronConfig, ReadsThePublishedSizes)
{
    json published = appendix::config();
    const char* pattern = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";
    const std::pair<const char*, json> sizes[] = {
        {"hidden_size", 2688},
        {"vocab_size", 131072},
        {"num_hidden_layers", 52},
        {"hybrid_override_pattern", pattern},
        {"max_position_embeddings", 262144},
        {"num_attention_heads", 32},
        {"num_key_value_heads", 2},
        {"head_dim", 128},
        {"mamba_num_heads", 64},
        {"mamba_head_dim", 64},
        {"n_groups", 8},
        {"ssm_state_size", 128},
        {"n_routed_experts", 128},
        {"num_experts_per_tok", 6},
        {"moe_intermediate_size", 1856},
        {"moe_shared_expert_intermediate_size", 3712},
        {"expand", 2},
        {"rope_theta", 10000}};
    for (const auto& [key, value] : sizes) published[key] = value;
    const auto config = read_config(published, "config.json");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->pattern(), pattern);
    EXPECT_EQ(config->count(LayerKind::Mamba), 23);
    EXPECT_EQ(config->count(LayerKind::Attention), 6);
    EXPECT_EQ(config->in_proj_dim(), 10304);
    EXPECT_EQ(config->conv_dim(), 6144);
    EXPECT_EQ(config->mamba_dim(), 4096); // and not hidden_size x expand
    EXPECT_EQ(config->cache_bytes_per_token(2), 6144u);
    EXPECT_EQ(config->state_bytes(), 48'234'496u + 2 * 847'872u); // the convolution's in float32
}

TEST(NemotronConfig, NewKeyNamesMeanTheSame)
{
    json renamed = appendix::config();
    const std::pair<const char*, const char*> names[] = {
        {"n_groups", "mamba_n_groups"},
        {"conv_kernel", "mamba_d_conv"}};
    for (const auto& [old, now] : names) {
        renamed[now] = renamed[old];
        renamed.erase(old);
    }
    renamed.erase("hybrid_override_pattern");
    renamed.erase("num_hidden_layers");
    renamed["layers_block_type"] = {"mamba", "moe", "full_attention", "moe"};
    renamed["time_step_limit"] = {0.0, {{"__float__", "Infinity"}}};
    const auto config = read_config(renamed, "config.json");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->pattern(), "ME*E");
    EXPECT_EQ(config->mamba_groups, 2);
    EXPECT_EQ(config->mamba_taps, 4);
}

TEST(NemotronConfig, ReadsPythonsInfinity)
{
    const auto parsed = formats::parse_json(
        R"({"time_step_limit": [0.0, Infinity], "a": -Infinity, "b": "NaN \" Infinity", "c": NaN})",
        "config.json");
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE((*parsed)["time_step_limit"][1].is_null());
    EXPECT_TRUE((*parsed)["a"].is_null());
    EXPECT_EQ((*parsed)["b"], "NaN \" Infinity");
    EXPECT_FALSE(formats::parse_json("{\"a\": -Inf}", "config.json"));
    EXPECT_FALSE(formats::parse_json("{\"a\": NaN1}", "config.json"));
}

TEST(NemotronConfig, EverySizeThatIsMissingOrAbsurdIsNamed)
{
    for (const char* key :
         {"hidden_size",
          "vocab_size",
          "max_position_embeddings",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "mamba_num_heads",
          "mamba_head_dim",
          "n_groups",
          "ssm_state_size",
          "conv_kernel",
          "n_routed_experts",
          "num_experts_per_tok",
          "moe_intermediate_size",
          "moe_shared_expert_intermediate_size"}) {
        json spoiled = appendix::config();
        spoiled.erase(key);
        EXPECT_THAT(message_of(spoiled), AllOf(HasSubstr(key), HasSubstr("missing"))) << key;
        for (const json& value :
             {json(0),
              json(-1),
              json(1.5),
              json("16"),
              json(std::numeric_limits<std::int64_t>::max()),
              json(std::numeric_limits<std::uint64_t>::max()),
              json::array({1})}) {
            spoiled[key] = value;
            EXPECT_THAT(message_of(spoiled), HasSubstr(key)) << value;
        }
    }
    EXPECT_THAT(message_of(json::array()), HasSubstr("object"));
}

TEST(NemotronConfig, LayersMustBeKnownAndCounted)
{
    json config = appendix::config();
    config["hybrid_override_pattern"] = "ME-E";
    EXPECT_THAT(message_of(config), HasSubstr("layer of the kind \"-\""));
    config["hybrid_override_pattern"] = "ME*EE";
    EXPECT_THAT(message_of(config), HasSubstr("num_hidden_layers"));
    config["hybrid_override_pattern"] = "";
    EXPECT_THAT(message_of(config), HasSubstr("0 layers"));
    config["hybrid_override_pattern"] = std::string(5000, 'M');
    EXPECT_THAT(message_of(config), HasSubstr("5000 layers"));
    config["hybrid_override_pattern"] = 7;
    EXPECT_THAT(message_of(config), HasSubstr("0 layers"));
}

TEST(NemotronConfig, WhatTheForwardPassDoesNotComputeIsRefusedByName)
{
    const std::pair<const char*, json> others[] = {
        {"attention_bias", true},
        {"mlp_bias", true},
        {"use_bias", true},
        {"mamba_proj_bias", true},
        {"use_conv_bias", false},
        {"mlp_hidden_act", "silu"},
        {"mamba_hidden_act", "gelu"},
        {"tie_word_embeddings", true},
        {"sliding_window", 4096},
        {"n_group", 4},
        {"topk_group", 2},
        {"n_shared_experts", 2},
        {"moe_latent_size", 1024}};
    for (const auto& [key, value] : others) {
        json config = appendix::config();
        config[key] = value;
        const auto read = read_config(config, "config.json");
        ASSERT_FALSE(read) << key;
        EXPECT_EQ(read.error().code, ErrorCode::ModelUnsupported) << key;
        EXPECT_THAT(read.error().message, HasSubstr(key));
        EXPECT_FALSE(read.error().hint.empty());
    }
}

TEST(NemotronConfig, PartsMustDivideTheirWhole)
{
    json config = appendix::config();
    config["num_key_value_heads"] = 3;
    EXPECT_THAT(message_of(config), HasSubstr("3 key-value heads do not divide 4"));
    config = appendix::config();
    config["n_groups"] = 3;
    EXPECT_THAT(message_of(config), HasSubstr("3 Mamba groups do not divide 4"));
    config = appendix::config();
    config["num_experts_per_tok"] = 5;
    EXPECT_THAT(message_of(config), HasSubstr("5 of 4 experts"));
    config = appendix::config();
    config["layer_norm_epsilon"] = "small";
    EXPECT_THAT(message_of(config), HasSubstr("layer_norm_epsilon"));
    config = appendix::config();
    config["norm_topk_prob"] = 1;
    EXPECT_THAT(message_of(config), HasSubstr("norm_topk_prob"));
}

} // namespace
} // namespace engine::nemotron_h

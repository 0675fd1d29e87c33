#include "engine/models/llama/config.h"
#include "engine/models/llama/model.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <vector>

namespace engine::llama {
namespace {

using tiny_files::gguf_string;
using tiny_files::gguf_u32;

/// A file whose metadata describe a model of width 64; a test spoils one key.
class LlamaConfigTest : public testing::Test {
protected:
    LlamaConfigTest()
    {
        gguf_.keys = {
            {"general.architecture", gguf_string("llama")},
            {"llama.block_count", gguf_u32(2)},
            {"llama.embedding_length", gguf_u32(64)},
            {"llama.feed_forward_length", gguf_u32(96)},
            {"llama.attention.head_count", gguf_u32(4)},
            {"llama.attention.head_count_kv", gguf_u32(2)},
            {"llama.context_length", gguf_u32(128)},
            {"llama.attention.layer_norm_rms_epsilon", number(1e-5f)},
        };
        gguf_.tensors = {{"token_embd.weight", {64, 8}, 0, 0}};
        gguf_.data_bytes = 64 * 8 * 4;
    }

    static std::string number(float value)
    {
        return tiny_files::Bytes().put<std::uint32_t>(6).put(value).bytes;
    }
    /// The same model as another architecture names its keys.
    void rename(const std::string& architecture)
    {
        for (auto& [key, value] : gguf_.keys)
            if (key.starts_with("llama.")) key.replace(0, 5, architecture);
        set("general.architecture", gguf_string(architecture));
    }
    void set(const std::string& key, std::string value)
    {
        std::erase_if(gguf_.keys, [&](const auto& entry) { return entry.first == key; });
        gguf_.keys.emplace_back(key, std::move(value));
    }
    Result<Config> read()
    {
        const auto file = formats::GgufFile::open(folder_.write("tiny.gguf", gguf_.bytes()));
        if (!file) return tl::unexpected(file.error());
        return read_config(*file);
    }
    void expect_refused(ErrorCode code, const std::string& word)
    {
        const auto config = read();
        ASSERT_FALSE(config);
        EXPECT_EQ(config.error().code, code) << config.error().message;
        EXPECT_NE(config.error().message.find(word), std::string::npos) << config.error().message;
    }

    support::TemporaryFolder folder_;
    tiny_files::Gguf gguf_;
};

TEST_F(LlamaConfigTest, ReadsEverySize)
{
    const auto config = read();
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->layers, 2);
    EXPECT_EQ(config->head_dim, 16);
    EXPECT_EQ(config->kv_dim(), 32);
    EXPECT_EQ(config->vocab_size, 8);
    EXPECT_FLOAT_EQ(config->rope_base, 10'000.0f); // the default of the format
    EXPECT_EQ(config->cache_bytes_per_token(2), 2u * 2 * 32 * 2);
}

TEST_F(LlamaConfigTest, RefusesWhatItCannotCompute)
{
    set("general.architecture", gguf_string("mamba"));
    expect_refused(ErrorCode::ModelUnsupported, "mamba");
    set("general.architecture", gguf_string("llama"));
    set("llama.expert_count", gguf_u32(8));
    expect_refused(ErrorCode::ModelUnsupported, "experts");
    set("llama.expert_count", gguf_u32(0));
    set("llama.rope.scaling.type", gguf_string("yarn"));
    expect_refused(ErrorCode::ModelUnsupported, "rotary");
    set("llama.rope.scaling.type", gguf_string("none"));
    set("llama.rope.dimension_count", gguf_u32(8));
    expect_refused(ErrorCode::ModelUnsupported, "rope.dimension_count");
}

TEST_F(LlamaConfigTest, EveryArchitectureReadsItsOwnKeys)
{
    const auto valid = gguf_;
    for (const Architecture& architecture : architectures()) {
        gguf_ = valid;
        const std::string name(architecture.name);
        rename(name);
        set(name + ".attention.key_length", gguf_u32(32)); // wider than a quarter of the width
        set(name + ".attention.value_length", gguf_u32(32));
        set(name + ".rope.scaling.type", gguf_string("linear"));
        set(name + ".rope.scaling.factor", number(4));
        set(name + ".attention.sliding_window", gguf_u32(9));
        const auto config = read();
        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(config->architecture.name, name);
        EXPECT_EQ(config->q_dim(), 128);
        EXPECT_EQ(config->rope_stretch, 4.0f);
        EXPECT_EQ(config->has_window(0), architecture.window_period > 0);
        EXPECT_FALSE(config->has_window(5));
    }
}

TEST_F(LlamaConfigTest, RefusesWhatOtherFamiliesComputeOtherwise)
{
    rename("gemma3");
    expect_refused(ErrorCode::BadModelFile, "gemma3.attention.sliding_window");
    set("gemma3.attention.sliding_window", gguf_u32(9));
    ASSERT_TRUE(read());
    set("gemma3.final_logit_softcapping", number(30));
    expect_refused(ErrorCode::ModelUnsupported, "final_logit_softcapping");
    set("gemma3.final_logit_softcapping", number(0));
    set("gemma3.attention.value_length", gguf_u32(8));
    expect_refused(ErrorCode::ModelUnsupported, "attention.value_length");
    set("gemma3.attention.value_length", gguf_u32(16));
    set("gemma3.rope.scaling.type", gguf_string("linear"));
    set("gemma3.rope.scaling.factor", number(0));
    expect_refused(ErrorCode::BadModelFile, "rope.scaling.factor");
}

TEST_F(LlamaConfigTest, RowsThatAreNoWholeBlocksAreRefused)
{
    for (const auto& [type, name] :
         {std::pair{2u, "Q4_0"}, std::pair{20u, "IQ4_NL"}, std::pair{12u, "Q4_K"}}) {
        gguf_.tensors = {{"token_embd.weight", {72, 8}, type, 0}};
        expect_refused(ErrorCode::BadModelFile, std::string(name) + " cannot store");
    }
}

TEST_F(LlamaConfigTest, RefusesSizesThatMakeNoModel)
{
    const std::vector<std::tuple<std::string, std::string, std::string>> wrong = {
        {"llama.block_count", gguf_u32(0), "block_count"},
        {"llama.block_count", gguf_u32(1u << 30), "block_count"},
        {"llama.embedding_length", gguf_u32(0xffffffff), "embedding_length"},
        {"llama.attention.head_count", gguf_u32(5), "heads"},
        {"llama.attention.head_count_kv", gguf_u32(3), "heads"},
        {"llama.attention.head_count", gguf_string("4"), "head_count"},
        {"llama.context_length", gguf_u32(0), "context_length"},
        {"llama.attention.layer_norm_rms_epsilon", number(NAN), "epsilon"},
        {"llama.attention.layer_norm_rms_epsilon", number(-1), "epsilon"},
        {"llama.rope.freq_base", number(0), "freq_base"},
    };
    const auto valid = gguf_;
    for (const auto& [key, value, word] : wrong) {
        gguf_ = valid;
        set(key, value);
        expect_refused(ErrorCode::BadModelFile, word);
    }
}

TEST_F(LlamaConfigTest, RefusesAnEmbeddingOfAnotherWidth)
{
    gguf_.tensors = {{"token_embd.weight", {32, 16}, 0, 0}};
    expect_refused(ErrorCode::BadModelFile, "token_embd.weight");
}

TEST(FindGgufTest, AFolderMustHoldExactlyOne)
{
    const support::TemporaryFolder folder;
    EXPECT_EQ(find_gguf(folder.path()).error().code, ErrorCode::FileNotFound);
    const auto file = folder.write("a.gguf", "x");
    EXPECT_EQ(find_gguf(folder.path()).value(), file);
    EXPECT_EQ(find_gguf(file).value(), file);
    folder.write("b.gguf", "x");
    EXPECT_EQ(find_gguf(folder.path()).error().code, ErrorCode::FileNotFound);
}

} // namespace
} // namespace engine::llama

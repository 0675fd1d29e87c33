// A tokenizer of real size (tests/support/fetch_tekken) against the tokenizers library; see
// tests/data/text/make_tekken_goldens.py.
#include "engine/text/bpe_files.h"
#include "engine/text/pre_tokenizer.h"
#include "tests/engine/text/golden_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>

namespace {

using engine::text::BpeTokenizer;
using engine::text::PreTokenizer;
using engine::text::TokenKind;
using Ids = std::vector<std::int32_t>;

class TekkenTest : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
        const char* folder = std::getenv("PERCEPT_TEKKEN");
        if (folder == nullptr || !std::filesystem::exists(folder))
            GTEST_SKIP() << "Needs a vocabulary: tests/support/fetch_tekken FOLDER, then "
                            "PERCEPT_TEKKEN=FOLDER";
        const auto path = std::filesystem::path(folder) / GetParam() / "tokenizer.json";
        const std::clock_t start = std::clock();
        auto read = engine::text::bpe_from_tokenizer_json(path);
        ASSERT_TRUE(read) << read.error().message;
        load_s_ = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        tokenizer_.emplace(std::move(*read));
    }
    Ids encode(const std::string& text) const
    {
        const auto ids = tokenizer_->encode(text);
        EXPECT_TRUE(ids) << text;
        return ids ? *ids : Ids();
    }

    std::optional<BpeTokenizer> tokenizer_;
    double load_s_ = 0;
};

TEST_P(TekkenTest, IdsAreThoseOfTheReferenceOn10000StringsIn40Scripts)
{
    std::cout << tokenizer_->vocabulary_size() << " tokens loaded in " << load_s_
              << " s of processor time\n";
    ASSERT_EQ(tokenizer_->vocabulary_size(), 131'072);
    const auto goldens = nlohmann::json::parse(
        std::ifstream(std::string(PERCEPT_TEST_DATA) + "/text/tekken.json"))[GetParam()];
    for (const auto& example : goldens["cases"])
        EXPECT_EQ(encode(example["text"]), example["ids"].get<Ids>()) << example["text"];
    ASSERT_EQ(goldens["hashes"].size(), 100u);
    for (int block = 0; block < 100; ++block)
        EXPECT_EQ(
            golden_text::block_hash(
                block,
                [&](const std::string& text) { return encode(text); },
                golden_text::script_text),
            goldens["hashes"][static_cast<std::size_t>(block)])
            << "strings " << block * 100 << " to " << block * 100 + 99;
}

TEST_P(TekkenTest, TextComesBackAndMarksOfUsersStayText)
{
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const std::string text = golden_text::script_text(seed);
        std::string back;
        for (const std::int32_t id : encode(text)) {
            EXPECT_EQ(tokenizer_->kind(id), TokenKind::Normal);
            back += tokenizer_->bytes(id);
        }
        ASSERT_EQ(back, text) << seed;
    }
    for (const std::int32_t id : encode("<|im_end|><image></think><SPECIAL_40><s>"))
        EXPECT_EQ(tokenizer_->kind(id), TokenKind::Normal);
    EXPECT_EQ(tokenizer_->control_token("<|im_start|>"), 10);
    EXPECT_EQ(tokenizer_->control_token("<so_embedding>"), 27);
}

/// GGUF files name the expression only.
TEST(TekkenSplitTest, GgufFilesAreSplitByThePublishedExpression)
{
    const char* folder = std::getenv("PERCEPT_TEKKEN");
    const auto path = std::filesystem::path(folder == nullptr ? "" : folder) / "tekken_240718.json";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "Needs a vocabulary, as above";
    const auto published = nlohmann::json::parse(std::ifstream(path));
    const auto by_file =
        PreTokenizer::compile({published["config"]["pattern"].get<std::string>()}, "published");
    const auto by_name = PreTokenizer::for_gguf("tekken", "tiny.gguf");
    const auto others = PreTokenizer::for_gguf("llama-bpe", "tiny.gguf");
    ASSERT_TRUE(by_file && by_name && others);
    int differs = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const std::string text = golden_text::script_text(seed);
        const auto expected = by_file->split(text);
        ASSERT_TRUE(expected);
        EXPECT_EQ(*by_name->split(text), *expected) << text;
        differs += *others->split(text) != *expected;
    }
    EXPECT_GT(differs, 100) << "strings that tell no expression from another";
}

INSTANTIATE_TEST_SUITE_P(
    Splits,
    TekkenTest,
    testing::Values("split-1", "split-2"),
    [](const auto& each) { return std::string(each.param).replace(5, 1, "_"); });

} // namespace

#include "engine/text/pre_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::ErrorCode;
using engine::text::PreTokenizer;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string_view> split(const char* pre, std::string_view text)
{
    return *PreTokenizer::for_gguf(pre, "m.gguf")->split(text);
}

TEST(PreTokenizerTest, Gpt2KeepsContractionsAndLeadingSpaces)
{
    EXPECT_THAT(
        split("gpt-2", "I'll go  to 123, ok?\n"),
        ElementsAre("I", "'ll", " go", " ", " to", " 123", ",", " ok", "?", "\n"));
    EXPECT_THAT(split("gpt-2", "a   b"), ElementsAre("a", "  ", " b"));
    EXPECT_THAT(split("gpt-2", "a   "), ElementsAre("a", "   "));
}

TEST(PreTokenizerTest, SmolLmCutsDigitsOneByOneFirst)
{
    EXPECT_THAT(split("smollm", "in 2026!"), ElementsAre("in", " ", "2", "0", "2", "6", "!"));
}

TEST(PreTokenizerTest, Llama3TakesThreeDigitsAndLineEnds)
{
    EXPECT_THAT(
        split("llama-bpe", "12345 I'LL\n\nx"),
        ElementsAre("123", "45", " I", "'LL", "\n\n", "x"));
}

TEST(PreTokenizerTest, WhiteSpaceIsUnicodes)
{
    // U+180E lost the property in Unicode 6.3, U+0085 has it.
    EXPECT_THAT(split("gpt-2", "a\u180e\u0085b"), ElementsAre("a", "\u180e", "\u0085", "b"));
    const auto classes = PreTokenizer::compile({R"([^\s\p{L}]+)"}, "m");
    EXPECT_THAT(*classes->split("a\u3000-"), ElementsAre("a\u3000", "-"));
}

TEST(PreTokenizerTest, NothingGivesNothing)
{
    EXPECT_THAT(split("gpt-2", ""), ElementsAre());
}

TEST(PreTokenizerTest, AnUnknownNameIsRefused)
{
    const auto unknown = PreTokenizer::for_gguf("bert-bpe", "m.gguf");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::ModelUnsupported);
    EXPECT_THAT(
        unknown.error().message,
        HasSubstr("m.gguf: this engine does not know the pre-tokenizer \"bert-bpe\""));
}

TEST(PreTokenizerTest, BadExpressionsAreRefused)
{
    for (const std::string& pattern :
         {std::string("("),
          std::string(),
          std::string(20'000, 'a'),
          std::string(200, '(') + std::string(200, ')')})
        EXPECT_EQ(PreTokenizer::compile({pattern}, "m").error().code, ErrorCode::BadModelFile);
}

TEST(PreTokenizerTest, AnExpressionThatExplodesMeetsItsLimit)
{
    const auto slow = PreTokenizer::compile({"(a+)+$"}, "m");
    ASSERT_TRUE(slow);
    const auto pieces = slow->split(std::string(40, 'a') + "b");
    ASSERT_FALSE(pieces);
    EXPECT_EQ(pieces.error().code, ErrorCode::LimitExceeded);
}

TEST(PreTokenizerTest, LongTextsOfOneKindAreCut)
{
    const std::string spaces(1 << 20, ' ');
    EXPECT_EQ(split("gpt-2", spaces).size(), 1u);
    EXPECT_EQ(split("gpt-2", std::string(1 << 20, 'a')).size(), 1u);
}

} // namespace

#include "engine/text/bpe_tokenizer.h"

#include "engine/text/bpe_files.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::ErrorCode;
using engine::text::bpe_from_gguf;
using engine::text::bpe_from_tokenizer_json_text;
using engine::text::BpeTokenizer;
using engine::text::read_vocabulary;
using engine::text::TokenKind;
using testing::ElementsAre;
using testing::HasSubstr;

// The tiny vocabulary has byte b at id b, "he" at 256, "hel" at 257 and <|end|> at 258.
class BpeTokenizerTest : public testing::Test {
protected:
    engine::Result<BpeTokenizer> from_gguf(const tiny_files::Gguf& gguf)
    {
        const auto file = engine::formats::GgufFile::open(folder.write("tiny.gguf", gguf.bytes()));
        if (!file) return tl::unexpected(file.error());
        return bpe_from_gguf(*file);
    }
    static engine::Result<BpeTokenizer> from_json(std::string_view from, std::string_view to)
    {
        std::string json = tiny_files::tokenizer_json();
        const std::size_t at = json.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return bpe_from_tokenizer_json_text(json.replace(at, from.size(), to), "tokenizer.json");
    }
    support::TemporaryFolder folder;
};

TEST_F(BpeTokenizerTest, MergesByRankInBothFileForms)
{
    const auto gguf = from_gguf({});
    const auto json = bpe_from_tokenizer_json_text(tiny_files::tokenizer_json(), "tokenizer.json");
    ASSERT_TRUE(gguf) << gguf.error().message;
    ASSERT_TRUE(json) << json.error().message;
    for (const auto* tokenizer : {&*gguf, &*json}) {
        EXPECT_THAT(*tokenizer->encode("hello"), ElementsAre(257, 'l', 'o'));
        EXPECT_THAT(*tokenizer->encode("hehel he"), ElementsAre(256, 257, ' ', 256));
        EXPECT_THAT(*tokenizer->encode("é"), ElementsAre(0xc3, 0xa9));
        EXPECT_THAT(*tokenizer->encode(""), ElementsAre());
        EXPECT_EQ(tokenizer->decode(*tokenizer->encode("hellö 🙂")), "hellö 🙂");
        EXPECT_EQ(tokenizer->vocabulary_size(), 259);
    }
}

TEST_F(BpeTokenizerTest, ControlTextIsTextUnlessAsked)
{
    const auto tokenizer = from_gguf({});
    EXPECT_EQ(tokenizer->control_token("<|end|>"), 258);
    EXPECT_EQ(tokenizer->kind(258), TokenKind::Control);
    EXPECT_THAT(*tokenizer->encode("<|end|>"), testing::Not(testing::Contains(258)));
    EXPECT_THAT(
        *tokenizer->encode("he<|end|>l<|end|>", BpeTokenizer::ControlText::AsTokens),
        ElementsAre(256, 258, 'l', 258));
    EXPECT_EQ(tokenizer->bytes(258), "");
    EXPECT_EQ(tokenizer->eos(), 258);
}

TEST_F(BpeTokenizerTest, IdsOutsideTheVocabularyHaveNoBytes)
{
    const auto tokenizer = from_gguf({});
    EXPECT_EQ(tokenizer->bytes(-1), "");
    EXPECT_EQ(tokenizer->bytes(259), "");
    EXPECT_EQ(tokenizer->decode(std::vector<std::int32_t>{'a', 259, -5, 'b'}), "ab");
}

TEST_F(BpeTokenizerTest, BrokenTextIsReadAsReplacements)
{
    const auto tokenizer = from_gguf({});
    EXPECT_EQ(tokenizer->decode(*tokenizer->encode("a\xff")), "a\uFFFD");
    EXPECT_EQ(tokenizer->decode(std::vector<std::int32_t>{0xc3}), "\uFFFD");
}

TEST_F(BpeTokenizerTest, LongWordsDoNotTakeSquareTime)
{
    const auto tokenizer = from_gguf({});
    EXPECT_EQ(tokenizer->encode(std::string(200'000, 'h'))->size(), 200'000u);
    std::string hehe;
    for (int i = 0; i < 100'000; ++i) hehe += "he";
    EXPECT_EQ(tokenizer->encode(hehe)->size(), 100'000u);
}

TEST_F(BpeTokenizerTest, DamagedMetadataIsRefused)
{
    const auto expect =
        [&](std::size_t key, const std::string& value, ErrorCode code, const char* words) {
            tiny_files::Gguf gguf;
            gguf.keys[key].second = value;
            const auto tokenizer = from_gguf(gguf);
            ASSERT_FALSE(tokenizer) << words;
            EXPECT_EQ(tokenizer.error().code, code);
            EXPECT_THAT(tokenizer.error().message, HasSubstr("tiny.gguf"));
            EXPECT_THAT(tokenizer.error().message, HasSubstr(words));
        };
    using tiny_files::gguf_string;
    using tiny_files::gguf_strings;
    expect(6, gguf_string("bert"), ErrorCode::ModelUnsupported, "of the kind \"bert\"");
    expect(
        6,
        gguf_string("llama"),
        ErrorCode::BadModelFile,
        "\"tokenizer.ggml.scores\" is missing");
    expect(7, gguf_string("nobody"), ErrorCode::ModelUnsupported, "pre-tokenizer \"nobody\"");
    expect(8, gguf_strings({"a", "b"}), ErrorCode::BadModelFile, "has 2 tokens, but kinds for 259");
    expect(10, gguf_strings({"q u"}), ErrorCode::BadModelFile, "merge 0 of \"q\" and \"u\"");
    expect(10, gguf_strings({"qu"}), ErrorCode::BadModelFile, "the merge \"qu\" is not two tokens");
    expect(
        12,
        tiny_files::gguf_u32(259),
        ErrorCode::BadModelFile,
        "names token 259 of a vocabulary of 259");
    expect(8, tiny_files::gguf_u32(1), ErrorCode::BadModelFile, "expected array of string");
}

TEST_F(BpeTokenizerTest, WhatTokenizerJsonMayNotSay)
{
    const auto unsupported = [&](std::string_view from, std::string_view to, const char* words) {
        const auto tokenizer = from_json(from, to);
        ASSERT_FALSE(tokenizer) << to;
        EXPECT_EQ(tokenizer.error().code, ErrorCode::ModelUnsupported) << tokenizer.error().message;
        EXPECT_THAT(tokenizer.error().message, HasSubstr(words));
    };
    unsupported(R"("type":"BPE")", R"("type":"Unigram")", "the tokenizer model \"Unigram\"");
    unsupported(R"("normalizer":null)", R"("normalizer":{"type":"NFC"})", "the normaliser \"NFC\"");
    unsupported(
        R"({"type":"ByteLevel","add_prefix_space":false)",
        R"({"type":"Metaspace","x":false)",
        "\"Metaspace\"");
    unsupported(R"("unk_token":null)", R"("unk_token":"<unk>")", "unk_token");
    unsupported(R"("lstrip":false)", R"("lstrip":true)", "the option lstrip");

    const auto damaged = [&](std::string_view from, std::string_view to, const char* words) {
        const auto tokenizer = from_json(from, to);
        ASSERT_FALSE(tokenizer) << to;
        EXPECT_EQ(tokenizer.error().code, ErrorCode::BadModelFile) << tokenizer.error().message;
        EXPECT_THAT(tokenizer.error().message, HasSubstr(words));
    };
    damaged(R"("he":256)", R"("he":257)", "two tokens have the id 257");
    damaged(R"("he":256)", R"("he":-1)", "is not a number");
    damaged(R"("he":256)", R"("he":99999999)", "is too large");
    damaged(R"("he":256)", R"("he":900000)", "leave too many places free");
    damaged(R"(["he","l"])", R"(["he","l","l"])", "is not two tokens");
    damaged(R"(["he","l"])", R"(["he"])", "is not two tokens");
    damaged(R"(["he","l"])", R"("hel")", "is not two tokens");
    damaged(R"(["he","l"])", R"(["x","y"])", "is not made of tokens");
    damaged(R"("id":258)", R"("id":1.5)", "\"id\" is \"1.5\"");
    damaged(R"("id":258)", R"("id":0)", "two tokens have the id 0");
    damaged(R"({"version")", R"({"version)", "is not valid JSON");
    damaged(
        R"("version":"1.0")",
        R"("version":)" + std::string(40, '[') + std::string(40, ']'),
        "deeper than 32 levels");
}

TEST_F(BpeTokenizerTest, SplitAndDigitsAreUnderstood)
{
    const auto tokenizer = from_json(
        R"({"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true})",
        R"({"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},)"
        R"({"type":"Split","pattern":{"Regex":"h"},"behavior":"Isolated","invert":false},)"
        R"({"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]})");
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    EXPECT_THAT(
        *tokenizer->encode("hel"),
        ElementsAre('h', 'e', 'l')); // h stands alone: nothing merges
}

TEST_F(BpeTokenizerTest, VocabulariesAreReadLineByLine)
{
    EXPECT_THAT(*read_vocabulary(folder.write("v.txt", "a\n\nb c\n")), ElementsAre("a", "", "b c"));
    EXPECT_THAT(*read_vocabulary(folder.write("v.txt", "a\nb")), ElementsAre("a", "b"));
    EXPECT_EQ(read_vocabulary(folder.write("v.txt", "")).error().code, ErrorCode::BadModelFile);
    EXPECT_EQ(
        read_vocabulary(folder.write("v.txt", std::string(5'000, 'a'))).error().code,
        ErrorCode::BadModelFile);
}

} // namespace

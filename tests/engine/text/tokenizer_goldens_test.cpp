// The starter models' tokenizers against tokenizers and jinja2; see
// tests/data/text/make_tokenizer_goldens.py.
#include "engine/formats/gguf.h"
#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "engine/text/utf8.h"
#include "engine/text/word_piece.h"
#include "tests/engine/text/golden_text.h"
#include "tests/support/models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using engine::text::BpeTokenizer;
using engine::text::WordPiece;
using Ids = std::vector<std::int32_t>;

const nlohmann::json& goldens()
{
    static const auto parsed = nlohmann::json::parse(
        std::ifstream(std::string(PERCEPT_TEST_DATA) + "/text/tokenizers.json"));
    return parsed;
}

void expect_golden(const char* model, const std::function<Ids(const std::string&)>& encode)
{
    for (const auto& example : goldens()[model]["cases"])
        EXPECT_EQ(encode(example["text"]), example["ids"].get<Ids>()) << example["text"];
    const auto& hashes = goldens()[model]["hashes"];
    ASSERT_EQ(hashes.size(), 40u);
    for (int block = 0; block < 40; ++block)
        EXPECT_EQ(golden_text::block_hash(block, encode), hashes[static_cast<std::size_t>(block)])
            << "strings " << block * 100 << " to " << block * 100 + 99;
}

class SmolLm2TokenizerTest : public testing::Test {
protected:
    void SetUp() override
    {
        const auto path =
            support::model_file("smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        if (!path) GTEST_SKIP() << support::no_model("smollm2-135m-instruct");
        auto opened = engine::formats::GgufFile::open(*path);
        ASSERT_TRUE(opened) << opened.error().message;
        file.emplace(std::move(*opened));
        auto built = engine::text::bpe_from_gguf(*file);
        ASSERT_TRUE(built) << built.error().message;
        tokenizer.emplace(std::move(*built));
    }
    std::optional<engine::formats::GgufFile> file;
    std::optional<BpeTokenizer> tokenizer;
};

TEST_F(SmolLm2TokenizerTest, IdsAreThoseOfTheReference)
{
    expect_golden("smollm2", [&](const std::string& text) { return *tokenizer->encode(text); });
}

TEST_F(SmolLm2TokenizerTest, ControlTokensAreReadOnlyWhenAsked)
{
    for (const auto& example : goldens()["smollm2"]["control"])
        EXPECT_EQ(
            *tokenizer->encode(
                example["text"].get<std::string>(),
                BpeTokenizer::ControlText::AsTokens),
            example["ids"].get<Ids>())
            << example["text"];
    const auto plain = *tokenizer->encode("a<|im_start|>b<|im_end|>");
    for (const std::int32_t id : plain)
        EXPECT_EQ(tokenizer->kind(id), engine::text::TokenKind::Normal);
}

TEST_F(SmolLm2TokenizerTest, ChatPromptsAreThoseOfTheTemplate)
{
    const auto chat = engine::text::ChatTemplate::recognise(
        *file->text("tokenizer.chat_template"),
        file->file()->name());
    ASSERT_TRUE(chat) << chat.error().message;
    EXPECT_EQ(chat->name(), "ChatML (SmolLM2)");
    EXPECT_THAT(chat->end_tokens(*tokenizer), testing::ElementsAre(2));
    for (const auto& example : goldens()["smollm2"]["chats"]) {
        std::vector<engine::Message> messages;
        for (const auto& [role, text] :
             example["messages"].get<std::vector<std::pair<std::string, std::string>>>())
            messages.push_back(
                {role == "system" ? engine::Role::System
                 : role == "user" ? engine::Role::User
                                  : engine::Role::Assistant,
                 {engine::Text{text}}});
        EXPECT_EQ(*chat->render(messages, *tokenizer), example["ids"].get<Ids>())
            << example["messages"];
    }
}

TEST_F(SmolLm2TokenizerTest, DecodesWhatItEncoded)
{
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        // Without the few bytes that this vocabulary lacks, which no reference can encode either.
        const std::string text = golden_text::random_text(seed);
        std::string sayable;
        for (std::string_view rest = text; !rest.empty();) {
            const auto bytes = engine::text::first_code_point(rest).bytes;
            const std::string one(rest.substr(0, bytes));
            if (tokenizer->decode(*tokenizer->encode(one)) == one) sayable += one;
            rest.remove_prefix(bytes);
        }
        EXPECT_EQ(tokenizer->decode(*tokenizer->encode(sayable)), sayable);
    }
}

TEST(WhisperTokenizerTest, IdsAreThoseOfTheReference)
{
    const auto path = support::model_file("whisper-base/tokenizer.json");
    if (!path) GTEST_SKIP() << support::no_model("whisper-base");
    const auto tokenizer = engine::text::bpe_from_tokenizer_json(*path);
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    expect_golden("whisper", [&](const std::string& text) { return *tokenizer->encode(text); });
    for (const auto& example : goldens()["whisper"]["control"])
        EXPECT_EQ(
            *tokenizer->encode(
                example["text"].get<std::string>(),
                BpeTokenizer::ControlText::AsTokens),
            example["ids"].get<Ids>());
    const std::string text = golden_text::random_text(1);
    EXPECT_EQ(tokenizer->decode(*tokenizer->encode(text)), text);
}

TEST(MiniLmTokenizerTest, IdsAreThoseOfTheReference)
{
    const auto path = support::model_file("all-minilm-l6-v2/vocab.txt");
    if (!path) GTEST_SKIP() << support::no_model("all-minilm-l6-v2");
    const auto tokenizer = WordPiece::open(*path);
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    expect_golden("minilm", [&](const std::string& text) {
        return tokenizer->encode(text, 1 << 20);
    });
    const auto cut = tokenizer->encode(std::string(5'000, '.'), 256);
    EXPECT_EQ(cut.size(), 256u);
    EXPECT_EQ(cut.back(), 102);
}

} // namespace

#include "engine/text/bert_normalizer.h"

#include "engine/text/utf8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using engine::text::bert_normalize;
using testing::ElementsAre;

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> result;
    engine::text::for_each_bert_word(bert_normalize(text), [&](std::string_view word, int) {
        result.emplace_back(word);
    });
    return result;
}

TEST(BertNormalizerTest, FoldsCaseAndAccents)
{
    EXPECT_EQ(bert_normalize("Café MÜLLER Ǆ İ ß"), "cafe muller ǆ i ß");
    EXPECT_EQ(bert_normalize("e\u0301"), "e");
    EXPECT_EQ(bert_normalize("ΣΑΣ"), "σασ"); // no final sigma
    EXPECT_EQ(bert_normalize("각"), "\u1100\u1161\u11a8");
}

TEST(BertNormalizerTest, CleansControlsAndSpaces)
{
    EXPECT_EQ(bert_normalize(std::string("a\0b\t\u00a0\u200bc\r\n\xff", 13)), "ab  c  ");
    EXPECT_EQ(bert_normalize("x\uFFFDy"), "xy");
}

TEST(BertNormalizerTest, PutsIdeographsApart)
{
    EXPECT_EQ(bert_normalize("a漢b"), "a 漢 b");
    EXPECT_EQ(bert_normalize("\uF900"), " \u8c48 "); // a compatibility ideograph decomposes
    EXPECT_EQ(bert_normalize("かな"), "かな");
}

TEST(BertNormalizerTest, PunctuationIsAWordOfItsOwn)
{
    EXPECT_THAT(words("doesn't it?"), ElementsAre("doesn", "'", "t", "it", "?"));
    EXPECT_THAT(words("“a”—b_c$"), ElementsAre("“", "a", "”", "—", "b", "_", "c", "$"));
    EXPECT_THAT(words("  "), ElementsAre());
}

// Every code point between x and y, hashed; see tests/data/text/make_tokenizer_goldens.py.
TEST(BertNormalizerTest, AgreesWithTheReferenceOnEveryCodePoint)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        std::string text = "x";
        engine::text::append_utf8(text, c);
        text += "y";
        std::string folded;
        for (const std::string& word : words(text)) folded += word + "|";
        for (const char byte : folded)
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ull;
    }
    const auto goldens = nlohmann::json::parse(
        std::ifstream(std::string(PERCEPT_TEST_DATA) + "/text/tokenizers.json"));
    EXPECT_EQ(hash, std::stoull(goldens["bert_fold"].get<std::string>(), nullptr, 16));
}

} // namespace

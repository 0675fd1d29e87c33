#include "engine/models/parakeet/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace engine::parakeet {
namespace {

struct Spoken {
    const char* piece;
    std::int64_t row;
    int duration;
};

/// Tokens by their pieces, in a vocabulary that has these and the marks of the worked example.
class WordsTest : public testing::Test {
protected:
    std::vector<RecognizedSegment> segments_of(const std::vector<Spoken>& spoken)
    {
        std::vector<std::string> pieces = {"<unk>", ",", ".", "?", "'"};
        std::vector<Token> tokens;
        for (const Spoken& each : spoken) {
            auto found = std::ranges::find(pieces, each.piece);
            if (found == pieces.end()) found = pieces.insert(found, each.piece);
            tokens.push_back(
                {static_cast<TokenId>(found - pieces.begin()), each.row, each.duration, 0.5f});
        }
        vocabulary_.emplace(pieces);
        WordBuilder words(*vocabulary_, 10);
        for (const Token& token : tokens) words.add(token);
        words.finish();
        language_ = words.language();
        return words.take_segments();
    }
    std::optional<Vocabulary> vocabulary_;
    std::string language_;
};

TEST_F(WordsTest, TheWorkedExampleOfTheRulesComesOut)
{
    const auto segments = segments_of(
        {{"▁Yes", 2, 4},
         {",", 30, 1},
         {"▁the", 33, 2},
         {"▁pri", 36, 2},
         {"ce", 38, 3},
         {"▁is", 42, 0},
         {"▁", 42, 1},
         {"1", 44, 2},
         {"0", 46, 2},
         {".", 60, 2},
         {"▁OK", 66, 4},
         {"?", 71, 0}});
    ASSERT_EQ(segments.size(), 2u);
    EXPECT_EQ(segments[0].text, "Yes, the price is 10.");
    EXPECT_EQ(segments[1].text, "OK?");
    const std::vector<std::tuple<std::string, int, int>> expected = {
        {" Yes,", 2, 6},
        {" the", 33, 35},
        {" price", 36, 41},
        {" is", 42, 42},
        {" 10.", 42, 48},
        {" OK?", 66, 70}};
    std::size_t at = 0;
    for (const auto& segment : segments)
        for (const auto& word : segment.words) {
            const auto& [text, start, end] = expected.at(at++);
            EXPECT_EQ(word.text, text);
            EXPECT_NEAR(word.start_s, 10 + start * 0.08, 1e-9) << text;
            EXPECT_NEAR(word.end_s, 10 + end * 0.08, 1e-9) << text;
            EXPECT_FLOAT_EQ(word.confidence, 0.5f);
        }
    EXPECT_EQ(at, expected.size());
    EXPECT_NEAR(segments[0].start_s, 10 + 2 * 0.08, 1e-9);
    EXPECT_NEAR(segments[0].end_s, 10 + 48 * 0.08, 1e-9);
    EXPECT_FLOAT_EQ(segments[0].confidence, 0.5f);
}

TEST_F(WordsTest, ControlTokensAreHeardAndNotShown)
{
    const auto segments =
        segments_of({{"<|de|>", 0, 1}, {"▁ja", 1, 2}, {"<unk>", 3, 1}, {"wohl", 4, 1}});
    ASSERT_EQ(segments.size(), 1u);
    EXPECT_EQ(segments[0].text, "jawohl");
    EXPECT_EQ(language_, "de");
    EXPECT_NEAR(segments[0].end_s, 10 + 5 * 0.08, 1e-9);
}

TEST_F(WordsTest, BytesBecomeCharacters)
{
    const auto segments =
        segments_of({{"▁caf", 0, 1}, {"<0xC3>", 1, 1}, {"<0xA9>", 2, 1}, {"<0xC3>", 3, 0}});
    ASSERT_EQ(segments.size(), 1u);
    EXPECT_EQ(segments[0].text, "caf\u00e9\ufffd");
}

TEST_F(WordsTest, AMarkAtTheStartIsAWordOfItsOwn)
{
    const auto segments = segments_of({{".", 3, 2}, {"▁so", 9, 1}});
    ASSERT_EQ(segments.size(), 2u);
    EXPECT_EQ(segments[0].text, ".");
    EXPECT_NEAR(segments[0].end_s, 10 + 5 * 0.08, 1e-9);
    EXPECT_EQ(segments[1].text, "so");
}

TEST_F(WordsTest, OnlyClosedWordsAreHandedOut)
{
    const Vocabulary vocabulary({"▁pri", "ce", ".", "▁is"});
    WordBuilder words(vocabulary, 0);
    words.add({0, 0, 1, 1.0f});
    words.add({1, 1, 1, 1.0f});
    EXPECT_TRUE(words.take_words().empty());
    words.add({2, 2, 1, 1.0f});
    EXPECT_TRUE(words.take_segments().empty());
    words.add({3, 5, 1, 1.0f});
    const auto closed = words.take_words();
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0].text, " price.");
    EXPECT_EQ(words.take_segments().size(), 1u);
    EXPECT_TRUE(words.take_words().empty());
    words.finish();
    EXPECT_EQ(words.take_words().size(), 1u);
}

TEST(VocabularyTest, MarksAreWhatTheVocabularyHasInsideWords)
{
    const Vocabulary vocabulary({"<unk>", "▁¿", "▁a", "!", "$", "ab-", "[x]", "##y", "«"});
    EXPECT_FALSE(vocabulary.piece(1).begins_with_mark); // only at the start of a word
    EXPECT_TRUE(vocabulary.piece(3).is_mark);
    EXPECT_FALSE(vocabulary.piece(4).is_mark); // a symbol, no punctuation
    EXPECT_FALSE(vocabulary.piece(5).begins_with_mark);
    EXPECT_FALSE(vocabulary.piece(6).begins_with_mark);
    EXPECT_FALSE(vocabulary.piece(7).begins_with_mark);
    EXPECT_TRUE(vocabulary.piece(8).is_mark);
    EXPECT_FALSE(vocabulary.piece(0).visible);
}

} // namespace
} // namespace engine::parakeet

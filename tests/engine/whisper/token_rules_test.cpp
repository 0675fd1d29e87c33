#include "engine/models/whisper/token_rules.h"

#include "tests/engine/whisper/small_vocabulary.h"

#include <cmath>
#include <gtest/gtest.h>

namespace engine::whisper {
namespace {

class TokenRulesTest : public testing::Test {
protected:
    TokenRulesTest() : v_({"ĠFail", "Ġagain", "Ġ", "#"})
    {
        config_.vocabulary = v_.size;
        config_.suppressed = {v_["#"], v_["<|startoftranscript|>"]};
        config_.suppressed_first = {v_["Ġ"], v_.vocabulary.end_of_text};
    }
    /// Logits 0, or what is given, under the rules.
    std::vector<float> apply(
        const std::vector<TokenId>& said,
        const std::vector<std::pair<TokenId, float>>& given = {})
    {
        // Text outweighs 1501 timestamps of logit 0.
        std::vector<float> logits(static_cast<std::size_t>(v_.size), 0.0f);
        for (TokenId id = 0; id <= v_.vocabulary.end_of_text; ++id) {
            logits[static_cast<std::size_t>(id)] = 10;
        }
        for (const auto& [id, value] : given) logits[static_cast<std::size_t>(id)] = value;
        TokenRules(config_, v_.vocabulary).apply(logits, said);
        return logits;
    }
    static bool allowed(const std::vector<float>& logits, TokenId id)
    {
        return !std::isinf(logits[static_cast<std::size_t>(id)]);
    }

    SmallVocabulary v_;
    Config config_;
};

TEST_F(TokenRulesTest, BeginWithATimeInTheFirstSecond)
{
    const auto logits = apply({});
    EXPECT_TRUE(allowed(logits, v_.time(0)));
    EXPECT_TRUE(allowed(logits, v_.time(1)));
    EXPECT_FALSE(allowed(logits, v_.time(1.02)));
    EXPECT_FALSE(allowed(logits, v_["ĠFail"]));
    EXPECT_FALSE(allowed(logits, v_.vocabulary.end_of_text));
}

TEST_F(TokenRulesTest, NeverSpeakSymbols)
{
    const auto logits = apply({v_.time(0), v_["ĠFail"]});
    EXPECT_FALSE(allowed(logits, v_["#"]));
    EXPECT_FALSE(allowed(logits, v_.vocabulary.start_of_transcript));
    EXPECT_FALSE(allowed(logits, v_.vocabulary.no_timestamps));
    EXPECT_TRUE(allowed(logits, v_["Ġagain"]));
    EXPECT_TRUE(allowed(logits, v_["Ġ"])); // only its start may not be blank
}

TEST_F(TokenRulesTest, TimesComeInPairsAndDoNotGoBack)
{
    const auto after_first = apply({v_.time(0.5)});
    EXPECT_FALSE(allowed(after_first, v_.time(0.5)));
    EXPECT_TRUE(allowed(after_first, v_["ĠFail"]));

    const auto in_text = apply({v_.time(0.5), v_["ĠFail"]});
    EXPECT_FALSE(allowed(in_text, v_.time(0.5)));
    EXPECT_TRUE(allowed(in_text, v_.time(0.52)));

    const auto open_pair = apply({v_.time(0.5), v_["ĠFail"], v_.time(2)});
    EXPECT_FALSE(allowed(open_pair, v_["ĠFail"]));
    EXPECT_TRUE(allowed(open_pair, v_.vocabulary.end_of_text));
    EXPECT_TRUE(allowed(open_pair, v_.time(2))); // the second half may be equal
    EXPECT_FALSE(allowed(open_pair, v_.time(1.98)));

    const auto closed_pair = apply({v_.time(0.5), v_["ĠFail"], v_.time(2), v_.time(2)});
    EXPECT_FALSE(allowed(closed_pair, v_.time(4)));
    EXPECT_TRUE(allowed(closed_pair, v_["ĠFail"]));
}

TEST_F(TokenRulesTest, TakeATimeWhenAllTimesTogetherAreLikelier)
{
    // 1400 timestamps of logit 4 weigh 4 + ln 1400 = 11.2 against text of 10.
    std::vector<std::pair<TokenId, float>> times;
    for (int i = 100; i < 1500; ++i) times.emplace_back(v_.time(0) + i, 4.0f);
    EXPECT_FALSE(allowed(apply({v_.time(0), v_["ĠFail"]}, times), v_["Ġagain"]));
    EXPECT_TRUE(allowed(apply({v_.time(0), v_["ĠFail"]}), v_["Ġagain"]));
}

TEST_F(TokenRulesTest, FindTextThatRunsInCircles)
{
    const TokenId fail = v_["ĠFail"], again = v_["Ġagain"];
    std::vector<TokenId> said{v_.time(0)};
    for (int i = 0; i < 10; ++i) said.insert(said.end(), {fail, again});
    EXPECT_EQ(repeated_tail(said, v_.vocabulary), 0U); // 18 repeated tokens: may be speech
    said.insert(said.end(), {fail, again});
    EXPECT_EQ(repeated_tail(said, v_.vocabulary), 20U); // one "Fail again" stays

    // With times between the repetitions, which differ.
    std::vector<TokenId> timed;
    for (int i = 0; i < 12; ++i) {
        timed.insert(timed.end(), {v_.time(i), fail, again, fail, v_.time(i + 1)});
    }
    const std::size_t tail = repeated_tail(timed, v_.vocabulary);
    ASSERT_GT(tail, 0U);
    timed.resize(timed.size() - tail);
    EXPECT_EQ(timed, (std::vector<TokenId>{v_.time(0), fail, again, fail}));

    std::vector<TokenId> varied;
    varied.reserve(210);
    for (TokenId i = 0; i < 200; ++i) varied.push_back(i * i % 7 % 4);
    varied.insert(varied.end(), {0, 1, 2, 3, 3, 2, 1, 0, 0, 2});
    EXPECT_EQ(repeated_tail(varied, v_.vocabulary), 0U);
}

} // namespace
} // namespace engine::whisper

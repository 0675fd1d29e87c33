#include "tests/engine/whisper/small_vocabulary.h"

#include "engine/models/whisper/alignment.h"
#include "engine/models/whisper/fallback.h"
#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace engine::whisper {
namespace {

std::vector<std::string> texts(const std::vector<TimedWord>& words)
{
    std::vector<std::string> out(words.size());
    std::ranges::transform(words, out.begin(), &TimedWord::text);
    return out;
}

using Strings = std::vector<std::string>;

TEST(DecodeLossy, KeepsTextAndMarksWhatIsBroken)
{
    EXPECT_EQ(decode_lossy("aé€😀"), U"aé€😀");
    EXPECT_EQ(decode_lossy("\xFF"), U"\uFFFD");
    EXPECT_EQ(decode_lossy("\xE2\x82"), U"\uFFFD"); // a cut-off euro sign: one mark
    EXPECT_EQ(decode_lossy("\xE2\x82z"), U"\uFFFDz");
    EXPECT_EQ(decode_lossy("\xC0\xAF"), U"\uFFFD\uFFFD");           // overlong
    EXPECT_EQ(decode_lossy("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD"); // a surrogate
    EXPECT_EQ(decode_lossy("\xF4\x90\x80\x80"), U"\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Vocabulary, ReadsTheByteAlphabet)
{
    const SmallVocabulary v({"ĠHello", "Ã©", "Ċ", "!"});
    const TokenId ids[] = {v["ĠHello"], v["Ã©"], v["!"], v["Ċ"], v.time(1.0)};
    EXPECT_EQ(v.vocabulary.text(ids), " Helloé!\n");
    EXPECT_EQ(v.vocabulary.language("de"), v["<|de|>"]);
    EXPECT_EQ(v.vocabulary.language("xx"), std::nullopt);
    EXPECT_EQ(v.vocabulary.languages().size(), 4U);
    EXPECT_DOUBLE_EQ(v.vocabulary.seconds(v.time(29.98)), 29.98);
}

TEST(Vocabulary, RefusesOtherSizesAndOrders)
{
    const auto path = std::filesystem::temp_directory_path() / "vocabulary_bad.txt";
    std::ofstream(path) << "a\nb\n";
    const auto short_one = Vocabulary::read(path, 51865);
    ASSERT_FALSE(short_one);
    EXPECT_EQ(short_one.error().code, ErrorCode::BadModelFile);
    const auto no_specials = Vocabulary::read(path, 2);
    ASSERT_FALSE(no_specials);
    EXPECT_EQ(no_specials.error().code, ErrorCode::BadModelFile);
    std::filesystem::remove(path);
    EXPECT_EQ(Vocabulary::read(path, 2).error().code, ErrorCode::FileNotFound);
}

TEST(SplitWords, JoinsPiecesWithoutASpace)
{
    const SmallVocabulary v({"ĠFail", "ed", ".", "Ġagain", "âĤ", "¬", "Ġ"});
    const TokenId ids[] = {v["ĠFail"], v["ed"], v["."], v["Ġagain"], v["âĤ"], v["¬"]};
    const auto words = split_words(ids, v.vocabulary, "en");
    EXPECT_EQ(texts(words), (Strings{" Failed", ".", " again€"}));
    EXPECT_EQ(words[0].tokens, 2U);
    EXPECT_EQ(words[2].tokens, 3U);
    EXPECT_EQ(
        texts(split_words(ids, v.vocabulary, "zh")),
        (Strings{" Fail", "ed", ".", " again", "€"}));
}

TEST(LogSumExp, MatchesTheDefinition)
{
    std::vector<float> x(1'000);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<float>(20 * std::sin(static_cast<double>(i)));
        sum += std::exp(static_cast<double>(x[i]));
    }
    x[17] = -std::numeric_limits<float>::infinity();
    sum -= std::exp(20 * std::sin(17.0));
    EXPECT_NEAR(log_sum_exp(x), std::log(sum), 2e-6);
    const std::vector<float> none(5, -std::numeric_limits<float>::infinity());
    EXPECT_EQ(log_sum_exp(none), -std::numeric_limits<float>::infinity());
    EXPECT_NEAR(log_sum_exp(std::vector<float>{3.0f}), 3.0f, 1e-6);
}

TEST(CompressionRatio, RisesWithRepetition)
{
    EXPECT_LT(compression_ratio(" It was the best of times."), 1.2);
    std::string loop;
    for (int i = 0; i < 40; ++i) loop += " Fail again.";
    EXPECT_GT(compression_ratio(loop), 2.4);
    EXPECT_GE(compression_ratio(""), 0.0);
}

} // namespace
} // namespace engine::whisper

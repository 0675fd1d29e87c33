#include "engine/models/whisper/segments.h"

#include "tests/engine/whisper/small_vocabulary.h"

#include <gtest/gtest.h>

namespace engine::whisper {
namespace {

class SegmentsTest : public testing::Test {
protected:
    SegmentsTest() : v_({"a", "b", "c"}) {}
    WindowSegments cut(std::vector<TokenId> tokens, std::int64_t seek, std::int64_t frames)
    {
        Transcript text;
        text.log_probs.assign(tokens.size(), -0.1f);
        text.tokens = std::move(tokens);
        return cut_segments(text, v_.vocabulary, seek, frames);
    }
    SmallVocabulary v_;
};

TEST_F(SegmentsTest, CutsBetweenPairsAndLeavesAnUnfinishedRest)
{
    const auto window =
        cut({v_.time(0), 0, v_.time(2), v_.time(3), 1, v_.time(5), v_.time(5), 2}, 1'000, 3'000);
    ASSERT_EQ(window.segments.size(), 2U);
    EXPECT_DOUBLE_EQ(window.segments[0].start_s, 10);
    EXPECT_DOUBLE_EQ(window.segments[0].end_s, 12);
    EXPECT_DOUBLE_EQ(window.segments[1].start_s, 13);
    EXPECT_DOUBLE_EQ(window.segments[1].end_s, 15);
    EXPECT_EQ(window.seek, 1'500);
    EXPECT_FALSE(window.ends_with_one_time);
}

TEST_F(SegmentsTest, TakesTheRestWhenOneTimeEndsIt)
{
    const auto window = cut({v_.time(0), 0, v_.time(2), v_.time(3), 1, v_.time(5)}, 0, 3'000);
    ASSERT_EQ(window.segments.size(), 2U);
    EXPECT_DOUBLE_EQ(window.segments[1].end_s, 5);
    EXPECT_EQ(window.seek, 3'000);
    EXPECT_TRUE(window.ends_with_one_time);
}

TEST_F(SegmentsTest, MakesOneSegmentWithoutPairs)
{
    const auto timed = cut({v_.time(0.5), 0, 1, v_.time(4)}, 200, 1'000);
    ASSERT_EQ(timed.segments.size(), 1U);
    EXPECT_DOUBLE_EQ(timed.segments[0].start_s, 2); // from the start of the window
    EXPECT_DOUBLE_EQ(timed.segments[0].end_s, 6);
    EXPECT_EQ(timed.seek, 1'200);

    const auto open = cut({v_.time(0), 0, 1}, 200, 1'000);
    EXPECT_DOUBLE_EQ(open.segments[0].end_s, 12);       // to its end
    EXPECT_EQ(cut({}, 200, 1'000).segments.size(), 1U); // blank, dropped later
}

} // namespace
} // namespace engine::whisper

#include "engine/models/whisper/alignment.h"

#include "tests/engine/whisper/small_vocabulary.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace engine::whisper {
namespace {

TEST(Warp, FollowsTheCheapestPath)
{
    const std::vector<float> cost = {
        0,
        0,
        9,
        9,
        9, //
        9,
        9,
        0,
        9,
        9, //
        9,
        9,
        9,
        0,
        0};
    EXPECT_EQ(warp(cost, 3, 5), (std::vector<int>{0, 2, 3}));
    EXPECT_EQ(warp(std::vector<float>{1, 2, 3}, 1, 3), (std::vector<int>{0}));
    EXPECT_EQ(warp(std::vector<float>{1, 2, 3}, 3, 1), (std::vector<int>{0, 0, 0}));
}

/// Least cost over all monotonic paths, by trying them.
float least_cost(const std::vector<float>& cost, int rows, int frames, int i, int j)
{
    const float here = cost.data()[i * frames + j];
    if (i == rows - 1 && j == frames - 1) return here;
    float best = std::numeric_limits<float>::infinity();
    for (const auto& [di, dj] : {std::pair{1, 1}, std::pair{1, 0}, std::pair{0, 1}}) {
        if (i + di < rows && j + dj < frames) {
            best = std::min(best, least_cost(cost, rows, frames, i + di, j + dj));
        }
    }
    return here + best;
}

TEST(Warp, IsAsCheapAsEveryOtherPath)
{
    std::uint32_t x = 3;
    for (int round = 0; round < 50; ++round) {
        constexpr int kRows = 4, kFrames = 6;
        std::vector<float> cost(kRows * kFrames);
        for (float& value : cost) {
            x = x * 1664525 + 1013904223;
            value = static_cast<float>(x >> 24);
        }
        const auto firsts = warp(cost, kRows, kFrames);
        // Rebuild the cost of a path with these first frames: between two firsts a row goes on to
        // the right.
        std::vector<float> sums;
        float total = 0;
        for (int i = 0; i < kRows; ++i) {
            const int from = firsts[static_cast<std::size_t>(i)];
            const int next = i + 1 < kRows ? firsts.data()[i + 1] : kFrames;
            // The next row starts one frame on (diagonal) or on the same frame (straight up).
            const float* const row = cost.data() + i * kFrames;
            const float to_next = std::accumulate(row + from, row + next, 0.0f);
            const float to_same = i + 1 < kRows ? to_next + row[next] : to_next;
            total += from == next ? to_same : std::min(to_next, to_same);
        }
        EXPECT_FLOAT_EQ(total, least_cost(cost, kRows, kFrames, 0, 0)) << round;
    }
}

TEST(AlignmentMap, StandardisesOverTokensAndSmoothsAlongTime)
{
    // Two tokens: every frame becomes +1 and -1, whatever its scale; a single odd frame is smoothed
    // away.
    constexpr int kFrames = 12;
    std::vector<float> head(2 * kFrames);
    float* const second = head.data() + kFrames;
    for (int t = 0; t < kFrames; ++t) {
        const bool swapped = t == 5;
        head[static_cast<std::size_t>(t)] = swapped ? 0.1f : 0.9f;
        second[t] = swapped ? 0.2f : 0.4f;
    }
    const auto map = alignment_map(std::vector{head, head}, 2, kFrames, 0, 2);
    for (int t = 0; t < kFrames; ++t) {
        EXPECT_NEAR(map[static_cast<std::size_t>(t)], 1, 1e-5) << t;
        EXPECT_NEAR(map.data()[kFrames + t], -1, 1e-5) << t;
    }
}

class DealWordsTest : public testing::Test {
protected:
    DealWordsTest() : v_({"Ġa", "Ġb", ".", "Ġc"}) {}
    TextSegment segment(double start, double end, std::vector<TokenId> tokens)
    {
        return {start, end, std::move(tokens), {}};
    }
    SmallVocabulary v_;
};

TEST_F(DealWordsTest, GluesPunctuationAndMovesSegmentEnds)
{
    std::vector<TextSegment> segments{
        segment(10, 11, {v_.time(0), 0, 1, 2, v_.time(1)}),
        segment(12, 13, {v_.time(2), 3})};
    double last = 0;
    const auto words = deal_words(
        {{" a", 1, 0.1, 0.4, 1},
         {" b", 1, 0.4, 0.8, 1},
         {".", 1, 0.8, 0.9, 1},
         {" c", 1, 2.2, 2.5, 1}},
        segments,
        v_.vocabulary,
        10,
        last);
    ASSERT_EQ(words.size(), 2U);
    ASSERT_EQ(words[0].size(), 2U);
    EXPECT_EQ(words[0][1].text, " b.");
    EXPECT_DOUBLE_EQ(words[0][1].end_s, 10.8); // the word keeps its own end
    EXPECT_DOUBLE_EQ(segments[0].start_s, 10.1);
    EXPECT_DOUBLE_EQ(segments[0].end_s, 10.8);
    EXPECT_DOUBLE_EQ(segments[1].start_s, 12.2);
    EXPECT_DOUBLE_EQ(last, 12.5);
}

TEST_F(DealWordsTest, ShortensAWordThatStretchesOverThePauseBeforeIt)
{
    std::vector<TextSegment> segments{segment(4.6, 6, {0, 1, 3})};
    double last = 0;
    const auto words = deal_words(
        {{" a", 1, 0, 5, 1}, {" b", 1, 5, 5.4, 1}, {" c", 1, 5.4, 5.8, 1}},
        segments,
        v_.vocabulary,
        0,
        last);
    // Usual length 0.4, so the first word may last 0.8 s.
    EXPECT_DOUBLE_EQ(words[0][0].start_s, 4.2);
    EXPECT_DOUBLE_EQ(segments[0].start_s, 4.2);
}

} // namespace
} // namespace engine::whisper

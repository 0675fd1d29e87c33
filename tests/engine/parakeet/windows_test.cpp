#include "engine/models/parakeet/windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace engine::parakeet {
namespace {

std::vector<Window> all_windows(const ChunkPlan& plan, std::int64_t samples)
{
    Windows windows(plan);
    std::vector<Window> all;
    while (const auto next = windows.next(samples, true)) all.push_back(*next);
    EXPECT_TRUE(windows.done());
    return all;
}

TEST(WindowsTest, EveryRowIsDecodedOnceAndSeenWithItsContext)
{
    for (const ChunkPlan& plan : {ChunkPlan{10, 12, 7}, ChunkPlan{0, 1, 0}, ChunkPlan{3, 5, 9}}) {
        for (std::int64_t samples = 1600; samples < 120'000; samples += 1111) {
            std::int64_t next = 0;
            for (const Window& window : all_windows(plan, samples)) {
                EXPECT_EQ(window.first, next);
                EXPECT_EQ(window.begin, std::max<std::int64_t>(next - plan.left, 0) * kRowSamples);
                EXPECT_EQ(window.begin % kRowSamples, 0);
                next += window.rows;
                EXPECT_LE(window.end, samples);
                EXPECT_GE(window.end, std::min((next + plan.right) * kRowSamples, samples));
            }
            EXPECT_EQ(next, (samples / 160 + 7) / 8) << samples;
        }
    }
}

TEST(WindowsTest, WaitForTheContextToCome)
{
    Windows windows({10, 12, 7});
    EXPECT_FALSE(windows.next(19 * kRowSamples - 1, false));
    EXPECT_FALSE(windows.done());
    ASSERT_TRUE(windows.next(19 * kRowSamples, false));
    EXPECT_EQ(windows.kept_from(), 2 * kRowSamples);
    EXPECT_FALSE(windows.next(19 * kRowSamples, false));
    const auto last = windows.next(19 * kRowSamples, true);
    ASSERT_TRUE(last);
    EXPECT_EQ(last->first, 12);
    EXPECT_EQ(last->rows, 7);
    EXPECT_TRUE(windows.done());
}

TEST(WindowsTest, ShortAndEmptySounds)
{
    EXPECT_TRUE(all_windows(kOneWindow, 0).empty());
    ASSERT_EQ(all_windows(kOneWindow, 1).size(), 1u);
    EXPECT_EQ(all_windows(kOneWindow, 1)[0].rows, 2); // as filled up to 0.1 s
    EXPECT_EQ(all_windows(kOneWindow, 480'000)[0].rows, 375);
}

} // namespace
} // namespace engine::parakeet

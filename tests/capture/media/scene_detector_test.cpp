#include "capture/reader/media/rotate.h"
#include "capture/reader/media/scene_detector.h"

#include <gtest/gtest.h>
#include <vector>

using capture::reader::Luma;
using capture::reader::luma_of;
using capture::reader::rotate;
using capture::reader::SceneDetector;

namespace {

Luma filled(int level)
{
    Luma luma;
    luma.cells.fill(static_cast<std::uint8_t>(level));
    return luma;
}

/// A page whose first `cells` cells carry ink.
Luma page_with_ink(int cells)
{
    Luma luma = filled(240);
    for (int i = 0; i < cells; ++i) luma.cells[static_cast<std::size_t>(i)] = 60;
    return luma;
}

} // namespace

TEST(SceneDetectorTest, KeepsTheFirstPictureAndEachNewSlideOnceItStands)
{
    SceneDetector detector;
    std::vector<double> kept;
    for (double t = 0; t < 10; t += 0.5)
        if (detector.keep(t, page_with_ink(t < 4 ? 100 : 400))) kept.push_back(t);

    EXPECT_EQ(kept, (std::vector<double>{0, 4.5})); // the change is seen at 4.0 and stands at 4.5
}

TEST(SceneDetectorTest, IgnoresABlinkingCursor)
{
    SceneDetector detector;
    int kept = 0;
    for (int i = 0; i < 50; ++i) kept += detector.keep(i * 0.5, page_with_ink(100 + i % 2)) ? 1 : 0;

    EXPECT_EQ(kept, 1);
}

TEST(SceneDetectorTest, KeepsOneIn30SecondsWhenNothingChanges)
{
    SceneDetector detector;
    std::vector<double> kept;
    for (double t = 0; t < 95; t += 0.5)
        if (detector.keep(t, filled(80))) kept.push_back(t);

    EXPECT_EQ(kept, (std::vector<double>{0, 30, 60, 90}));
}

TEST(SceneDetectorTest, KeepsACutAtOnceAndConstantMotionEveryFiveSeconds)
{
    SceneDetector cut;
    EXPECT_TRUE(cut.keep(0, filled(20)));
    EXPECT_FALSE(cut.keep(0.5, filled(220))) << "never two within a second";
    EXPECT_TRUE(cut.keep(1.5, filled(120)));

    SceneDetector moving;
    int kept = 0;
    for (int i = 0; i < 120; ++i) { // half of the cells change all the time
        Luma luma = filled(100);
        for (std::size_t c = 0; c < luma.cells.size() / 2; ++c)
            luma.cells[c] =
                static_cast<std::uint8_t>((c * 37 + static_cast<std::size_t>(i) * 91) % 256);
        kept += moving.keep(i * 0.5, luma) ? 1 : 0;
    }
    EXPECT_GE(kept, 12);
    EXPECT_LE(kept, 14);
}

TEST(LumaTest, AveragesCells)
{
    // Twice the grid in both directions, padded rows: each cell is the mean of 0, 10, 20, 30.
    const int width = Luma::kColumns * 2, height = Luma::kRows * 2, stride = width + 5;
    std::vector<std::uint8_t> plane(static_cast<std::size_t>(stride) * height, 255);
    for (int y = 0; y < height; ++y) {
        std::uint8_t* const row = plane.data() + y * stride;
        for (int x = 0; x < width; ++x) row[x] = static_cast<std::uint8_t>(x % 2 * 10 + y % 2 * 20);
    }

    const Luma luma = luma_of(plane.data(), stride, width, height);

    for (const std::uint8_t cell : luma.cells) EXPECT_EQ(cell, 15);
    // A picture smaller than the grid still fills it.
    const std::vector<std::uint8_t> dot{77};
    EXPECT_EQ(luma_of(dot.data(), 1, 1, 1).cells, filled(77).cells);
}

TEST(RotateTest, TurnsAPictureByHand)
{
    const std::vector<std::uint8_t> original{1, 2, 3, 4, 5, 6}; // 3 x 2
    const std::vector<std::vector<std::uint8_t>> expected{
        {1, 2, 3, 4, 5, 6},
        {4, 1, 5, 2, 6, 3},
        {6, 5, 4, 3, 2, 1},
        {3, 6, 2, 5, 1, 4}};
    for (int turns = 0; turns < 4; ++turns) {
        std::vector<std::uint8_t> pixels = original;
        int width = 3, height = 2;
        rotate(pixels, width, height, 1, turns);
        EXPECT_EQ(pixels, expected[static_cast<std::size_t>(turns)]) << turns;
        EXPECT_EQ(width, turns % 2 == 1 ? 2 : 3);
        EXPECT_EQ(height, turns % 2 == 1 ? 3 : 2);
    }
}

#include "ui/evidence/crop_view.h"

#include "tests/ui/evidence/pages.h"
#include "ui/evidence/page_selection.h"

#include <gtest/gtest.h>

using support::kA4_pt;
using support::pageOf;
using ui::cropRegion;

namespace {

constexpr int kWidth_px = 360;
constexpr int kHeight_px = 168;

QRectF row(const ui::PageText& page, int first, int last)
{
    return ui::lineBoxes(page.words, first, last).front();
}

} // namespace

TEST(CropRegionTest, ShowsTheRowWithOneLineAboveAndBelow)
{
    const auto page =
        pageOf(1, {"far above it", "Receiver Limit", "North 50", "First 45", "far below"});
    const QRectF cited = row(page, 5, 6);

    const auto region = cropRegion(kA4_pt, {cited}, page.words, kWidth_px, kHeight_px);

    EXPECT_TRUE(region.part.contains(cited));
    EXPECT_TRUE(region.part.contains(page.words[3].box)) << "line above";
    EXPECT_TRUE(region.part.contains(page.words[8].box)) << "line below";
    EXPECT_FALSE(region.part.intersects(page.words[0].box)) << "two lines above";
    EXPECT_FALSE(region.part.intersects(page.words[9].box)) << "two lines below";
    EXPECT_EQ(region.lines, 1);
    // Larger than the page beside it, which is fitted to the same width.
    EXPECT_GT(region.px_per_pt, 1.2 * kWidth_px / kA4_pt.width());
    EXPECT_NEAR(region.part.width() * kA4_pt.width() * region.px_per_pt, kWidth_px, 1);
}

TEST(CropRegionTest, ALineOverTheWholePageIsStillWholeInIt)
{
    ui::PageText page;
    page.page = 1;
    page.words.push_back({0, 4, QRectF(0.1, 0.5, 0.4, 0.012)});
    page.words.push_back({5, 9, QRectF(0.5, 0.5, 0.4, 0.012)});
    const QRectF cited(0.1, 0.5, 0.8, 0.012);

    const auto region = cropRegion(kA4_pt, {cited}, page.words, kWidth_px, kHeight_px);

    EXPECT_TRUE(region.part.contains(cited));
    EXPECT_LE(region.part.height() * kA4_pt.height() * region.px_per_pt, kHeight_px);
}

TEST(CropRegionTest, KeepsToTheColumnOfTheBoxes)
{
    auto page = pageOf(1, {"left column", "of words"});
    page.words.push_back({100, 104, QRectF(0.6, page.words[2].box.top(), 0.1, 0.012)});

    const auto region = cropRegion(kA4_pt, {row(page, 2, 3)}, page.words, kWidth_px, kHeight_px);

    EXPECT_FALSE(region.part.contains(page.words.back().box.center()));
}

TEST(CropRegionTest, OfAPageOfBoxesShowsTheBeginning)
{
    QStringList lines;
    for (int i = 0; i < 30; ++i) lines += QStringLiteral("many lines are cited here");
    const auto page = pageOf(1, lines);
    const auto boxes = ui::lineBoxes(page.words, 0, static_cast<int>(page.words.size()) - 1);

    const auto region = cropRegion(kA4_pt, boxes, page.words, kWidth_px, kHeight_px);

    EXPECT_TRUE(region.part.contains(boxes[0]));
    EXPECT_GT(region.lines, 1);
    EXPECT_NEAR(region.part.height() * kA4_pt.height() * region.px_per_pt, kHeight_px, 1);
}

TEST(CropRegionTest, WithoutBoxesThereIsNone)
{
    EXPECT_TRUE(cropRegion(kA4_pt, {}, {}, kWidth_px, kHeight_px).part.isEmpty());
}

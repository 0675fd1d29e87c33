#include "ui/evidence/page_selection.h"

#include "tests/ui/evidence/pages.h"

#include <gtest/gtest.h>

using support::pageOf;
using ui::PageSelection;

namespace {

class PageSelectionTest : public testing::Test {
protected:
    void SetUp() override
    {
        pages_.open(7, 2, support::kA4_pt);
        first_ = pageOf(1, {"The limit is", "50 dB at", "night only"});
        pages_.setText(7, first_);
        pages_.setText(7, pageOf(2, {"Second page"}));
    }
    QPointF middleOf(int word) const
    {
        return first_.words[static_cast<std::size_t>(word)].box.center();
    }

    ui::DocumentPages pages_;
    ui::PageText first_;
    PageSelection selection_{pages_};
};

} // namespace

TEST_F(PageSelectionTest, TakesTheWordUnderOrNearestToAPoint)
{
    EXPECT_EQ(selection_.wordAt(1, middleOf(4)).word, 4);
    EXPECT_TRUE(selection_.onWord(1, middleOf(4)));
    // Far right of the second line is still the second line.
    const QPointF beside(0.95, middleOf(4).y());
    EXPECT_EQ(selection_.wordAt(1, beside).word, 5);
    EXPECT_FALSE(selection_.onWord(1, beside));
}

TEST_F(PageSelectionTest, CopiesTheTextOfTheLibraryBetweenTwoWords)
{
    selection_.start({1, 1});
    selection_.extend({1, 4});

    EXPECT_EQ(selection_.text(), QStringLiteral("limit is\n50 dB"));
    const auto boxes = selection_.boxes(1);
    ASSERT_EQ(boxes.size(), 2U); // one a line
    EXPECT_DOUBLE_EQ(boxes[0].left(), first_.words[1].box.left());
    EXPECT_DOUBLE_EQ(boxes[0].right(), first_.words[2].box.right());
}

TEST_F(PageSelectionTest, BackwardsIsTheSameAsForwards)
{
    selection_.start({1, 4});
    selection_.extend({1, 1});
    EXPECT_EQ(selection_.text(), QStringLiteral("limit is\n50 dB"));
}

TEST_F(PageSelectionTest, GoesOverPages)
{
    selection_.start({1, 7});
    selection_.extend({2, 0});
    EXPECT_EQ(selection_.text(), QStringLiteral("only\nSecond"));
    EXPECT_EQ(selection_.boxes(2).size(), 1U);
}

TEST_F(PageSelectionTest, TakesALineAndAPage)
{
    selection_.selectLine({1, 4});
    EXPECT_EQ(selection_.text(), QStringLiteral("50 dB at"));
    selection_.selectPage(1);
    EXPECT_EQ(selection_.text(), QStringLiteral("The limit is\n50 dB at\nnight only"));
}

TEST_F(PageSelectionTest, MovesByWordsAndLines)
{
    selection_.start({1, 1});
    selection_.moveHeadLines(1);
    EXPECT_EQ(selection_.text(), QStringLiteral("limit is\n50 dB"));
    selection_.moveHead(1);
    EXPECT_EQ(selection_.head(), (PageSelection::At{1, 5}));
    selection_.moveHeadLines(-1);
    EXPECT_EQ(selection_.head(), (PageSelection::At{1, 2}));
    // From the end of the page on to the next one.
    selection_.start({1, 7});
    selection_.moveHead(1);
    EXPECT_EQ(selection_.head(), (PageSelection::At{2, 0}));
}

TEST(RowBandsTest, CitedCellsOfARowAreOneBand)
{
    const std::vector<ui::PageWord> words{
        {0, 4, QRectF(0.1, 0.1, 0.1, 0.01)},
        {5, 9, QRectF(0.4, 0.1, 0.1, 0.01)},
        {10, 14, QRectF(0.8, 0.101, 0.1, 0.01)},
        {15, 19, QRectF(0.1, 0.2, 0.1, 0.01)}};
    const auto box = [&](std::size_t word) { return words[word].box; };
    const auto bands = ui::rowBands({box(0), box(2), box(1), box(3)}, words);
    ASSERT_EQ(bands.size(), 2U);
    EXPECT_EQ(bands[0], box(0) | box(1) | box(2));
    EXPECT_EQ(bands[1], box(3));
    // What stands between and is not cited stays unlit.
    EXPECT_EQ(ui::rowBands({box(0), box(2)}, words).size(), 2U);
    // Nothing is known of a page whose words are not there.
    EXPECT_EQ(ui::rowBands({box(0), box(1)}, {}).size(), 2U);
}

TEST_F(PageSelectionTest, TwoColumnsAtOneHeightAreTwoBoxes)
{
    std::vector<ui::PageWord> words;
    words.push_back({0, 4, QRectF(0.6, 0.1, 0.1, 0.01)}); // end of the left column's reading order
    words.push_back({5, 9, QRectF(0.1, 0.1, 0.1, 0.01)});
    EXPECT_EQ(ui::lineBoxes(words, 0, 1).size(), 2U);
}

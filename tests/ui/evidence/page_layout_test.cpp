#include "ui/evidence/page_layout.h"

#include <gtest/gtest.h>

using ui::PageLayout;

TEST(PageLayoutTest, StacksPagesWithGapsAndCentresNarrowOnes)
{
    PageLayout layout;
    layout.arrange({{100, 200}, {50, 100}}, 2, 300);

    EXPECT_EQ(layout.pageRect(1), QRect(50, 1, 200, 400));
    EXPECT_EQ(layout.pageRect(2), QRect(100, 413, 100, 200)); // 12 px below
    EXPECT_EQ(layout.contentSize(), QSize(300, 614));
    EXPECT_TRUE(layout.pageRect(3).isEmpty());
}

TEST(PageLayoutTest, FindsThePageAtAHeight)
{
    PageLayout layout;
    layout.arrange(std::vector<QSizeF>(500, QSizeF(100, 200)), 1, 100);

    EXPECT_EQ(layout.pageAt(-50), 1);
    EXPECT_EQ(layout.pageAt(1), 1);
    EXPECT_EQ(layout.pageAt(203), 1); // in the gap, nearer to the first
    EXPECT_EQ(layout.pageAt(211), 2); // nearer to the second
    EXPECT_EQ(layout.pageAt(layout.pageRect(377).center().y()), 377);
    EXPECT_EQ(layout.pageAt(10'000'000), 500);
}

TEST(PageLayoutTest, FitsTheWidestPageIntoTheWidth)
{
    const double scale = PageLayout::scaleForWidth({{595, 842}, {842, 595}}, 360);

    PageLayout layout;
    layout.arrange({{595, 842}, {842, 595}}, scale, 360);
    EXPECT_EQ(layout.contentSize().width(), 360); // nothing to scroll sideways
    EXPECT_EQ(layout.pageRect(2).width(), 358);
}

TEST(PageLayoutTest, FitsAPageIntoTheView)
{
    EXPECT_DOUBLE_EQ(PageLayout::scaleForPage({100, 200}, {402, 402}), 2);
    EXPECT_DOUBLE_EQ(PageLayout::scaleForPage({200, 100}, {402, 402}), 2);
}

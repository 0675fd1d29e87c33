#include "ui/evidence/document_pages.h"

#include "tests/ui/evidence/pages.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <QCoreApplication>

using support::blankPage;
using testing::ElementsAre;
using ui::DocumentPages;
using ui::PictureWish;

namespace {

std::vector<int> pagesOf(const std::vector<PictureWish>& wishes)
{
    std::vector<int> pages(wishes.size());
    std::ranges::transform(wishes, pages.begin(), &PictureWish::page);
    return pages;
}

class DocumentPagesTest : public testing::Test {
protected:
    void SetUp() override
    {
        pages_.open(3, 500, support::kA4_pt);
        QObject::connect(&pages_, &DocumentPages::picturesWanted, [this](auto, const auto& wishes) {
            wanted_ = wishes;
            ++times_;
        });
    }
    void settle() { QCoreApplication::processEvents(); }

    DocumentPages pages_;
    std::vector<PictureWish> wanted_;
    int times_ = 0;
};

} // namespace

TEST_F(DocumentPagesTest, AsksOnceForWhatIsMissingTheCropFirst)
{
    pages_.want(DocumentPages::For::Thumbnails, {{9, 64}});
    pages_.want(DocumentPages::For::Pages, {{5, 360}, {6, 360}});
    pages_.want(DocumentPages::For::Crop, {{5, 500}});
    settle();
    EXPECT_THAT(pagesOf(wanted_), ElementsAre(5, 5, 6, 9));
    EXPECT_EQ(wanted_[0].width_px, 500);
    EXPECT_EQ(times_, 1);

    pages_.setPicture(3, {5, 360}, blankPage(360));
    pages_.want(DocumentPages::For::Pages, {{5, 360}, {6, 360}, {7, 360}});
    settle();
    EXPECT_THAT(pagesOf(wanted_), ElementsAre(5, 6, 7, 9));
}

TEST_F(DocumentPagesTest, GivesTheNearestPictureUntilTheRightOneIsThere)
{
    EXPECT_TRUE(pages_.picture(5, 360).isNull());
    pages_.setPicture(3, {5, 64}, blankPage(64));
    EXPECT_EQ(pages_.picture(5, 360).width(), 64);
    pages_.setPicture(3, {5, 500}, blankPage(500));
    EXPECT_EQ(pages_.picture(5, 360).width(), 500);
    pages_.setPicture(3, {5, 360}, blankPage(360));
    EXPECT_EQ(pages_.picture(5, 360).width(), 360);
}

TEST_F(DocumentPagesTest, KeepsPicturesUpToItsBudgetTheNewestOnes)
{
    pages_.setPictureBudget(10u << 20);
    for (int page = 1; page <= 500; ++page) {
        pages_.setPicture(3, {page, 720}, blankPage(720)); // 2.9 MB each
        EXPECT_LE(pages_.pictureBytes(), 10u << 20);
    }
    EXPECT_TRUE(pages_.hasPicture(500, 720));
    EXPECT_TRUE(pages_.hasPicture(498, 720));
    EXPECT_FALSE(pages_.hasPicture(1, 720));
}

TEST_F(DocumentPagesTest, WhatComesAboutTheLastDocumentIsDropped)
{
    pages_.open(4, 2, support::kA4_pt);
    pages_.setPicture(3, {1, 360}, blankPage(360));
    pages_.setText(3, support::pageOf(1, {"old"}));
    pages_.setPictureFailed(3, 2, QStringLiteral("old"));

    EXPECT_TRUE(pages_.picture(1, 360).isNull());
    EXPECT_EQ(pages_.text(1), nullptr);
    EXPECT_TRUE(pages_.failure(2).isEmpty());
}

TEST_F(DocumentPagesTest, AsksForATextOnce)
{
    std::vector<int> asked;
    QObject::connect(&pages_, &DocumentPages::textsWanted, [&](auto, const auto& pages) {
        asked.insert(asked.end(), pages.begin(), pages.end());
    });
    EXPECT_EQ(pages_.text(4), nullptr);
    EXPECT_EQ(pages_.text(4), nullptr);
    settle();
    pages_.text(4);
    settle();
    EXPECT_THAT(asked, ElementsAre(4));
    pages_.setText(3, support::pageOf(4, {"here it is"}));
    ASSERT_NE(pages_.text(4), nullptr);
    EXPECT_EQ(pages_.text(4)->text, QStringLiteral("here it is\n"));
}

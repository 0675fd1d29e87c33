#include "ui/evidence/text_view.h"

#include <gtest/gtest.h>
#include <QCoreApplication>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>

using ui::findQuote;

namespace {

/// Sheets of ten lines: "line 1".."line 10" and so on.
class TextViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view_.resize(360, 300);
        view_.show();
        QObject::connect(
            &pages_,
            &ui::DocumentPages::textsWanted,
            &pages_,
            [this](auto source, const auto& pages) {
                for (const int page : std::vector(pages)) {
                    ui::PageText text;
                    text.page = page;
                    text.first_line = (page - 1) * 10 + 1;
                    for (int i = 0; i < 10; ++i)
                        text.text += QStringLiteral("line %1\n").arg(text.first_line + i);
                    pages_.setText(source, text);
                }
            });
        pages_.open(1, 50, {});
    }
    void settle()
    {
        for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
    }
    QString firstSeen() { return view_.cursorForPosition({4, 4}).block().text(); }

    ui::DocumentPages pages_;
    ui::TextView view_{pages_};
};

} // namespace

TEST(FindQuoteTest, WhiteSpaceDoesNotCount)
{
    const QString text = QStringLiteral("The night\n  limit is (50) dB.");
    EXPECT_EQ(findQuote(text, QStringLiteral("night limit is (50)")), (std::pair{4, 25}));
    EXPECT_EQ(findQuote(text, QStringLiteral("day limit")), (std::pair{-1, -1}));
    EXPECT_EQ(findQuote(text, QStringLiteral("  ")), (std::pair{-1, -1}));
}

TEST_F(TextViewTest, OpensAtTheCitedLinesAndLightsThem)
{
    view_.showPlace(20, QStringLiteral("line 195 line 196"), true);
    settle();
    EXPECT_EQ(view_.litLines(), (std::pair{195, 196}));
    const QRect cursor = view_.cursorRect();
    EXPECT_TRUE(view_.viewport()->rect().contains(cursor.center()));
    EXPECT_LT(view_.blockCount(), 80) << "not the whole file was loaded";
}

TEST_F(TextViewTest, LoadsMoreWhereItIsScrolledTo)
{
    view_.showPlace(20, QStringLiteral("line 195"), true);
    settle();
    for (int i = 0; i < 12; ++i) {
        view_.verticalScrollBar()->setValue(view_.verticalScrollBar()->maximum());
        settle();
    }
    EXPECT_TRUE(view_.toPlainText().contains(QStringLiteral("line 290\n")));
    for (int i = 0; i < 40; ++i) {
        view_.verticalScrollBar()->setValue(view_.verticalScrollBar()->minimum());
        settle();
    }
    EXPECT_TRUE(view_.toPlainText().startsWith(QStringLiteral("line 1\n")));
    EXPECT_EQ(view_.litLines(), (std::pair{195, 195}));
}

TEST_F(TextViewTest, AnUnlocatedQuoteLightsNothing)
{
    view_.showPlace(20, QStringLiteral("line 195"), false);
    settle();
    EXPECT_EQ(view_.litLines(), (std::pair{0, 0}));
    EXPECT_TRUE(view_.toPlainText().contains(QStringLiteral("line 195")));
}

TEST_F(TextViewTest, AHitOnASheetThatIsNotLoadedIsGoneTo)
{
    view_.showPlace(1, {}, false);
    settle();
    view_.setHits({{45, 0, 8, {}}}, 0);
    settle();
    EXPECT_TRUE(view_.toPlainText().contains(QStringLiteral("line 441\n")));
}

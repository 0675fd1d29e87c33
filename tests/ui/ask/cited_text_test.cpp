#include "tests/ui/ask/sample_exchange.h"
#include "ui/ask/answer_copy.h"
#include "ui/ask/cited_text.h"

#include <gtest/gtest.h>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace ui;

class CitedTextTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto* column = new QVBoxLayout(&window_);
        text_ = new CitedText(QStringLiteral("Answer"), &window_);
        after_ = new QLineEdit(&window_);
        column->addWidget(text_);
        column->addWidget(after_);
        const Exchange exchange = sampleExchange(1);
        text_->setCited(exchange.text, exchange.places, false);
        window_.resize(640, 300);
        window_.show();
        QApplication::setActiveWindow(&window_);
        static_cast<void>(QTest::qWaitForWindowActive(&window_));
    }
    QWidget window_;
    CitedText* text_ = nullptr;
    QLineEdit* after_ = nullptr;
};

TEST_F(CitedTextTest, NumbersBecomeChipsAndUnknownOnesStay)
{
    const QString plain = text_->document()->toPlainText();
    EXPECT_EQ(plain.count(QChar::ObjectReplacementCharacter), 3);
    EXPECT_TRUE(plain.contains(QStringLiteral("[7]")));
    EXPECT_FALSE(plain.contains(QStringLiteral("[1]")));
    EXPECT_TRUE(plain.contains(QStringLiteral("*replaced*"))); // a quote is no Markdown
}

TEST_F(CitedTextTest, ScreenReadersHearTheChips)
{
    const QString spoken = text_->spokenText();
    EXPECT_TRUE(spoken.contains(QStringLiteral("Offer B, technical.pdf"))) << qPrintable(spoken);
    EXPECT_FALSE(spoken.contains(QChar::ObjectReplacementCharacter));
    auto* accessible = QAccessible::queryAccessibleInterface(text_);
    ASSERT_NE(accessible, nullptr);
    EXPECT_EQ(accessible->text(QAccessible::Name), QStringLiteral("Answer"));
    ASSERT_EQ(accessible->childCount(), 3);
    EXPECT_EQ(accessible->child(0)->role(), QAccessible::Link);
    EXPECT_TRUE(accessible->child(0)->text(QAccessible::Name).contains(QStringLiteral("17")));
    ASSERT_NE(accessible->textInterface(), nullptr);
    EXPECT_EQ(accessible->textInterface()->characterCount(), spoken.size());
    QSignalSpy activated(text_, &CitedText::placeActivated);
    accessible->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.first().first().toInt(), 2);
}

TEST_F(CitedTextTest, TabWalksTheChipsAndEnterChooses)
{
    QSignalSpy activated(text_, &CitedText::placeActivated);
    after_->setFocus();
    text_->setFocus(Qt::TabFocusReason);
    EXPECT_EQ(text_->focusedPlace(), 0);
    QTest::keyClick(text_, Qt::Key_Tab);
    EXPECT_EQ(text_->focusedPlace(), 1);
    QTest::keyClick(text_, Qt::Key_Return);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.first().first().toInt(), 1);
    QTest::keyClick(text_, Qt::Key_Backtab);
    EXPECT_EQ(text_->focusedPlace(), 0);
    QTest::keyClick(text_, Qt::Key_Tab);
    QTest::keyClick(text_, Qt::Key_Tab);
    QTest::keyClick(text_, Qt::Key_Tab);
    EXPECT_TRUE(after_->hasFocus()); // not a trap
}

TEST_F(CitedTextTest, AClickOnAChipChoosesIt)
{
    QSignalSpy activated(text_, &CitedText::placeActivated);
    QTest::mouseClick(text_->viewport(), Qt::LeftButton, {}, text_->placeRect(1).center());
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.first().first().toInt(), 1);
}

TEST_F(CitedTextTest, ASelectionCopiesTheNumbers)
{
    text_->selectAll();
    text_->copy();
    EXPECT_EQ(
        QGuiApplication::clipboard()->text(),
        QStringLiteral("“Offer B calculates 47 dB(A) at the north line.” [1]\n“The joint can be "
                       "heard.” [2] “It is *replaced*.” [3] [7]"));
}

TEST_F(CitedTextTest, HeightFollowsTheWidth)
{
    EXPECT_GT(text_->heightForWidth(200), text_->heightForWidth(640));
    EXPECT_EQ(text_->heightForWidth(640), text_->heightForWidth(640));
}

TEST_F(CitedTextTest, TheCaretIsNotAPartOfTheText)
{
    const QString before = text_->spokenText();
    text_->setCaret(true);
    EXPECT_EQ(text_->spokenText(), before);
    text_->setCaret(false);
    EXPECT_EQ(text_->document()->toPlainText().count(QChar::ObjectReplacementCharacter), 3);
}

TEST(AnswerCopy, MarkdownNamesTheSourcesAndHowItWasAnswered)
{
    Exchange exchange = sampleExchange(1);
    exchange.not_covered = {QStringLiteral("Offer C.docx is still being read.")};
    EXPECT_EQ(
        answerAsMarkdown(exchange),
        QStringLiteral(
            "### Which offer meets the noise limit?\n"
            "\n"
            "“Offer B calculates 47 dB(A) at the north line.” [1]\n"
            "\n"
            "“The joint can be heard.” [2] “It is \\*replaced\\*.” [3] [7]\n"
            "\n"
            "**Sources**\n"
            "\n"
            "- [1] Offer B, technical.pdf, page 17: “R1 Property line, north, 47 dB(A)”\n"
            "- [2] Site walk.mp4, 06:41: “R1 Property line, north, 47 dB(A)”\n"
            "- [3] Offer A, technical.pdf, page 31: “R1 Property line, north, 47 dB(A)”\n"
            "\n"
            "**Not covered**\n"
            "\n"
            "- Offer C.docx is still being read.\n"
            "\n"
            "*Quoted from your sources*\n"));
}

TEST(AnswerCopy, WhatAnEngineWroteKeepsItsMarkdown)
{
    Exchange exchange = sampleExchange(1);
    exchange.quoted = false;
    exchange.engine = QStringLiteral("Nemotron 3");
    exchange.text = QStringLiteral("**Offer B** meets it [1].");
    exchange.places.resize(1);
    const QString copied = answerAsMarkdown(exchange);
    EXPECT_TRUE(copied.contains(QStringLiteral("\n**Offer B** meets it [1].\n")));
    EXPECT_TRUE(copied.endsWith(QStringLiteral("*Written by Nemotron 3*\n")));
    EXPECT_EQ(
        answerAsText(exchange),
        QStringLiteral("**Offer B** meets it [1].\n\n[1] Offer B, technical.pdf, page 17\n"));
}

#include "ui/ask/composer.h"

#include <gtest/gtest.h>
#include <QApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

class ComposerTest : public testing::Test {
protected:
    void SetUp() override
    {
        window_.resize(900, 800);
        composer_ = new Composer(&window_);
        composer_->resize(800, 78);
        window_.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&window_));
    }
    QToolButton* named(const QString& name)
    {
        for (auto* button : composer_->findChildren<QToolButton*>()) {
            if (button->accessibleName() == name) return button;
        }
        return nullptr;
    }
    QWidget window_;
    Composer* composer_ = nullptr;
};

TEST_F(ComposerTest, CtrlEnterSendsAndEnterMakesALine)
{
    QSignalSpy sent(composer_, &Composer::sendRequested);
    QTest::keyClicks(composer_->edit(), QStringLiteral("one"));
    QTest::keyClick(composer_->edit(), Qt::Key_Return);
    QTest::keyClicks(composer_->edit(), QStringLiteral("two"));
    EXPECT_EQ(sent.count(), 0);
    QTest::keyClick(composer_->edit(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(sent.count(), 1);
    EXPECT_EQ(sent.first().at(0).toString(), QStringLiteral("one\ntwo"));
    EXPECT_TRUE(composer_->text().isEmpty());
}

TEST_F(ComposerTest, GrowsToEightLinesAndNoFurther)
{
    const int one = composer_->edit()->height();
    composer_->setText(QStringLiteral("a\nb\nc"));
    const int three = composer_->edit()->height();
    EXPECT_GT(three, one);
    composer_->setText(QStringLiteral("a\n").repeated(8).chopped(1));
    const int eight = composer_->edit()->height();
    composer_->setText(QStringLiteral("a\n").repeated(30));
    EXPECT_EQ(composer_->edit()->height(), eight);
    EXPECT_NEAR((eight - three) / 5.0, composer_->edit()->fontMetrics().lineSpacing(), 0.5);
}

TEST_F(ComposerTest, NothingIsSentWhileAnAnswerComes)
{
    QSignalSpy sent(composer_, &Composer::sendRequested);
    QSignalSpy stopped(composer_, &Composer::stopRequested);
    composer_->setText(QStringLiteral("next"));
    composer_->setAnswering(true);
    QTest::keyClick(composer_->edit(), Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(sent.count(), 0);
    EXPECT_EQ(composer_->text(), QStringLiteral("next"));
    ASSERT_NE(named(QStringLiteral("Stop the answer")), nullptr);
    named(QStringLiteral("Stop the answer"))->click();
    EXPECT_EQ(stopped.count(), 1);
    composer_->setAnswering(false);
    named(QStringLiteral("Send"))->click();
    EXPECT_EQ(sent.count(), 1);
}

TEST_F(ComposerTest, UpInAnEmptyFieldEditsTheLastQuestion)
{
    QSignalSpy sent(composer_, &Composer::sendRequested);
    composer_->setHistory({QStringLiteral("first"), QStringLiteral("second")});
    QTest::keyClick(composer_->edit(), Qt::Key_Up);
    EXPECT_EQ(composer_->text(), QStringLiteral("second"));
    EXPECT_TRUE(composer_->editsLast());
    QTest::keyClick(composer_->edit(), Qt::Key_Up);
    EXPECT_EQ(composer_->text(), QStringLiteral("first"));
    EXPECT_FALSE(composer_->editsLast()); // an older question is asked anew
    QTest::keyClick(composer_->edit(), Qt::Key_End);
    QTest::keyClick(composer_->edit(), Qt::Key_Down);
    EXPECT_EQ(composer_->text(), QStringLiteral("second"));
    QTest::keyClick(composer_->edit(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(sent.count(), 1);
    EXPECT_TRUE(sent.first().at(1).toBool());
}

TEST_F(ComposerTest, ArrowsDoNotThrowTypedTextAway)
{
    composer_->setHistory({QStringLiteral("first")});
    QTest::keyClicks(composer_->edit(), QStringLiteral("typed"));
    QTest::keyClick(composer_->edit(), Qt::Key_Home);
    QTest::keyClick(composer_->edit(), Qt::Key_Up);
    EXPECT_EQ(composer_->text(), QStringLiteral("typed"));
}

TEST_F(ComposerTest, EscapeLeavesEditing)
{
    composer_->setHistory({QStringLiteral("first")});
    EXPECT_FALSE(composer_->leaveEditing());
    composer_->editLast();
    EXPECT_TRUE(composer_->leaveEditing());
    EXPECT_TRUE(composer_->text().isEmpty());
    EXPECT_FALSE(composer_->editsLast());
}

TEST_F(ComposerTest, TheScopeIsSaidInShortWhereThereIsLittleRoom)
{
    composer_->setScope(
        Composer::Scope::Session,
        QStringLiteral("Sources: this session only"),
        QStringLiteral("This session only"),
        true);
    EXPECT_EQ(
        named(QStringLiteral("Sources: this session only"))->text(),
        QStringLiteral("Sources: this session only"));
    composer_->resize(400, 78);
    EXPECT_EQ(
        named(QStringLiteral("Sources: this session only"))->text(),
        QStringLiteral("This session only"));
}

TEST_F(ComposerTest, OnlyThePaintedFrameShowsTheFocus)
{
    QApplication::setActiveWindow(&window_);
    named(QStringLiteral("Send"))->setFocus(Qt::TabFocusReason);
    const auto* ring = window_.findChild<QWidget*>(QStringLiteral("focus_ring"));
    ASSERT_NE(ring, nullptr);
    EXPECT_TRUE(ring->isVisible());
    const QColor edge = composer_->grab().toImage().pixelColor(400, 1);
    composer_->edit()->setFocus(Qt::TabFocusReason);
    EXPECT_FALSE(ring->isVisible());
    EXPECT_NE(composer_->grab().toImage().pixelColor(400, 1), edge);
}

TEST_F(ComposerTest, TakesUndoOnlyWhereItHasSomethingToTakeBack)
{
    const auto wants_undo = [this] {
        QKeyEvent ask(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
        ask.ignore();
        QApplication::sendEvent(composer_->edit(), &ask);
        return ask.isAccepted();
    };
    EXPECT_FALSE(composer_->edit()->document()->isUndoAvailable());
    EXPECT_FALSE(wants_undo()) << "that of the window is meant: a file that was removed";
    QTest::keyClicks(composer_->edit(), QStringLiteral("one"));
    EXPECT_TRUE(wants_undo());
}

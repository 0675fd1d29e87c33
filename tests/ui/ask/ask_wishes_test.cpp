// Wishes that come while their session is still being made or opened.

#include "ui/ask/ask_view.h"
#include "ui/ask/composer.h"
#include "ui/ask/conversation.h"

#include <gtest/gtest.h>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

class AskWishesTest : public testing::Test {
protected:
    void askFor(const QString& question)
    {
        view_.composer()->setText(question);
        QTest::keyClick(view_.composer()->edit(), Qt::Key_Return, Qt::ControlModifier);
    }
    static SessionView session(storage::SessionId id)
    {
        SessionView session;
        session.id = id;
        session.name = QStringLiteral("Session %1").arg(id);
        return session;
    }
    storage::SessionId sessionOf(const QSignalSpy& spy, int at)
    {
        return spy.at(at).at(0).value<storage::SessionId>();
    }

    AskView view_;
    QSignalSpy files_{&view_, &AskView::filesAdded};
    QSignalSpy texts_{&view_, &AskView::textAdded};
    QSignalSpy asked_{&view_, &AskView::asked};
};

TEST_F(AskWishesTest, WhatIsDroppedAtOnceIsOneSession)
{
    view_.addFiles({QStringLiteral("/tmp/a.pdf")});
    view_.addFiles({QStringLiteral("/tmp/b.pdf")});
    view_.addText(QStringLiteral("words"));
    askFor(QStringLiteral("What is it?"));
    ASSERT_EQ(files_.count(), 1);
    EXPECT_EQ(sessionOf(files_, 0), 0);
    EXPECT_EQ(texts_.count() + asked_.count(), 0);
    EXPECT_EQ(view_.conversation()->last()->question, QStringLiteral("What is it?"));

    view_.adoptSession(7, QStringLiteral("a"));
    ASSERT_EQ(files_.count(), 2);
    EXPECT_EQ(sessionOf(files_, 1), 7);
    ASSERT_EQ(texts_.count(), 1);
    EXPECT_EQ(sessionOf(texts_, 0), 7);
    ASSERT_EQ(asked_.count(), 1);
    EXPECT_EQ(asked_[0][0].value<AskWish>().session, 7);
}

TEST_F(AskWishesTest, AFileBehindAQuestionJoinsItsSession)
{
    askFor(QStringLiteral("What is it?"));
    ASSERT_EQ(asked_.count(), 1);
    view_.addFiles({QStringLiteral("/tmp/a.pdf")});
    EXPECT_EQ(files_.count(), 0);
    view_.adoptSession(7, QStringLiteral("What is it?"));
    ASSERT_EQ(files_.count(), 1);
    EXPECT_EQ(sessionOf(files_, 0), 7);
}

TEST_F(AskWishesTest, WhereNoneCouldBeMadeTheNextOneTries)
{
    view_.addFiles({QStringLiteral("/tmp/broken.pdf")});
    view_.addFiles({QStringLiteral("/tmp/b.pdf")});
    view_.showProblem(QStringLiteral("It cannot be read."), {});
    ASSERT_EQ(files_.count(), 2);
    EXPECT_EQ(sessionOf(files_, 1), 0);
    view_.adoptSession(7, QStringLiteral("b"));
    view_.addFiles({QStringLiteral("/tmp/c.pdf")});
    EXPECT_EQ(sessionOf(files_, 2), 7);
}

TEST_F(AskWishesTest, AnAnswerThatIsNotKeptHoldsNothingUp)
{
    askFor(QStringLiteral("What is it?"));
    Exchange exchange = *view_.conversation()->last();
    exchange.state = AnswerState::Done;
    view_.showAnswer(exchange); // as where the library cannot be written to: no session comes
    view_.addFiles({QStringLiteral("/tmp/a.pdf")});
    EXPECT_EQ(files_.count(), 1);
    askFor(QStringLiteral("And this?"));
    EXPECT_EQ(asked_.count(), 1) << "the file makes a session, which it waits for";
    view_.showProblem(QStringLiteral("These files cannot be read now."), {});
    EXPECT_EQ(asked_.count(), 2);
}

TEST_F(AskWishesTest, LeavingTheNewSessionLosesNothing)
{
    view_.addFiles({QStringLiteral("/tmp/a.pdf")});
    view_.addFiles({QStringLiteral("/tmp/b.pdf")});
    view_.showSession(session(5));
    ASSERT_EQ(files_.count(), 2);
    EXPECT_EQ(sessionOf(files_, 1), 0) << "not in the session that is shown now";
    view_.addFiles({QStringLiteral("/tmp/c.pdf")});
    EXPECT_EQ(sessionOf(files_, 2), 5);
}

TEST_F(AskWishesTest, AQuestionWaitsForTheSessionThatIsBeingOpened)
{
    view_.showSession(session(3));
    view_.openSessionById(5);
    askFor(QStringLiteral("What is it?"));
    view_.addFiles({QStringLiteral("/tmp/a.pdf")});
    EXPECT_EQ(asked_.count(), 0) << "it would be asked in the session before";
    ASSERT_EQ(files_.count(), 1);
    EXPECT_EQ(sessionOf(files_, 0), 5);
    view_.showSession(session(5));
    ASSERT_EQ(asked_.count(), 1);
    EXPECT_EQ(asked_[0][0].value<AskWish>().session, 5);
    EXPECT_EQ(view_.conversation()->last()->question, QStringLiteral("What is it?"));
}

TEST_F(AskWishesTest, AQuestionComesBackWhereTheSessionCannotBeOpened)
{
    view_.showSession(session(3));
    view_.openSessionById(5);
    askFor(QStringLiteral("What is it?"));
    view_.showProblem(QStringLiteral("The session cannot be opened."), {});
    EXPECT_EQ(view_.composer()->edit()->toPlainText(), QStringLiteral("What is it?"));
    askFor(QStringLiteral("What else?"));
    ASSERT_EQ(asked_.count(), 1);
    EXPECT_EQ(asked_[0][0].value<AskWish>().session, 3);
}

TEST_F(AskWishesTest, GoingBackWhileAnotherIsBeingOpenedOpensItAgain)
{
    view_.showSession(session(3));
    QSignalSpy wanted{&view_, &AskView::sessionWanted};
    view_.openSessionById(5);
    view_.openSessionById(5);
    EXPECT_EQ(wanted.count(), 1);
    view_.openSessionById(3);
    ASSERT_EQ(wanted.count(), 2);
    EXPECT_EQ(sessionOf(wanted, 1), 3);
}

} // namespace

// Needs the starter's embedder: what is found depends on meaning.
#include "app/desktop/ask_values.h"
#include "tests/app/desktop/ask_fixture.h"
#include "ui/ask/cited_text.h"
#include "ui/ask/exchange_widget.h"
#include "ui/widgets/tag_panel.h"

using ui::AnswerOutcome;
using ui::AnswerState;
using ui::SourceState;

namespace {

class AskBridgeTest : public AskFixture {
protected:
    void SetUp() override
    {
        if (!support::model_file("all-minilm-l6-v2/model.safetensors"))
            GTEST_SKIP() << support::no_model("all-MiniLM-L6-v2");
        AskFixture::SetUp();
    }
    void readHandbook()
    {
        view_.addFiles({QStringLiteral(PERCEPT_SOURCE_DIR "/resources/sample/handbook.pdf")});
        ASSERT_TRUE(comesTo(0, SourceState::Ready));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !ingest_.busy(); }, 60'000));
    }
    const ui::Exchange* answerTo(const QString& question)
    {
        view_.composer()->setText(question);
        Q_EMIT view_.composer()->edit()->sendWanted();
        const bool over = QTest::qWaitFor(
            [&] { return view_.conversation()->last()->state > AnswerState::Streaming; },
            60'000);
        return over ? view_.conversation()->last() : nullptr;
    }
};

} // namespace

TEST_F(AskBridgeTest, AQuestionAboutTheHandbookIsAnsweredWithItsPlace)
{
    readHandbook();
    QSignalSpy places(&view_, &ui::View::placesChosen);
    const auto* answer = answerTo(QStringLiteral("What does the lathe cost per hour?"));
    ASSERT_NE(answer, nullptr);
    ASSERT_EQ(answer->state, AnswerState::Done) << qPrintable(answer->problem);
    EXPECT_TRUE(answer->quoted);
    ASSERT_FALSE(answer->places.empty());
    const ui::Place& place = answer->places.front();
    EXPECT_EQ(place.name, QStringLiteral("handbook.pdf"));
    EXPECT_GT(place.page, 0);
    EXPECT_FALSE(place.boxes.empty());
    EXPECT_TRUE(answer->text.contains(QStringLiteral("[1]")));
    EXPECT_NE(answer->answer_id, 0);
    EXPECT_FALSE(answer->timing.isEmpty());

    view_.nextCitation();
    ASSERT_EQ(places.count(), 1);
    EXPECT_EQ(
        places.first().first().value<ui::PlaceList>().places.front().session,
        view_.session());

    // It is there again after another session was looked at.
    const auto session = view_.session();
    const QString text = answer->text;
    view_.openSessionById(0);
    view_.openSessionById(session);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view_.conversation()->last() != nullptr; }, 5'000));
    EXPECT_EQ(view_.conversation()->last()->text, text);
    EXPECT_EQ(view_.conversation()->last()->places.front().page, place.page);
    EXPECT_EQ(view_.sources()->rowCount(), 1);
}

TEST_F(AskBridgeTest, WhatTheSourcesDoNotSayIsNotFound)
{
    readHandbook();
    const auto* answer = answerTo(QStringLiteral("Who won the chess championship in 1972?"));
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(answer->outcome, AnswerOutcome::NotFound);
    EXPECT_TRUE(answer->places.empty());
    EXPECT_FALSE(answer->nearest.empty());
}

TEST_F(AskBridgeTest, AReopenedAnswerLooksAsItDid)
{
    readHandbook();
    const auto session = view_.session();
    for (const char* question :
         {"What does the lathe cost per hour?", "Who won the chess championship in 1972?"}) {
        const auto* answer = answerTo(QLatin1String{question});
        ASSERT_NE(answer, nullptr);
        const ui::Exchange before = *answer;
        view_.openSessionById(0);
        view_.openSessionById(session);
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return view_.conversation()->last() != nullptr; }, 5'000));
        const ui::Exchange& after = *view_.conversation()->last();
        EXPECT_EQ(after.question, before.question);
        EXPECT_EQ(after.text, before.text);
        EXPECT_EQ(after.outcome, before.outcome);
        EXPECT_EQ(after.notes, before.notes);
        EXPECT_EQ(after.not_covered, before.not_covered);
        EXPECT_EQ(after.timing, before.timing);
        EXPECT_EQ(after.places.size(), before.places.size());
        ASSERT_EQ(after.nearest.size(), before.nearest.size());
        for (std::size_t i = 0; i < after.nearest.size(); ++i) {
            EXPECT_EQ(after.nearest[i].name, before.nearest[i].name);
            EXPECT_EQ(after.nearest[i].page, before.nearest[i].page);
            EXPECT_EQ(after.nearest[i].quote, before.nearest[i].quote);
            EXPECT_EQ(after.nearest[i].session, session);
        }
    }
}

TEST_F(AskBridgeTest, AnEditedQuestionReplacesTheOldOne)
{
    readHandbook();
    ASSERT_NE(answerTo(QStringLiteral("What does the lathe cost per hour?")), nullptr);
    view_.composer()->editLast();
    Q_EMIT view_.composer()->edit()->sendWanted();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return view_.conversation()->last()->state == AnswerState::Done; },
        60'000));
    EXPECT_EQ(view_.conversation()->exchanges().size(), 1U);
    EXPECT_EQ(services_.library()->messages(view_.session())->size(), 2U);
}

TEST_F(AskBridgeTest, AQuestionWithoutFilesAsksTheLibraryAndIsKept)
{
    readHandbook();
    const auto handbook = view_.session();
    view_.openSessionById(0);
    const auto* answer = answerTo(QStringLiteral("What does the lathe cost per hour?"));
    ASSERT_NE(answer, nullptr);
    EXPECT_FALSE(answer->places.empty());
    EXPECT_NE(view_.session(), 0);
    EXPECT_NE(view_.session(), handbook);
    EXPECT_EQ(services_.library()->messages(view_.session())->size(), 2U);
    EXPECT_EQ(
        services_.library()->session(view_.session())->name,
        "What does the lathe cost per hour?");
}

TEST_F(AskBridgeTest, TheSessionThatIsShownIsTagged)
{
    readHandbook();
    const auto session = view_.session();
    Q_EMIT view_.tagsAsked(session);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return view_.findChild<ui::TagPanel*>() != nullptr; }, 5'000));
    Q_EMIT view_.tagsWanted(session, {"workshop"});
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            return services_.library()->session(session)->tags ==
                   std::vector<std::string>{"workshop"};
        },
        5'000));
}

TEST_F(AskBridgeTest, DeletingASessionCanBeUndone)
{
    readHandbook();
    const auto session = view_.session();
    Q_EMIT view_.sessionList()->deleteWanted(session, QStringLiteral("handbook.pdf"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return services_.library()->sessions()->empty(); }, 5'000));
    EXPECT_EQ(view_.session(), 0);
    view_.undoRequested();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return services_.library()->sessions()->size() == 1; }, 5'000));
}

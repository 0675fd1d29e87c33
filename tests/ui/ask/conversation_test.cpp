#include "tests/ui/ask/sample_exchange.h"
#include "ui/ask/answer_box.h"
#include "ui/ask/cited_text.h"
#include "ui/ask/conversation.h"
#include "ui/ask/exchange_widget.h"
#include "ui/widgets/text_label.h"

#include <gtest/gtest.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class ConversationTest : public testing::Test {
protected:
    void SetUp() override
    {
        talk_.resize(976, 600);
        talk_.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&talk_));
    }
    void fill(int count)
    {
        std::vector<Exchange> many;
        for (int i = 1; i <= count; ++i) many.push_back(sampleExchange(i));
        talk_.setExchanges(std::move(many));
    }
    Conversation talk_;
};

TEST_F(ConversationTest, BuildsOnlyWhatIsNearTheViewport)
{
    fill(300);
    EXPECT_GT(talk_.builtCount(), 2);
    EXPECT_LT(talk_.builtCount(), 30);
    EXPECT_NE(talk_.widgetOf(300), nullptr); // opens at the end
    EXPECT_EQ(talk_.widgetOf(1), nullptr);

    talk_.verticalScrollBar()->setValue(0);
    QTest::qWait(20);
    EXPECT_NE(talk_.widgetOf(1), nullptr);
    EXPECT_EQ(talk_.widgetOf(300), nullptr);
    EXPECT_LT(talk_.builtCount(), 30);
}

TEST_F(ConversationTest, AnswersStandBelowOneAnotherWithoutOverlap)
{
    fill(8);
    int bottom = 0;
    for (int key = 1; key <= 8; ++key) {
        auto* widget = talk_.widgetOf(key);
        if (widget == nullptr) continue;
        EXPECT_GE(widget->y(), bottom) << key;
        EXPECT_EQ(widget->height(), widget->heightFor(widget->width())) << key;
        bottom = widget->geometry().bottom();
    }
    EXPECT_EQ(talk_.verticalScrollBar()->value(), talk_.verticalScrollBar()->maximum());
}

TEST_F(ConversationTest, StreamedTextIsShownAtMostThirtyTimesASecond)
{
    Exchange exchange;
    exchange.key = -1;
    exchange.question = QStringLiteral("Why?");
    talk_.put(exchange);
    QSignalSpy grown(talk_.widgetOf(-1), &ExchangeWidget::grown);
    QElapsedTimer clock;
    clock.start();
    int words = 0;
    while (words < 60 || clock.elapsed() < 300) {
        talk_.appendText(-1, QStringLiteral("word "));
        ++words;
        QTest::qWait(1);
    }
    QTest::qWait(2 * Conversation::kFrame_ms);
    EXPECT_GE(grown.count(), 2);
    EXPECT_LE(grown.count(), clock.elapsed() / Conversation::kFrame_ms + 1);
    EXPECT_EQ(talk_.find(-1)->text.count(QStringLiteral("word")), words);
    EXPECT_EQ(talk_.find(-1)->state, AnswerState::Streaming);
}

TEST_F(ConversationTest, AModelThatReadsSaysHowFarItIs)
{
    Exchange exchange;
    exchange.key = -1;
    exchange.question = QStringLiteral("Why?");
    const auto says = [&](const QString& words) {
        talk_.put(exchange);
        const auto labels = talk_.widgetOf(-1)->findChildren<TextLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const TextLabel* label) {
            return label->isVisibleTo(talk_.widgetOf(-1)) && label->text().contains(words);
        });
    };
    EXPECT_TRUE(says(QStringLiteral("Looking through your sources")));
    exchange.read_percent = 40;
    EXPECT_TRUE(says(QStringLiteral("reads what was found: 40 %")));
    exchange.read_percent = 100;
    EXPECT_TRUE(says(QStringLiteral("thinks")));
    exchange.state = AnswerState::Streaming;
    EXPECT_FALSE(says(QStringLiteral("thinks")));
}

TEST_F(ConversationTest, LateTextDoesNotChangeAFinishedAnswer)
{
    Exchange exchange = sampleExchange(-1);
    talk_.put(exchange);
    talk_.appendText(-1, QStringLiteral("late"));
    QTest::qWait(3 * Conversation::kFrame_ms);
    EXPECT_EQ(talk_.find(-1)->text, exchange.text);
}

TEST_F(ConversationTest, AChosenChipBecomesActiveAndNamesAllPlaces)
{
    fill(2);
    QSignalSpy places(&talk_, &Conversation::placesWanted);
    Q_EMIT talk_.widgetOf(2)->answerText()->placeActivated(1);
    ASSERT_EQ(places.count(), 1);
    const auto list = places.first().at(2).value<PlaceList>();
    EXPECT_EQ(list.current, 1);
    ASSERT_EQ(list.places.size(), 3U);
    EXPECT_EQ(list.places[1].name, QStringLiteral("Site walk.mp4"));
    EXPECT_EQ(talk_.widgetOf(2)->answerText()->activePlace(), 1);

    Q_EMIT talk_.widgetOf(1)->answerText()->placeActivated(0);
    EXPECT_EQ(talk_.widgetOf(2)->answerText()->activePlace(), -1);
    EXPECT_EQ(talk_.widgetOf(1)->answerText()->activePlace(), 0);
}

TEST_F(ConversationTest, NextAndPreviousGoRound)
{
    fill(2);
    QSignalSpy places(&talk_, &Conversation::placesWanted);
    for (const int expected : {0, 1, 2, 0}) {
        EXPECT_TRUE(talk_.stepCitation(1));
        EXPECT_EQ(talk_.activeIndex(), expected);
    }
    EXPECT_TRUE(talk_.stepCitation(-1));
    EXPECT_EQ(talk_.activeIndex(), 2);
    EXPECT_EQ(talk_.activeKey(), 2);
    EXPECT_EQ(places.count(), 5);
}

TEST_F(ConversationTest, NotFoundIsSaidOnceWithTheNearestPlaces)
{
    Exchange exchange = sampleExchange(1);
    exchange.outcome = AnswerOutcome::NotFound;
    exchange.text = QStringLiteral("Not found by the starter's search (best match 1.03 of 2.20 "
                                   "needed). Try other words, or install a full model.");
    exchange.nearest = {exchange.places[0], exchange.places[1]};
    exchange.places.clear();
    talk_.setExchanges({exchange});
    auto* widget = talk_.widgetOf(1);
    EXPECT_FALSE(widget->answerText()->isVisible());
    ASSERT_TRUE(widget->outcomeBox()->isVisible());
    EXPECT_TRUE(
        widget->outcomeBox()->sentence().startsWith(QStringLiteral("Not found by the starter")));
    QSignalSpy places(&talk_, &Conversation::placesWanted);
    Q_EMIT widget->outcomeBox()->placesText()->placeActivated(1);
    ASSERT_EQ(places.count(), 1);
    EXPECT_EQ(
        places.first().at(2).value<PlaceList>().places[1].name,
        QStringLiteral("Site walk.mp4"));
}

TEST_F(ConversationTest, RemovingALaterPartLeavesTheEarlier)
{
    fill(3);
    talk_.removeFrom(2);
    ASSERT_EQ(talk_.exchanges().size(), 1U);
    EXPECT_EQ(talk_.last()->key, 1);
    QTest::qWait(1);
    EXPECT_EQ(talk_.builtCount(), 1);
}

TEST_F(ConversationTest, ReadingOnIsNotDisturbedByNewText)
{
    fill(20);
    talk_.verticalScrollBar()->setValue(talk_.verticalScrollBar()->maximum() / 2);
    QTest::qWait(20);
    const int at = talk_.verticalScrollBar()->value();
    talk_.appendText(20, QStringLiteral("x"));
    QTest::qWait(3 * Conversation::kFrame_ms);
    EXPECT_EQ(talk_.verticalScrollBar()->value(), at);
}

TEST_F(ConversationTest, AnAnswerIsWholeAfterTheColumnGotNarrower)
{
    Exchange exchange = sampleExchange(1);
    exchange.text.clear();
    for (int words = 8; words < 20; ++words) // lines break at every width at another place
        exchange.text += QStringLiteral("filter ").repeated(words) + QStringLiteral("[1]\n");
    talk_.put(exchange);
    QTest::qWait(2);
    auto* widget = talk_.widgetOf(1);
    CitedText* answer = widget->answerText();
    const int wide_height = answer->height();
    for (const int width : {584, 976, 520, 584, 976, 464}) {
        talk_.resize(width, 600);
        QTest::qWait(2);
        SCOPED_TRACE(width);
        EXPECT_EQ(widget->height(), widget->heightFor(widget->width()));
        EXPECT_GE(answer->height(), answer->document()->size().height());
        EXPECT_EQ(answer->verticalScrollBar()->maximum(), 0);
    }
    EXPECT_GT(answer->height(), wide_height);
}

TEST_F(ConversationTest, AChipAloneInTheLastLineIsWhole)
{
    Exchange exchange = sampleExchange(1);
    exchange.text = QStringLiteral("One.\n[1]");
    talk_.put(exchange);
    QTest::qWait(2);
    CitedText* answer = talk_.widgetOf(1)->answerText();
    ASSERT_TRUE(answer->focusPlace(0));
    QApplication::processEvents();
    const QImage picture = answer->grab().toImage();
    // The ring below it ends before the widget does.
    const QColor ground = picture.pixelColor(picture.width() - 1, 0);
    const QRect chip = answer->placeRect(0);
    bool drawn = false;
    for (int y = chip.top(); y < picture.height(); ++y)
        drawn |= picture.pixelColor(chip.center().x(), y) != ground;
    EXPECT_TRUE(drawn);
    EXPECT_EQ(picture.pixelColor(chip.center().x(), picture.height() - 1), ground);
}

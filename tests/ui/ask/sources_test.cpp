#include "ui/ask/source_delegate.h"
#include "ui/ask/source_list.h"
#include "ui/ask/source_words.h"
#include "ui/ask/sources_panel.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

namespace {

SourceItem source(qint64 key, const QString& name, SourceState state)
{
    SourceItem item;
    item.key = key;
    item.id = key;
    item.session = 1;
    item.name = name;
    item.path = QStringLiteral("/home/tom/") + name;
    item.kind = QStringLiteral("pdf");
    item.state = state;
    item.pages = 38;
    return item;
}

SourceItem readingOfferB()
{
    SourceItem item = source(2, QStringLiteral("Offer B, technical.pdf"), SourceState::Reading);
    item.done = 29;
    item.total = 38;
    item.left_s = 20;
    item.scanned = true;
    return item;
}

} // namespace

TEST(SourceWords, PhasesAreNamed)
{
    SourceItem item = readingOfferB();
    EXPECT_EQ(phaseWords(item), QStringLiteral("Reading 29/38 pages"));
    EXPECT_EQ(factsWords(item), QStringLiteral("38 pages · scanned"));
    EXPECT_EQ(
        spokenWords(item),
        QStringLiteral("Offer B, technical.pdf, reading page 29 of 38, 20 seconds left"));

    item.kind = QStringLiteral("video");
    item.state = SourceState::Watching;
    item.done = 370;
    item.total = item.duration_s = 1122;
    item.scanned = false;
    item.size_bytes = 1'200'000'000;
    EXPECT_EQ(phaseWords(item), QStringLiteral("Watching 06:10/18:42"));
    EXPECT_EQ(factsWords(item), QStringLiteral("18:42 · 1.2 GB"));
    item.state = SourceState::Listening;
    EXPECT_EQ(phaseWords(item), QStringLiteral("Watching 06:10/18:42, listening"));
    item.kind = QStringLiteral("audio");
    EXPECT_EQ(phaseWords(item), QStringLiteral("Listening 06:10/18:42"));
    EXPECT_EQ(
        spokenWords(item),
        QStringLiteral("Offer B, technical.pdf, listening, 6 minutes 10 seconds of 18 minutes 42 "
                       "seconds, 20 seconds left"));

    item = source(1, QStringLiteral("Offer A"), SourceState::Ready);
    item.failed_pages = 1;
    EXPECT_EQ(phaseWords(item), QStringLiteral("Ready, 1 page failed"));
}

TEST(SourceWords, TheHeadSumsUp)
{
    std::vector<SourceItem> all{
        source(1, QStringLiteral("a"), SourceState::Ready),
        source(4, QStringLiteral("d"), SourceState::Ready),
        readingOfferB(),
        source(3, QStringLiteral("c"), SourceState::Listening),
        source(5, QStringLiteral("e"), SourceState::NeedsPassword)};
    all[3].left_s = 160;
    EXPECT_EQ(
        summaryWords(all, {}),
        QStringLiteral("2 ready · 2 in progress · 1 needs you · about 3 min left"));
}

TEST(IngestModel, ProgressNeverRunsBackwards)
{
    IngestModel model;
    SourceItem item = readingOfferB();
    model.update(item);
    item.done = 20;
    model.update(item);
    EXPECT_EQ(model.at(model.index(0)).done, 29);

    item.state = SourceState::Listening; // a new phase begins where it is
    model.update(item);
    EXPECT_EQ(model.at(model.index(0)).done, 20);
}

TEST(IngestModel, CountsWhatCanBeAsked)
{
    IngestModel model;
    model.setSources(
        {source(1, QStringLiteral("a"), SourceState::Ready),
         readingOfferB(),
         source(3, QStringLiteral("c"), SourceState::Stopped),
         source(4, QStringLiteral("d"), SourceState::Failed)});
    EXPECT_EQ(model.answerable(), 2);
    EXPECT_TRUE(model.busy());
    model.remove(2);
    EXPECT_FALSE(model.busy());
}

class SourceListTest : public testing::Test {
protected:
    void SetUp() override
    {
        SourceItem locked = source(5, QStringLiteral("Spec.pdf"), SourceState::NeedsPassword);
        locked.problem = QStringLiteral("This PDF is locked with a password.");
        SourceItem failed = source(6, QStringLiteral("Offer C.docx"), SourceState::Failed);
        failed.problem = QStringLiteral("LibreOffice is needed to read Word files. Install it.");
        model_.setSources(
            {source(1, QStringLiteral("Offer A.pdf"), SourceState::Ready),
             readingOfferB(),
             locked,
             failed});
        list_.resize(800, 400);
        list_.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&list_));
    }
    QToolButton* act() { return list_.viewport()->findChild<QToolButton*>(); }
    QPushButton* button() { return list_.viewport()->findChild<QPushButton*>(); }

    IngestModel model_;
    SourceList list_{&model_};
};

TEST_F(SourceListTest, TheCurrentRowHasRealNamedButtons)
{
    QSignalSpy cancelled(&list_, &SourceList::cancelWanted);
    list_.setCurrentIndex(model_.index(1));
    ASSERT_TRUE(act()->isVisible());
    EXPECT_EQ(act()->accessibleName(), QStringLiteral("Cancel Offer B, technical.pdf"));
    EXPECT_FALSE(button()->isVisible());
    act()->click();
    ASSERT_EQ(cancelled.count(), 1);
    EXPECT_EQ(cancelled.first().first().toLongLong(), 2);

    QSignalSpy retried(&list_, &SourceList::retryWanted);
    list_.setCurrentIndex(model_.index(3));
    EXPECT_EQ(button()->accessibleName(), QStringLiteral("Try again Offer C.docx"));
    button()->click();
    ASSERT_EQ(retried.count(), 1);
    EXPECT_EQ(retried.first().first().toLongLong(), 6);
}

TEST(SourceWords, OnlyWhatWasHeardHasASummaryAndTranscript)
{
    SourceItem item = source(6, QStringLiteral("kick-off.ogg"), SourceState::Ready);
    EXPECT_TRUE(SourceDelegate::buttonWords(item).isEmpty()) << "a document";
    item.kind = QStringLiteral("audio");
    EXPECT_EQ(SourceDelegate::buttonWords(item), QStringLiteral("Summary and transcript"));
    item.state = SourceState::Listening;
    EXPECT_TRUE(SourceDelegate::buttonWords(item).isEmpty()) << "not read yet";
    item.state = SourceState::Stopped;
    EXPECT_EQ(SourceDelegate::buttonWords(item), QStringLiteral("Go on reading"));
    EXPECT_TRUE(isRecording(item)) << "what was heard so far, by the menu";

    IngestModel model;
    item.state = SourceState::Ready;
    model.setSources({item});
    SourceList list(&model);
    list.resize(700, 100);
    list.setCurrentIndex(model.index(0));
    QSignalSpy recording(&list, &SourceList::recordingWanted);
    QSignalSpy retry(&list, &SourceList::retryWanted);
    list.findChild<QPushButton*>()->click();
    ASSERT_EQ(recording.count(), 1);
    EXPECT_EQ(recording[0][0].toLongLong(), 6);
    EXPECT_EQ(retry.count(), 0);
}

TEST_F(SourceListTest, APaintedCancelCanBeClicked)
{
    QSignalSpy cancelled(&list_, &SourceList::cancelWanted);
    list_.setCurrentIndex(model_.index(0));
    const auto plan =
        SourceDelegate::plan(list_.visualRect(model_.index(1)), model_.at(model_.index(1)));
    QTest::mouseClick(list_.viewport(), Qt::LeftButton, {}, plan.act.center());
    EXPECT_EQ(cancelled.count(), 1);
}

TEST_F(SourceListTest, ThePasswordIsTypedInTheCard)
{
    QSignalSpy entered(&model_, &IngestModel::passwordEntered);
    list_.setCurrentIndex(model_.index(2));
    button()->click();
    auto* field = list_.viewport()->findChild<QLineEdit*>();
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->echoMode(), QLineEdit::Password);
    EXPECT_EQ(field->accessibleName(), QStringLiteral("Password of Spec.pdf"));
    QTest::keyClicks(field, QStringLiteral("sesame"));
    QTest::keyClick(field, Qt::Key_Return);
    QCoreApplication::processEvents();
    ASSERT_EQ(entered.count(), 1);
    EXPECT_EQ(entered.first().at(1).toString(), QStringLiteral("sesame"));
    EXPECT_FALSE(model_.data(model_.index(2), IngestModel::PasswordRole).isValid());
}

TEST_F(SourceListTest, NothingOverlapsAndNothingLeavesItsCard)
{
    for (const int width : {480, 800, 1200}) {
        for (int row = 0; row < model_.rowCount(); ++row) {
            const SourceItem& item = model_.at(model_.index(row));
            const QRect card(0, 0, width, 58);
            const auto plan = SourceDelegate::plan(card, item);
            for (const QRect& part :
                 {plan.icon, plan.name, plan.facts, plan.phase, plan.act, plan.button})
                EXPECT_TRUE(part.isEmpty() || card.contains(part)) << width << " row " << row;
            EXPECT_FALSE(plan.name.intersects(plan.facts));
            EXPECT_FALSE(plan.facts.intersects(plan.phase));
            EXPECT_FALSE(plan.phase.intersects(plan.act));
        }
    }
}

TEST(SourcesPanel, IsAsHighAsItsCardsAndSaysThatOneCanAsk)
{
    IngestModel model;
    SourcesPanel panel(&model);
    panel.resize(976, 630);
    model.setSources(
        {source(1, QStringLiteral("Offer A.pdf"), SourceState::Ready), readingOfferB()});
    panel.show();
    static_cast<void>(QTest::qWaitForWindowExposed(&panel));
    EXPECT_EQ(panel.list()->viewport()->height(), 2 * 58);
    QSignalSpy all(&panel, &SourcesPanel::cancelAllWanted);
    panel.findChild<QPushButton*>()->click();
    EXPECT_EQ(all.count(), 1);
    const auto labels = panel.findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text().startsWith(
            QStringLiteral("You can ask now. Answers use what is ready"));
    }));
}

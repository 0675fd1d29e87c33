#include "tests/ui/ask/sample_exchange.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/composer.h"
#include "ui/ask/conversation.h"
#include "ui/ask/empty_session.h"
#include "ui/ask/ingest_model.h"
#include "ui/ask/session_list.h"
#include "ui/ask/sources_panel.h"
#include "ui/frame/actions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/tag_panel.h"

#include <gtest/gtest.h>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

SourceItem card(qint64 key, const QString& name, SourceState state)
{
    SourceItem item;
    item.key = item.id = key;
    item.session = 5;
    item.name = name;
    item.path = QStringLiteral("/tmp/") + name;
    item.kind = QStringLiteral("pdf");
    item.pages = 52;
    item.size_bytes = 8'100'000;
    item.state = state;
    return item;
}

SessionView tender()
{
    SessionView view;
    view.id = 5;
    view.name = QStringLiteral("Harbour Street tender");
    view.sources = {
        card(1, QStringLiteral("Offer A, technical.pdf"), SourceState::Ready),
        card(2, QStringLiteral("Offer B, technical.pdf"), SourceState::Reading)};
    view.sources[1].done = 29;
    view.sources[1].total = 38;
    return view;
}

} // namespace

class AskViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        window_.resize(1216, 772);
        auto* centre = new QWidget(&window_);
        auto* row = new QHBoxLayout(centre);
        row->setContentsMargins({});
        row->setSpacing(0);
        view_ = new AskView;
        view_->listPane()->setFixedWidth(240);
        row->addWidget(view_->listPane());
        row->addWidget(view_, 1);
        window_.setCentralWidget(centre);
        window_.show();
        QApplication::setActiveWindow(&window_);
        static_cast<void>(QTest::qWaitForWindowActive(&window_));
    }
    Chip* sourcesChip() { return view_->findChild<HeaderBar*>()->findChild<Chip*>(); }
    bool shows(const QWidget* page) { return page != nullptr && page->isVisible(); }

    QMainWindow window_;
    AskView* view_ = nullptr;
};

TEST_F(AskViewTest, ANewSessionShowsTheDropZone)
{
    EXPECT_TRUE(shows(view_->findChild<EmptySession*>()));
    EXPECT_EQ(view_->findChild<HeaderBar*>()->title(), QStringLiteral("New session"));
    EXPECT_FALSE(sourcesChip()->isVisible());
}

TEST_F(AskViewTest, SourcesThenConversationWithTheChipBetweenThem)
{
    view_->showSession(tender());
    EXPECT_TRUE(shows(view_->findChild<SourcesPanel*>()));
    SessionView talk = tender();
    talk.exchanges = {sampleExchange(11)};
    view_->showSession(talk);
    EXPECT_TRUE(shows(view_->conversation()));
    ASSERT_TRUE(sourcesChip()->isVisible());
    EXPECT_EQ(sourcesChip()->text(), QStringLiteral("2 sources, reading"));
    sourcesChip()->click();
    EXPECT_TRUE(shows(view_->findChild<SourcesPanel*>()));
    EXPECT_TRUE(view_->escape());
    EXPECT_TRUE(shows(view_->conversation()));
}

TEST_F(AskViewTest, TheSessionThatIsShownIsTagged)
{
    Actions actions(&window_);
    addAllActions(actions);
    actions.beginUpdate();
    view_->showSession(tender());
    view_->updateActions(actions);
    QSignalSpy asked(view_, &AskView::tagsAsked);
    QSignalSpy wanted(view_, &AskView::tagsWanted);
    actions["session.tag"]->trigger();
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked[0][0].value<storage::SessionId>(), 5);

    view_->editTags(4, {"other"}, {});
    EXPECT_EQ(window_.findChild<TagPanel*>(), nullptr) << "another session is shown by now";
    view_->editTags(5, {"pumps"}, {"drainage", "pumps"});
    auto* panel = window_.findChild<TagPanel*>();
    ASSERT_NE(panel, nullptr);
    ASSERT_TRUE(panel->isVisible());
    auto* typed = panel->findChild<QLineEdit*>();
    QTest::keyClicks(typed, "drain");
    QTest::keyClick(typed, Qt::Key_Return);
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].value<storage::SessionId>(), 5);
    EXPECT_EQ(wanted[0][1].toStringList(), QStringList({"pumps", "drainage"}));
    QTest::keyClick(typed, Qt::Key_Escape);
    EXPECT_FALSE(panel->isVisible());
}

TEST_F(AskViewTest, AskingShowsTheQuestionAtOnceAndTheAnswerWhenItComes)
{
    view_->showSession(tender());
    QSignalSpy asked(view_, &AskView::asked);
    QTest::keyClicks(view_->composer()->edit(), QStringLiteral("Which offer?"));
    QTest::keyClick(view_->composer()->edit(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(asked.count(), 1);
    const auto wish = asked.first().first().value<AskWish>();
    EXPECT_EQ(wish.session, 5);
    EXPECT_FALSE(wish.everything);
    EXPECT_TRUE(shows(view_->conversation()));
    EXPECT_EQ(view_->conversation()->last()->state, AnswerState::Waiting);

    QSignalSpy stopped(view_, &AskView::stopRequested);
    EXPECT_TRUE(view_->escape());
    EXPECT_EQ(stopped.count(), 1);

    Exchange answer = sampleExchange(wish.key);
    view_->showAnswer(answer);
    EXPECT_EQ(view_->conversation()->last()->state, AnswerState::Done);
    EXPECT_FALSE(view_->escape()); // nothing runs any more
}

TEST_F(AskViewTest, EditingTheLastQuestionReplacesIt)
{
    SessionView talk = tender();
    talk.exchanges = {sampleExchange(11), sampleExchange(12)};
    view_->showSession(talk);
    QSignalSpy asked(view_, &AskView::asked);
    QTest::keyClick(view_->composer()->edit(), Qt::Key_Up);
    QTest::keyClick(view_->composer()->edit(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked.first().first().value<AskWish>().replaces_from, 12);
    ASSERT_EQ(view_->conversation()->exchanges().size(), 2U);
    EXPECT_EQ(view_->conversation()->exchanges().front().key, 11);
}

TEST_F(AskViewTest, WithoutSourcesTheWholeLibraryIsAsked)
{
    QSignalSpy asked(view_, &AskView::asked);
    view_->setSuggestions(0, {QStringLiteral("When is the test?")});
    for (auto* chip : view_->findChild<EmptySession*>()->findChildren<Chip*>()) {
        if (chip->toolTip() == QStringLiteral("When is the test?")) chip->click();
    }
    ASSERT_EQ(asked.count(), 1);
    EXPECT_TRUE(asked.first().first().value<AskWish>().everything);
    EXPECT_EQ(asked.first().first().value<AskWish>().session, 0);
}

TEST_F(AskViewTest, ANewSessionIsAdoptedOnceItExists)
{
    QSignalSpy files(view_, &AskView::filesAdded);
    view_->addFiles({QStringLiteral("/tmp/a.pdf")});
    ASSERT_EQ(files.count(), 1);
    EXPECT_EQ(files.first().first().toLongLong(), 0);
    view_->adoptSession(5, QStringLiteral("a.pdf"));
    view_->updateSource(card(-1, QStringLiteral("a.pdf"), SourceState::Waiting));
    EXPECT_EQ(view_->sources()->rowCount(), 1);
    EXPECT_TRUE(shows(view_->findChild<SourcesPanel*>()));
    SourceItem stranger = card(-2, QStringLiteral("b.pdf"), SourceState::Waiting);
    stranger.session = 6;
    view_->updateSource(stranger);
    EXPECT_EQ(view_->sources()->rowCount(), 1);
}

TEST_F(AskViewTest, AQuestionThatWaitsForItsSessionCanBeStopped)
{
    QSignalSpy asked(view_, &AskView::asked);
    QSignalSpy stopped(view_, &AskView::stopRequested);
    const auto ask = [this](const char* question) {
        QTest::keyClicks(view_->composer()->edit(), QLatin1String(question));
        QTest::keyClick(view_->composer()->edit(), Qt::Key_Return, Qt::ControlModifier);
    };
    view_->addFiles({QStringLiteral("/tmp/a.pdf")}); // makes a session
    ask("Which offer?");
    EXPECT_EQ(asked.count(), 0);
    EXPECT_EQ(view_->conversation()->last()->state, AnswerState::Waiting);
    EXPECT_TRUE(view_->escape());
    EXPECT_EQ(view_->conversation()->last()->state, AnswerState::Stopped);
    EXPECT_EQ(stopped.count(), 0) << "nobody else knows of it";
    ask("Which pump?");
    view_->adoptSession(5, QStringLiteral("a.pdf"));
    ASSERT_EQ(asked.count(), 1) << "the stopped one is not asked after all";
    EXPECT_EQ(asked.first().first().value<AskWish>().question, QStringLiteral("Which pump?"));
    EXPECT_TRUE(view_->escape());
    EXPECT_EQ(stopped.count(), 1);
}

TEST_F(AskViewTest, DeletingCanBeUndoneUntilTheViewIsLeft)
{
    view_->showSession(tender());
    QSignalSpy removed(view_, &AskView::removeSourceRequested);
    QSignalSpy restored(view_, &AskView::restoreSourceRequested);
    QSignalSpy toast(view_, &View::toast);
    QMetaObject::invokeMethod(
        view_->findChild<SourcesPanel*>()->findChild<QListView*>(),
        "removeWanted",
        Q_ARG(qint64, 1));
    ASSERT_EQ(removed.count(), 1);
    ASSERT_EQ(toast.count(), 1);
    EXPECT_TRUE(toast.first().at(1).toBool());
    view_->undoRequested();
    ASSERT_EQ(restored.count(), 1);
    view_->undoRequested();
    EXPECT_EQ(restored.count(), 1);
    view_->leave();
    view_->undoRequested();
    EXPECT_EQ(restored.count(), 1);
}

TEST_F(AskViewTest, RenamingInTheHeader)
{
    view_->showSession(tender());
    Actions actions(&window_);
    addAllActions(actions);
    actions.beginUpdate();
    view_->updateActions(actions);
    QSignalSpy renamed(view_, &AskView::renameRequested);
    actions[QStringLiteral("session.rename")]->trigger();
    auto* field = view_->findChild<HeaderBar*>()->findChild<QLineEdit*>();
    ASSERT_TRUE(field->isVisible());
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("Tender"));
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_EQ(renamed.count(), 1);
    EXPECT_EQ(renamed.first().at(1).toString(), QStringLiteral("Tender"));
    EXPECT_EQ(view_->findChild<HeaderBar*>()->title(), QStringLiteral("Tender"));
}

TEST_F(AskViewTest, TheShownPlaceLightsItsChip)
{
    SessionView talk = tender();
    talk.exchanges = {sampleExchange(11), sampleExchange(12)};
    view_->showSession(talk);
    view_->setShownPlace(3, 1011);
    EXPECT_EQ(view_->conversation()->activeKey(), 11);
    EXPECT_EQ(view_->conversation()->activeIndex(), 2);
    view_->setShownPlace(1); // of the answer last looked at
    EXPECT_EQ(view_->conversation()->activeKey(), 11);
    EXPECT_EQ(view_->conversation()->activeIndex(), 0);
    view_->setShownPlace(0);
    EXPECT_EQ(view_->conversation()->activeIndex(), -1);
}

TEST_F(AskViewTest, CopyingTheAnswer)
{
    SessionView talk = tender();
    talk.exchanges = {sampleExchange(11)};
    view_->showSession(talk);
    Actions actions(&window_);
    addAllActions(actions);
    actions.beginUpdate();
    view_->updateActions(actions);
    actions[QStringLiteral("answer.copy")]->trigger();
    EXPECT_TRUE(
        QApplication::clipboard()->text().startsWith(QStringLiteral("### Which offer meets")));
}

/// Every control that takes the focus has a name; no window is written that nobody can find.
TEST_F(AskViewTest, EveryControlIsNamed)
{
    SessionView talk = tender();
    talk.exchanges = {sampleExchange(11)};
    view_->showSession(talk);
    for (QWidget* widget : window_.findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible()) continue;
        auto* accessible = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(accessible, nullptr);
        EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className();
    }
}

TEST_F(AskViewTest, FilesLeaveTheFocusInTheQuestionAndNotOnCancelAll)
{
    view_->showSession({});
    auto* empty = view_->findChild<EmptySession*>();
    auto* choose = empty->findChild<QPushButton*>();
    ASSERT_NE(choose, nullptr);
    choose->setFocus(Qt::TabFocusReason);
    ASSERT_EQ(QApplication::focusWidget(), choose);
    view_->showSession(tender());
    EXPECT_TRUE(shows(view_->findChild<SourcesPanel*>()));
    EXPECT_EQ(QApplication::focusWidget(), view_->findChild<QuestionEdit*>());
}

TEST_F(AskViewTest, FindIsAlwaysPossible)
{
    Actions actions(&window_);
    addAllActions(actions);
    actions.beginUpdate();
    view_->updateActions(actions);
    QSignalSpy wanted(view_, &AskView::findWanted);
    ASSERT_TRUE(actions[QStringLiteral("edit.find")]->isEnabled());
    actions[QStringLiteral("edit.find")]->trigger();
    EXPECT_EQ(wanted.count(), 1);
}

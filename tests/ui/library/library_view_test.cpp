#include "tests/ui/palette/hits.h"
#include "tests/ui/support/widgets.h"
#include "ui/frame/main_window.h"
#include "ui/library/export_panel.h"
#include "ui/library/filter_pane.h"
#include "ui/library/hit_model.h"
#include "ui/library/library_view.h"
#include "ui/library/session_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/tag_panel.h"

#include <gtest/gtest.h>
#include <QAccessible>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace ui {
namespace {

using namespace test;

LibrarySession session(
    storage::SessionId id,
    const QString& name,
    const QDateTime& created,
    QStringList kinds,
    int sources)
{
    LibrarySession made;
    made.id = id;
    made.name = name;
    made.created = created;
    made.kinds = std::move(kinds);
    made.sources = sources;
    made.size_bytes = static_cast<std::uint64_t>(id) * 1'100'000;
    return made;
}

LibraryPage page()
{
    const QDateTime now(QDate::currentDate(), QTime(12, 40));
    LibraryPage made;
    LibrarySession pinned =
        session(9, "Harbour Street tender", now.addDays(-4), {"audio", "pdf"}, 5);
    pinned.pinned = true;
    pinned.tags = QStringList{"harbour street", "budget 2027"};
    pinned.duration_s = 2832;
    made.pinned = {pinned};
    LibrarySession walk =
        session(2, "Site walk, questions for Ruth", now.addDays(-1), {"video"}, 1);
    walk.duration_s = 1122;
    walk.tags = QStringList{"drainage"};
    made.sessions = {
        session(3, "What is on the wall: portal error", now, {"image"}, 1),
        walk,
        session(4, "Pump curves KSL 150", now.addDays(-1), {"pdf"}, 2),
        session(5, "Residents’ letter, generator test", now.addDays(-19), {}, 0)};
    return made;
}

LibraryNumbers numbers()
{
    LibraryNumbers made;
    made.sessions = 214;
    made.documents = 88;
    made.recordings = 46;
    made.videos = 19;
    made.answers = 24;
    made.this_week = 12;
    made.this_month = 58;
    made.tags = {{"budget 2027", 9}, {"drainage", 22}, {"harbour street", 37}};
    made.size_bytes = 3'100'000'000;
    return made;
}

SearchResult generatorTest(int ticket)
{
    Hit said = atTime(
        HitGroup::Said,
        PlaceKind::Sound,
        "We run the generator test on the first Monday, twenty minutes, never before nine.",
        "generator test",
        "Kick-off with operations",
        1864,
        at(11));
    said.speaker = "Gareth Pugh";
    return resultOf(
        "generator test",
        {said,
         atTime(
             HitGroup::Shown,
             PlaceKind::Video,
             "Noise exceptions: generator test, filter change, storm pumping",
             "generator test",
             "Kick-off with operations",
             1970,
             at(11, QTime(11, 10))),
         onPage(
             "During the monthly generator test (20 minutes, daytime) the level at R1 may reach 58 "
             "dB(A).",
             "generator test",
             "Offer B, technical.pdf",
             17,
             at(9, QTime(13, 2))),
         onPage(
             "The generator is tested weekly under load. Noise during the test is not part of this "
             "offer.",
             "test",
             "Offer A, technical.pdf",
             34,
             at(9, QTime(13, 2))),
         answered(
             "The letter must name the day, the hour and a telephone number for the generator "
             "test.",
             "generator test",
             "Residents’ letter, generator test",
             2,
             at(9, QTime(10, 8)))},
        ticket);
}

class LibraryViewTest : public testing::Test {
protected:
    LibraryViewTest() : actions_(&window_)
    {
        addAllActions(actions_);
        auto* centre = new QWidget;
        auto* row = new QHBoxLayout(centre);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        view_ = new LibraryView;
        view_->listPane()->setFixedWidth(240);
        row->addWidget(view_->listPane());
        row->addWidget(view_, 1);
        window_.setCentralWidget(centre);
        window_.resize(824, 772);
        QObject::connect(view_, &View::actionsChanged, [this] { updateActions(); });
        window_.show();
        view_->listPane()->show();
        window_.activateWindow();
        view_->activate();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&window_)); }
    void updateActions()
    {
        actions_.beginUpdate();
        view_->updateActions(actions_);
    }
    void fill()
    {
        view_->setNumbers(numbers());
        view_->setPage(page());
    }
    /// Types and answers what the view asks for.
    void find()
    {
        QSignalSpy wanted(view_, &LibraryView::searchWanted);
        QTest::keyClicks(field(), "generator test");
        ASSERT_TRUE(wanted.wait(1000));
        view_->setResult(generatorTest(wanted.last()[0].toInt()));
    }
    SearchField* field() { return view_->findChild<SearchField*>(); }
    SectionedList* list(const char* name)
    {
        for (auto* list : view_->findChildren<SectionedList*>()) {
            if (list->accessibleName() == QLatin1String(name)) return list;
        }
        return nullptr;
    }
    SectionedList* sessions() { return list("Sessions"); }
    SectionedList* hits() { return list("Places found"); }
    void chooseSession(storage::SessionId id)
    {
        auto* model = static_cast<SessionModel*>(sessions()->model());
        sessions()->setFocus();
        sessions()->select(model->index(model->find(id)));
    }
    QAction& action(const char* name) { return *actions_[QLatin1String(name)]; }

    QMainWindow window_;
    Actions actions_;
    LibraryView* view_;
};

TEST_F(LibraryViewTest, AsksForItsRowsWhenItComesToTheFrontAndAgainWhenTheyChange)
{
    QSignalSpy wanted(view_, &LibraryView::pageWanted), counted(view_, &LibraryView::numbersWanted);
    view_->libraryChanged();
    EXPECT_EQ(wanted.count(), 1);
    EXPECT_EQ(counted.count(), 1);
    window_.hide();
    view_->libraryChanged();
    EXPECT_EQ(wanted.count(), 1) << "nobody sees it";
    window_.show();
    view_->activate();
    EXPECT_EQ(wanted.count(), 2);
    fill();
    grab(window_, "library-sessions");
}

TEST_F(LibraryViewTest, TypingSearchesOnceAndOnlyTheLastAnswerCounts)
{
    fill();
    QSignalSpy wanted(view_, &LibraryView::searchWanted);
    QTest::keyClicks(field(), "generator test");
    ASSERT_TRUE(wanted.wait(1000));
    QTest::qWait(200);
    ASSERT_EQ(wanted.count(), 1);
    const int ticket = wanted[0][0].toInt();
    view_->setResult(generatorTest(ticket - 1));
    EXPECT_EQ(hits()->model()->rowCount(), 0);
    view_->setResult(generatorTest(ticket));
    EXPECT_EQ(hits()->model()->rowCount(), 7);
    EXPECT_EQ(field()->countText(), QStringLiteral("5 places in 1 session"));
    grab(window_, "library-search");
    window_.resize(560, 612);
    QTest::qWait(10);
    grab(window_, "library-search-min");
}

TEST_F(LibraryViewTest, ChipsNarrowAndSayTheirNumbers)
{
    fill();
    find();
    for (auto* chip : view_->findChildren<Chip*>()) {
        if (!chip->text().startsWith(QStringLiteral("Read"))) continue;
        EXPECT_EQ(chip->accessibleWords(), QStringLiteral("Read, 2 results"));
        chip->click();
        EXPECT_TRUE(chip->isChecked());
    }
    EXPECT_EQ(hits()->model()->rowCount(), 3);
}

TEST_F(LibraryViewTest, AChosenHitShowsItsPlaceAmongTheOthers)
{
    fill();
    find();
    QSignalSpy places(view_, &View::placesChosen);
    QTest::keyClick(field(), Qt::Key_Down);
    EXPECT_TRUE(hits()->hasFocus());
    ASSERT_TRUE(places.wait(1000));
    QTest::keyClick(hits(), Qt::Key_Down);
    ASSERT_TRUE(places.wait(1000));
    const auto list = places.last()[0].value<PlaceList>();
    EXPECT_EQ(list.places.size(), 4u);
    EXPECT_EQ(list.current, 1);
    EXPECT_TRUE(
        hits()->currentIndex().data(Qt::AccessibleTextRole).toString().startsWith("Shown: Noise"));
    grab(window_, "library-hit");
}

TEST_F(LibraryViewTest, RowsGrowWhenTheEvidencePaneTakesTheirRoom)
{
    fill();
    find();
    const auto heights = [this] {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        int wrong = 0;
        int all = 0;
        for (int row = 0; row < hits()->model()->rowCount(); ++row) {
            const QModelIndex index = hits()->model()->index(row, 0);
            const int height = hits()->visualRect(index).height();
            wrong += height != hits()->sizeHintForIndex(index).height() ? 1 : 0;
            all += height;
        }
        EXPECT_EQ(wrong, 0) << "at " << hits()->viewport()->width() << " px";
        return all;
    };
    window_.resize(1400, 772);
    const int wide = heights();
    window_.resize(620, 772);
    EXPECT_GT(heights(), wide);
}

TEST_F(LibraryViewTest, EnterOpensTheSessionAtThatPlace)
{
    fill();
    find();
    QSignalSpy recording(view_, &View::openRecording), opened(view_, &View::openSession);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(hits(), Qt::Key_Return);
    ASSERT_EQ(recording.count(), 1);
    EXPECT_EQ(recording[0][2].toDouble(), 1864);
    auto* model = static_cast<HitModel*>(hits()->model());
    hits()->select(model->index(4));
    QSignalSpy places(view_, &View::placesChosen);
    QTest::keyClick(hits(), Qt::Key_Return);
    ASSERT_EQ(opened.count(), 1);
    ASSERT_GE(places.count(), 1);
    const auto list = places.last()[0].value<PlaceList>();
    EXPECT_EQ(list.places[static_cast<std::size_t>(list.current)].page, 17);
}

TEST_F(LibraryViewTest, ASessionOpensWithEnter)
{
    fill();
    QSignalSpy opened(view_, &View::openSession);
    chooseSession(4);
    QTest::keyClick(sessions(), Qt::Key_Return);
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened[0][0].value<storage::SessionId>(), 4);
}

TEST_F(LibraryViewTest, DeleteIsUndoneUntilTheViewIsLeft)
{
    fill();
    QSignalSpy trash(view_, &LibraryView::trashWanted), restore(view_, &LibraryView::restoreWanted),
        empty(view_, &LibraryView::emptyTrashWanted), toast(view_, &View::toast);
    EXPECT_FALSE(action("session.delete").isEnabled());
    chooseSession(4);
    EXPECT_FALSE(action("edit.undo").isEnabled());
    action("session.delete").trigger();
    ASSERT_EQ(trash.count(), 1);
    EXPECT_EQ(trash[0][0].value<std::vector<storage::SessionId>>().front(), 4);
    EXPECT_EQ(toast[0][0].toString(), QStringLiteral("“Pump curves KSL 150” deleted"));
    action("edit.undo").trigger();
    ASSERT_EQ(restore.count(), 1);
    EXPECT_FALSE(action("edit.undo").isEnabled());
    view_->leave();
    EXPECT_EQ(empty.count(), 0) << "nothing is in the trash";

    chooseSession(4);
    action("session.delete").trigger();
    view_->leave();
    EXPECT_EQ(empty.count(), 1);
    EXPECT_FALSE(view_->undo());
}

TEST_F(LibraryViewTest, TheRowThatMovesUpIsCurrentAfterADelete)
{
    fill();
    chooseSession(2);
    action("session.delete").trigger();
    LibraryPage without = page();
    without.sessions.erase(without.sessions.begin() + 1);
    view_->setPage(without);
    EXPECT_EQ(sessions()->currentIndex().data().toString(), QStringLiteral("Pump curves KSL 150"));
}

TEST_F(LibraryViewTest, RenamesWhereTheNameStands)
{
    fill();
    chooseSession(4);
    QSignalSpy renamed(view_, &LibraryView::renameWanted), asked(view_, &LibraryView::pageWanted);
    action("session.rename").trigger();
    auto* editor = sessions()->viewport()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    EXPECT_EQ(editor->text(), QStringLiteral("Pump curves KSL 150"));
    grab(window_, "library-rename");
    view_->setPage(page()); // something else changed in the library
    QTest::keyClicks(editor, "Pumps");
    QTest::keyClick(editor, Qt::Key_Return);
    ASSERT_TRUE(renamed.count() == 1 || renamed.wait(1000));
    EXPECT_EQ(renamed[0][1].toString(), QStringLiteral("Pumps"));
    EXPECT_TRUE(asked.count() == 1 || asked.wait(1000)) << "what came meanwhile is asked for again";
}

TEST_F(LibraryViewTest, TagsAreFoundAddedAndTakenAway)
{
    fill();
    chooseSession(9);
    QSignalSpy tags(view_, &LibraryView::tagsWanted);
    action("session.tag").trigger();
    auto* panel = window_.findChild<TagPanel*>();
    ASSERT_NE(panel, nullptr);
    ASSERT_TRUE(panel->isVisible());
    auto* typed = panel->findChild<QLineEdit*>();
    QTest::keyClicks(typed, "drain");
    grab(window_, "library-tags");
    QTest::keyClick(typed, Qt::Key_Return);
    ASSERT_EQ(tags.count(), 1);
    EXPECT_EQ(
        tags[0][1].toStringList(),
        QStringList({"harbour street", "budget 2027", "drainage"}));
    QTest::keyClicks(typed, "HARBOUR STREET");
    QTest::keyClick(typed, Qt::Key_Return);
    EXPECT_EQ(panel->tags(), QStringList({"budget 2027", "drainage"}));
    QTest::keyClicks(typed, "pumps");
    QTest::keyClick(typed, Qt::Key_Return);
    EXPECT_EQ(panel->tags(), QStringList({"budget 2027", "drainage", "pumps"}));
    QTest::keyClick(typed, Qt::Key_Escape);
    EXPECT_FALSE(panel->isVisible());
    EXPECT_TRUE(sessions()->hasFocus());
}

TEST_F(LibraryViewTest, ExportAsksBeforeItReplacesAndSaysWhereItWent)
{
    fill();
    view_->setExportFolder("/home/ruth/Documents");
    chooseSession(4);
    QSignalSpy orders(view_, &LibraryView::exportWanted);
    action("session.export").trigger();
    auto* panel = window_.findChild<ExportPanel*>();
    ASSERT_NE(panel, nullptr);
    const auto press = [&](const char* words) {
        for (auto* button : panel->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QLatin1String(words))
                return button->click();
        }
        ADD_FAILURE() << "no button " << words;
    };
    grab(window_, "library-export");
    press("Export");
    ASSERT_EQ(orders.count(), 1);
    auto order = orders[0][0].value<ExportOrder>();
    EXPECT_EQ(order.path, QStringLiteral("/home/ruth/Documents/Pump curves KSL 150.md"));
    EXPECT_FALSE(order.overwrite);

    ExportOutcome there;
    there.existing = QStringList{order.path};
    view_->setExportOutcome(there);
    grab(window_, "library-export-exists");
    press("Replace it");
    ASSERT_EQ(orders.count(), 2);
    EXPECT_TRUE(orders[1][0].value<ExportOrder>().overwrite);

    view_->setExportProgress({0, 1, "Pump curves KSL 150"});
    ExportOutcome done;
    done.written = QStringList{order.path};
    done.size_bytes = 2048;
    view_->setExportOutcome(done);
    grab(window_, "library-export-done");
    QSignalSpy reveal(view_, &LibraryView::revealWanted);
    press("Show in folder");
    ASSERT_EQ(reveal.count(), 1);
    EXPECT_EQ(reveal[0][0].toString(), order.path);
}

TEST_F(LibraryViewTest, ExportsASessionThatAnotherViewShows)
{
    fill();
    view_->setExportFolder("/home/ruth/Documents");
    QSignalSpy orders(view_, &LibraryView::exportWanted);
    view_->exportSessions({77}, QStringLiteral("Read a minute ago"));
    auto* panel = window_.findChild<ExportPanel*>();
    ASSERT_NE(panel, nullptr);
    ASSERT_TRUE(panel->isVisible());
    for (auto* button : panel->findChildren<QPushButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("Export")) button->click();
    ASSERT_EQ(orders.count(), 1);
    const auto order = orders[0][0].value<ExportOrder>();
    EXPECT_EQ(order.sessions, std::vector<storage::SessionId>{77});
    EXPECT_EQ(order.path, QStringLiteral("/home/ruth/Documents/Read a minute ago.md"));
}

TEST_F(LibraryViewTest, WhatAnotherProgramWritesCannotBeChangedHere)
{
    fill();
    view_->setWritable(false);
    chooseSession(4);
    EXPECT_FALSE(action("session.rename").isEnabled());
    EXPECT_FALSE(action("session.delete").isEnabled());
    EXPECT_TRUE(action("session.export").isEnabled());
}

TEST_F(LibraryViewTest, NothingIsSaidWell)
{
    view_->setNumbers({});
    view_->setPage({});
    auto* empty = view_->findChild<EmptyState*>();
    ASSERT_TRUE(empty->isVisible());
    QSignalSpy opened(view_, &View::openSession);
    empty->button()->click();
    EXPECT_EQ(opened.count(), 1);
    grab(window_, "library-empty");

    QSignalSpy wanted(view_, &LibraryView::searchWanted), ask(view_, &View::askAbout);
    QTest::keyClicks(field(), "zebra");
    EXPECT_FALSE(empty->isVisible()) << "not said before it is known";
    ASSERT_TRUE(wanted.wait(1000));
    view_->setResult(resultOf("zebra", {}, wanted[0][0].toInt()));
    ASSERT_TRUE(empty->isVisible());
    empty->button()->click();
    ASSERT_EQ(ask.count(), 1);
    EXPECT_EQ(ask[0][1].toString(), QStringLiteral("zebra"));
    grab(window_, "library-nothing");
    EXPECT_TRUE(view_->escape()) << "Esc clears the search first";
    EXPECT_FALSE(view_->escape());
}

TEST(LibraryInWindowTest, StandsInItsColumns)
{
    MainWindow window;
    auto* view = new LibraryView;
    window.addView(kLibraryView, "Library", "library", view);
    for (const QSize size : {QSize(1280, 800), QSize(1000, 640)}) {
        window.resize(size);
        window.show();
        window.showView(kLibraryView);
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
        view->setNumbers(numbers());
        view->setPage(page());
        QSignalSpy wanted(view, &LibraryView::searchWanted);
        view->searchFor({});
        view->searchFor("generator test");
        ASSERT_TRUE(wanted.wait(1000));
        view->setResult(generatorTest(wanted.last()[0].toInt()));
        QCoreApplication::processEvents(); // chips grow with their numbers
        grab(window, QStringLiteral("window-%1").arg(size.width()));
        EXPECT_EQ(view->listPane()->isVisible(), size.width() >= 1180);
        for (const Chip* chip : view->findChildren<Chip*>()) {
            if (!chip->isVisible()) continue;
            EXPECT_EQ(chip->width(), chip->sizeHint().width()) << chip->text().toStdString();
        }
    }
}

TEST_F(LibraryViewTest, EveryControlHasAName)
{
    fill();
    find();
    for (const QWidget* widget : window_.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
        QAccessibleInterface* face =
            QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        ASSERT_NE(face, nullptr);
        EXPECT_FALSE(face->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " in "
            << widget->parentWidget()->metaObject()->className();
    }
}

} // namespace
} // namespace ui

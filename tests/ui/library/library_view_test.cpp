#include "tests/ui/library/library_view_fixture.h"
#include "tests/ui/palette/hits.h"
#include "ui/frame/main_window.h"
#include "ui/library/hit_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"

#include <QAccessible>
#include <QPushButton>

namespace ui {
namespace {

using namespace test;

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
        view->setNumbers(someNumbers());
        view->setPage(somePage());
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

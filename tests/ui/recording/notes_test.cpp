#include "ui/recording/notes_model.h"
#include "ui/recording/notes_page.h"

#include "samples.h"
#include "ui/theme/theme.h"

#include <gmock/gmock.h>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

namespace ui::recording {
namespace {

struct NotesTest : testing::Test {
    NotesTest()
    {
        page.resize(584, 600);
        page.reset(samples::info());
        page.setNotes(samples::notes());
        page.show();
        (void)QTest::qWaitForWindowExposed(&page);
        for (auto* edit : page.findChildren<QPlainTextEdit*>()) {
            if (edit->accessibleName() == QStringLiteral("New note")) composer = edit;
        }
        view = page.findChild<QListView*>();
    }
    NotesPage page;
    QPlainTextEdit* composer = nullptr;
    QListView* view = nullptr;
};

TEST_F(NotesTest, StandInTheOrderOfTheirTimes)
{
    const auto& model = *page.model();
    EXPECT_EQ(model.note(0).id, 2);
    EXPECT_EQ(model.note(1).id, 1);
    EXPECT_EQ(model.note(2).id, 3);
    EXPECT_EQ(
        model.data(model.index(0), Qt::AccessibleTextRole).toString().toStdString(),
        "Note at 11:40, Ines knows the bidder in Malmö.");
}

TEST_F(NotesTest, AreWrittenWhereTheyStandInAWideWindow)
{
    page.resize(3700, 1900);
    (void)QTest::qWaitFor([&] { return view->width() > 3000; }, 1000);
    EXPECT_EQ(composer->mapTo(&page, QPoint(0, 0)).x(), theme::kCentrePadding_px);
    EXPECT_EQ(composer->width(), theme::kCentreMost_px);
}

TEST_F(NotesTest, AreKeptWhileTheyAreTyped)
{
    QSignalSpy typed(&page, &NotesPage::typed);
    QSignalSpy added(&page, &NotesPage::added);
    page.setPosition(412);
    QTest::keyClicks(composer, QStringLiteral("Call the office"));
    page.setPosition(430);
    ASSERT_TRUE(typed.wait(5000));
    const auto kept = typed[0][0].value<OwnNote>();
    EXPECT_LT(kept.id, 0);
    EXPECT_EQ(kept.time_s, 412) << "the moment when one began to write";
    EXPECT_EQ(added.count(), 0);
    QTest::keyClicks(composer, QStringLiteral(" tomorrow"));
    QTest::keyClick(composer, Qt::Key_Return);
    ASSERT_EQ(added.count(), 1);
    const auto done = added[0][0].value<OwnNote>();
    EXPECT_EQ(done.id, kept.id) << "the same note, not a second one";
    EXPECT_EQ(done.text, QStringLiteral("Call the office tomorrow"));
    EXPECT_TRUE(composer->toPlainText().isEmpty());
}

TEST_F(NotesTest, LeavingKeepsWhatWasNotKeptYet)
{
    QSignalSpy typed(&page, &NotesPage::typed);
    QTest::keyClicks(composer, QStringLiteral("Half a th"));
    page.flush();
    ASSERT_EQ(typed.count(), 1);
    EXPECT_EQ(typed[0][0].value<OwnNote>().text, QStringLiteral("Half a th"));
    page.flush();
    EXPECT_EQ(typed.count(), 1);
}

TEST_F(NotesTest, ADraftThatIsEmptiedIsDiscarded)
{
    QSignalSpy typed(&page, &NotesPage::typed);
    QSignalSpy discarded(&page, &NotesPage::discarded);
    QTest::keyClicks(composer, QStringLiteral("x"));
    ASSERT_TRUE(typed.wait(5000));
    QTest::keyClick(composer, Qt::Key_Backspace);
    ASSERT_TRUE(discarded.wait(5000));
    EXPECT_EQ(discarded[0][0].toLongLong(), typed[0][0].value<OwnNote>().id);
}

TEST_F(NotesTest, DeleteAndEnterWorkOnTheCurrentNote)
{
    QSignalSpy removed(&page, &NotesPage::removeAsked);
    QSignalSpy chosen(&page, &NotesPage::timeChosen);
    view->setCurrentIndex(page.model()->index(0));
    QTest::keyClick(view, Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_DOUBLE_EQ(chosen[0][0].toDouble(), 700);
    QTest::keyClick(view, Qt::Key_Delete);
    ASSERT_EQ(removed.count(), 1);
    EXPECT_EQ(removed[0][0].toLongLong(), 2);
}

TEST_F(NotesTest, EditingInPlaceIsKeptWhileTypingAndTakenBackByEsc)
{
    QSignalSpy typed(&page, &NotesPage::typed);
    QSignalSpy edited(&page, &NotesPage::edited);
    view->setCurrentIndex(page.model()->index(0));
    view->edit(page.model()->index(0));
    auto* editor = view->viewport()->findChild<QPlainTextEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral(" Again"));
    ASSERT_TRUE(typed.wait(5000));
    EXPECT_TRUE(typed[0][0].value<OwnNote>().text.endsWith(QStringLiteral("Again")));
    QTest::keyClick(editor, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return typed.count() == 2; }));
    EXPECT_EQ(typed[1][0].value<OwnNote>().text, samples::notes()[2].text);
    EXPECT_EQ(edited.count(), 0);
}

} // namespace
} // namespace ui::recording

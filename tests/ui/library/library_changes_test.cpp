// Sessions that are deleted, renamed, tagged and exported from the library.

#include "tests/ui/library/library_view_fixture.h"
#include "ui/library/export_panel.h"
#include "ui/widgets/tag_panel.h"

#include <QLineEdit>
#include <QPushButton>

namespace ui {
namespace {

using namespace test;

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
    LibraryPage without = somePage();
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
    view_->setPage(somePage()); // something else changed in the library
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

} // namespace
} // namespace ui

// What lists, menus and fields of Qt tell once installAccess() was called.
#include "ui/access/accessible_rows.h"
#include "ui/access/announcer.h"

#include <gmock/gmock.h>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QVBoxLayout>

namespace ui {
namespace {

QAccessibleInterface* told(QObject* object)
{
    return QAccessible::queryAccessibleInterface(object);
}

std::string name(const QAccessibleInterface* interface)
{
    return interface != nullptr ? interface->text(QAccessible::Name).toStdString() : "(none)";
}

void act(QAccessibleInterface* interface, const QString& action)
{
    interface->actionInterface()->doAction(action);
    QApplication::processEvents();
}

class AccessibleRowsTest : public testing::Test {
protected:
    AccessibleRowsTest()
    {
        auto* column = new QVBoxLayout(&window_);
        column->addWidget(field_);
        column->addWidget(list_);
        list_->addItems({QStringLiteral("Monday"), QStringLiteral("Tuesday")});
        list_->item(1)->setData(Qt::AccessibleTextRole, QStringLiteral("Tuesday, 2 sessions"));
        list_->setCurrentRow(0);
        window_.show();
        window_.activateWindow();
        field_->setFocus();
        QApplication::processEvents();
    }
    QAccessibleInterface* row(int at) { return told(list_)->child(at); }

    QWidget window_;
    QLineEdit* field_ = new QLineEdit;
    QListWidget* list_ = new QListWidget;
};

TEST_F(AccessibleRowsTest, RowsAreSaidWhole)
{
    EXPECT_EQ(told(list_)->role(), QAccessible::List);
    ASSERT_EQ(told(list_)->childCount(), 2);
    EXPECT_EQ(name(row(0)), "Monday");
    EXPECT_EQ(name(row(1)), "Tuesday, 2 sessions");
    EXPECT_EQ(row(0)->role(), QAccessible::ListItem);
    EXPECT_EQ(row(0)->parent(), told(list_));
    EXPECT_EQ(told(list_)->indexOfChild(row(1)), 1);
    EXPECT_EQ(row(0), row(0)) << "a row keeps its identity";
    QTableWidget table(1, 2);
    table.setHorizontalHeaderLabels({QStringLiteral("Host"), QStringLiteral("Sent")});
    table.setItem(0, 0, new QTableWidgetItem(QStringLiteral("example.org")));
    table.setItem(0, 1, new QTableWidgetItem(QStringLiteral("1 kB")));
    EXPECT_EQ(name(told(&table)->child(0)), "Host: example.org, Sent: 1 kB");
}

TEST_F(AccessibleRowsTest, TheCurrentRowHasTheFocusOnlyWithItsList)
{
    EXPECT_TRUE(row(0)->state().selected);
    EXPECT_FALSE(row(0)->state().focused);
    EXPECT_TRUE(row(0)->state().focusable);
    list_->setFocus();
    EXPECT_TRUE(row(0)->state().focused);
    EXPECT_FALSE(row(1)->state().focused);
    EXPECT_FALSE(told(list_)->state().focused) << "in one place only";
    list_->setCurrentItem(nullptr);
    EXPECT_TRUE(told(list_)->state().focused);
}

TEST_F(AccessibleRowsTest, StatesComeFromTheModel)
{
    list_->item(0)->setCheckState(Qt::Checked);
    EXPECT_TRUE(row(0)->state().checkable);
    EXPECT_TRUE(row(0)->state().checked);
    EXPECT_FALSE(row(1)->state().checkable);
    list_->item(1)->setData(Unfolded, false);
    EXPECT_TRUE(row(1)->state().expandable);
    EXPECT_TRUE(row(1)->state().collapsed);
    EXPECT_FALSE(row(0)->state().expandable);
    list_->item(1)->setFlags(Qt::ItemIsEnabled);
    EXPECT_FALSE(row(1)->state().selectable) << "a head";
    EXPECT_TRUE(row(1)->actionInterface()->actionNames().isEmpty());
}

TEST_F(AccessibleRowsTest, PressingARowIsEnterOnIt)
{
    QSignalSpy activated(list_, &QListWidget::itemActivated);
    act(row(1), QAccessibleActionInterface::pressAction());
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(list_->currentRow(), 1);
    list_->item(0)->setCheckState(Qt::Unchecked);
    act(row(0), QAccessibleActionInterface::toggleAction());
    EXPECT_EQ(list_->item(0)->checkState(), Qt::Checked);
}

TEST_F(AccessibleRowsTest, WhatLiesOnTheRowsIsListed)
{
    auto* button = new QPushButton(QStringLiteral("To the decisions"), list_->viewport());
    button->show();
    ASSERT_EQ(told(list_)->childCount(), 3);
    EXPECT_EQ(told(list_)->child(2), told(button));
    EXPECT_EQ(told(list_)->indexOfChild(told(button)), 2);
    button->hide();
    EXPECT_EQ(told(list_)->childCount(), 2);
}

TEST_F(AccessibleRowsTest, RowsThatAreGoneAreInvalid)
{
    QAccessibleInterface* last = row(1);
    ASSERT_TRUE(last->isValid());
    delete list_->takeItem(1);
    EXPECT_FALSE(last->isValid());
    EXPECT_TRUE(last->state().invalid);
    EXPECT_EQ(told(list_)->childCount(), 1);
    EXPECT_EQ(row(1), nullptr);
}

TEST(AccessibleMenuTest, AnOpenMenuIsAChildOfTheProgram)
{
    QPushButton opener;
    opener.setAccessibleName(QStringLiteral("More"));
    opener.show();
    QMenu menu(&opener);
    QAction* open = menu.addAction(QStringLiteral("&Open A && B"));
    menu.addSeparator();
    QAction* pinned = menu.addAction(QStringLiteral("Pinned"));
    pinned->setCheckable(true);
    pinned->setChecked(true);
    QAccessibleInterface* program = told(qApp);
    const int before = program->childCount();
    menu.popup(QPoint(10, 10));
    ASSERT_EQ(program->childCount(), before + 1);
    QAccessibleInterface* interface = told(&menu);
    EXPECT_EQ(interface->parent(), program);
    EXPECT_GE(program->indexOfChild(interface), 0);
    EXPECT_EQ(interface->role(), QAccessible::PopupMenu);
    EXPECT_EQ(name(interface), "More");
    ASSERT_EQ(interface->childCount(), 3);
    EXPECT_EQ(name(interface->child(0)), "Open A & B");
    EXPECT_EQ(interface->child(1)->role(), QAccessible::Separator);
    EXPECT_TRUE(interface->child(2)->state().checked);
    EXPECT_TRUE(interface->state().focused);
    menu.setActiveAction(open);
    EXPECT_FALSE(interface->state().focused);
    EXPECT_TRUE(interface->child(0)->state().focused);
    QSignalSpy triggered(open, &QAction::triggered);
    act(interface->child(0), QAccessibleActionInterface::pressAction());
    EXPECT_EQ(triggered.count(), 1);
    EXPECT_FALSE(menu.isVisible());
    EXPECT_EQ(program->childCount(), before);
}

TEST(AccessibleMenuTest, TheMenuBarHasItsMenusBelowItsEntries)
{
    QMainWindow window;
    QMenu* file = window.menuBar()->addMenu(QStringLiteral("&File"));
    QAction* quit = file->addAction(QStringLiteral("Quit"));
    window.show();
    QAccessibleInterface* bar = told(window.menuBar());
    EXPECT_EQ(bar->role(), QAccessible::MenuBar);
    ASSERT_EQ(bar->childCount(), 1);
    EXPECT_EQ(name(bar->child(0)), "File");
    EXPECT_TRUE(bar->child(0)->state().collapsed);
    ASSERT_EQ(bar->child(0)->childCount(), 1);
    EXPECT_EQ(bar->child(0)->child(0), told(file));
    EXPECT_EQ(told(file)->parent(), bar->child(0));
    act(bar->child(0), QAccessibleActionInterface::showMenuAction());
    EXPECT_TRUE(file->isVisible());
    EXPECT_TRUE(bar->child(0)->state().expanded);
    EXPECT_FALSE(bar->child(0)->state().focused) << "its menu has the keyboard";
    file->setActiveAction(quit);
    EXPECT_TRUE(told(file)->child(0)->state().focused);
    file->close();
}

TEST(AccessTest, AComboBoxIsNamedByItsLabel)
{
    QComboBox combo;
    combo.addItems({QStringLiteral("Automatic"), QStringLiteral("Processor")});
    combo.setAccessibleName(QStringLiteral("Device"));
    QAccessibleInterface* interface = told(&combo);
    EXPECT_EQ(name(interface), "Device");
    EXPECT_EQ(interface->text(QAccessible::Value), QStringLiteral("Automatic"));
    ASSERT_NE(interface->textInterface(), nullptr);
    EXPECT_EQ(interface->textInterface()->text(0, -1), QStringLiteral("Automatic"));
    EXPECT_FALSE(interface->state().expanded);
    combo.show();
    act(interface, QAccessibleActionInterface::showMenuAction());
    EXPECT_TRUE(interface->state().expanded);
    ASSERT_EQ(interface->childCount(), 1);
    EXPECT_EQ(interface->child(0)->parent(), interface);
    EXPECT_EQ(name(interface->child(0)), "Device");
    EXPECT_EQ(name(interface->child(0)->child(1)), "Processor");
    act(interface, QAccessibleActionInterface::showMenuAction());
    EXPECT_FALSE(interface->state().expanded);
}

TEST(AccessTest, FramesAroundTheFocusDoNotHaveIt)
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* text = new QPlainTextEdit;
    auto* key = new QKeySequenceEdit;
    column->addWidget(text);
    column->addWidget(key);
    window.show();
    window.activateWindow();
    text->setFocus();
    QApplication::processEvents();
    EXPECT_TRUE(told(text)->state().focused);
    EXPECT_FALSE(told(text->viewport())->state().focused);
    key->setFocus();
    key->setKeySequence(QKeySequence(Qt::CTRL | Qt::Key_M));
    EXPECT_EQ(told(key)->role(), QAccessible::EditableText);
    EXPECT_TRUE(told(key)->state().focused);
    EXPECT_EQ(told(key)->text(QAccessible::Value), QStringLiteral("Ctrl+M"));
    EXPECT_EQ(told(key)->childCount(), 0) << "the text in it is no field of its own";
}

TEST(AnnouncerTest, WordsAreANotificationOfTheProgram)
{
    announce(QStringLiteral("The answer is there."));
    QAccessibleInterface* said = announcement();
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(said->role(), QAccessible::Notification);
    EXPECT_EQ(name(said), "The answer is there.");
    EXPECT_GE(told(qApp)->indexOfChild(said), 0);
    announce(QStringLiteral("Deleted."));
    EXPECT_EQ(announcement(), said);
    EXPECT_EQ(name(said), "Deleted.");
    EXPECT_TRUE(QTest::qWaitFor([] { return announcement() == nullptr; }, 5000)) << "it stays";
}

TEST(ContextMenuKeyTest, ShiftF10OpensTheMenuOfWhatHasTheKeyboard)
{
    class Field : public QPushButton {
    public:
        int asked = 0;
        QContextMenuEvent::Reason reason = QContextMenuEvent::Other;

    protected:
        void contextMenuEvent(QContextMenuEvent* event) override
        {
            ++asked;
            reason = event->reason();
        }
    };
    Field field;
    field.show();
    field.activateWindow();
    field.setFocus();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&field));
    QTest::keyClick(&field, Qt::Key_F10);
    EXPECT_EQ(field.asked, 0) << "F10 alone is the menu bar's";
    QTest::keyClick(&field, Qt::Key_F10, Qt::ShiftModifier);
    EXPECT_EQ(field.asked, 1);
    EXPECT_EQ(field.reason, QContextMenuEvent::Keyboard);
}

} // namespace
} // namespace ui

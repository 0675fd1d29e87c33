#include "ui/frame/actions.h"
#include "ui/frame/main_window.h"

#include <gtest/gtest.h>
#include <QMenu>
#include <QMenuBar>
#include <set>

namespace ui {
namespace {

TEST(ActionsTest, EveryActionStandsInTheMenu)
{
    MainWindow window;
    std::set<const QAction*> in_menus;
    const auto menus = window.menuBar()->actions();
    for (const QAction* menu : menus) {
        const auto rows = menu->menu()->actions();
        for (const QAction* row : rows) in_menus.insert(row);
    }
    ASSERT_GT(window.actions().entries().size(), 40u);
    for (const Actions::Entry& entry : window.actions().entries()) {
        EXPECT_TRUE(in_menus.contains(entry.action)) << entry.name.toStdString();
        EXPECT_FALSE(entry.action->text().isEmpty());
    }
}

TEST(ActionsTest, NoKeyIsGivenTwice)
{
    MainWindow window;
    std::set<QString> keys;
    for (const Actions::Entry& entry : window.actions().entries()) {
        const auto all = entry.action->shortcuts();
        for (const QKeySequence& key : all)
            EXPECT_TRUE(keys.insert(key.toString()).second) << key.toString().toStdString();
    }
}

TEST(ActionsTest, AChangedKeyReplacesTheFirstOneAndComesBack)
{
    MainWindow window;
    QAction* open = window.actions()["files.open"];
    window.actions().setKeys({{"files.open", QKeySequence("Ctrl+Shift+F")}});
    EXPECT_EQ(open->shortcut(), QKeySequence("Ctrl+Shift+F"));
    window.actions().setKeys({});
    EXPECT_EQ(open->shortcut(), QKeySequence("Ctrl+O"));
}

} // namespace
} // namespace ui

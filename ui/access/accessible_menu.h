#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

class QAction;
class QMenu;
class QMenuBar;

namespace ui {

/// The menu bar, and a menu that opens from it, at a button or under the pointer. Qt has interfaces
/// for them: with entries that have the focus and cannot have it, along with their menus and the
/// entry of the bar; and a menu at a button is listed nowhere.
class AccessibleMenu : public QAccessibleWidget {
public:
    explicit AccessibleMenu(QMenu* menu);
    explicit AccessibleMenu(QMenuBar* bar);
    ~AccessibleMenu() override;

    /// The entry that it opens from; else the program.
    QAccessibleInterface* parent() const override;
    /// One for each action, as events of Qt count them.
    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text which) const override;
    QAccessible::State state() const override;

private:
    QMenu* menu() const; // null: it is the bar

    mutable QHash<QAction*, QAccessible::Id> entries_;
};

} // namespace ui

#include "ui/access/access.h"

#include "ui/access/accessible_fields.h"
#include "ui/access/accessible_menu.h"
#include "ui/access/accessible_rows.h"
#include "ui/access/announcer.h"
#include "ui/access/context_menu_key.h"

#include <QAbstractItemView>
#include <QAccessibleObject>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>

namespace ui {
namespace {

/// The program with its open menus and what was announced; Qt leaves popup windows out.
class Program : public QAccessibleApplication {
public:
    int childCount() const override
    {
        return QAccessibleApplication::childCount() + static_cast<int>(more().size());
    }
    QAccessibleInterface* child(int index) const override
    {
        const int windows = QAccessibleApplication::childCount();
        return index < windows ? QAccessibleApplication::child(index)
                               : more().value(index - windows);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const int index = QAccessibleApplication::indexOfChild(child);
        if (index >= 0) return index;
        const auto at = more().indexOf(const_cast<QAccessibleInterface*>(child));
        return at < 0 ? -1 : QAccessibleApplication::childCount() + static_cast<int>(at);
    }

private:
    bool listed(const QAccessibleInterface* interface) const
    {
        return QAccessibleApplication::indexOfChild(interface) >= 0;
    }
    QList<QAccessibleInterface*> more() const
    {
        QList<QAccessibleInterface*> found;
        const auto windows = QApplication::topLevelWidgets();
        for (QWidget* window : windows) {
            const auto* menu = qobject_cast<QMenu*>(window);
            if (menu == nullptr || !menu->isVisible()) continue;
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(window);
            // Which popup windows Qt leaves out depends on the platform.
            if (interface->parent() == QAccessible::queryAccessibleInterface(qApp) &&
                !listed(interface))
                found << interface;
        }
        if (QAccessibleInterface* said = announcement()) found << said;
        return found;
    }
};

/// The frame in what has the keyboard. Qt calls both focused, since one hands it on to the other.
class Frame : public QAccessibleWidget {
public:
    explicit Frame(QWidget* widget) : QAccessibleWidget(widget, QAccessible::Client) {}
    QString text(QAccessible::Text) const override { return {}; }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.focusable = state.focused = false;
        return state;
    }
};

/// Its viewport and its bars, as widgets. Qt's own interface is asked for a bar that has just gone
/// by whoever read the tree a moment before, looks behind the end of its list and ends the program.
class ScrolledPane : public QAccessibleWidget {
public:
    explicit ScrolledPane(QScrollArea* area) : QAccessibleWidget(area, QAccessible::Client) {}
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    if (object == qApp) return new Program;
    auto* widget = qobject_cast<QWidget*>(object);
    if (widget == nullptr) return nullptr;
    if (auto* menu = qobject_cast<QMenu*>(widget)) return new AccessibleMenu(menu);
    if (auto* bar = qobject_cast<QMenuBar*>(widget)) return new AccessibleMenu(bar);
    if (auto* combo = qobject_cast<QComboBox*>(widget)) return new AccessibleCombo(combo);
    if (auto* field = qobject_cast<QKeySequenceEdit*>(widget)) return new AccessibleKeyField(field);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        return qobject_cast<QHeaderView*>(view) != nullptr ? nullptr : new AccessibleRows(view);
    if (auto* area = qobject_cast<QScrollArea*>(widget)) return new ScrolledPane(area);
    if (widget->objectName() == QLatin1String("qt_scrollarea_viewport")) return new Frame(widget);
    return nullptr;
}

} // namespace

void installAccess()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        new ContextMenuKey(qApp);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace ui

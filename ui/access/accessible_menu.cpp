#include "ui/access/accessible_menu.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>

namespace ui {
namespace {

/// Without the mark of the letter to press: "&Open" is "Open", "A && B" is "A & B".
QString plain(const QString& text)
{
    QString words = text.section(u'\t', 0, 0);
    for (qsizetype i = words.indexOf(u'&'); i >= 0; i = words.indexOf(u'&', i + 1))
        words.remove(i, 1);
    return words;
}

QAction* activeOf(const QWidget* menu)
{
    if (const auto* bar = qobject_cast<const QMenuBar*>(menu)) return bar->activeAction();
    return static_cast<const QMenu*>(menu)->activeAction();
}

QAction* at(const QWidget* menu, const QPoint& place)
{
    if (const auto* bar = qobject_cast<const QMenuBar*>(menu)) return bar->actionAt(place);
    return static_cast<const QMenu*>(menu)->actionAt(place);
}

QRect placeOf(const QWidget* menu, QAction* action)
{
    if (const auto* bar = qobject_cast<const QMenuBar*>(menu)) return bar->actionGeometry(action);
    return static_cast<const QMenu*>(menu)->actionGeometry(action);
}

/// Opens, too, what opens from that entry of a bar.
void activate(QWidget* menu, QAction* action)
{
    if (auto* bar = qobject_cast<QMenuBar*>(menu))
        bar->setActiveAction(action);
    else
        static_cast<QMenu*>(menu)->setActiveAction(action);
}

class Entry : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    Entry(QWidget* menu, QAction* action) : menu_(menu), action_(action) {}

    QAction* action() const { return action_; }
    bool isValid() const override { return menu_ && action_; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override
    {
        return isValid() ? menu_->window()->windowHandle() : nullptr;
    }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(menu_);
    }
    int childCount() const override { return isValid() && action_->menu() != nullptr ? 1 : 0; }
    QAccessibleInterface* child(int index) const override
    {
        return index == 0 && childCount() > 0
                   ? QAccessible::queryAccessibleInterface(action_->menu())
                   : nullptr;
    }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        return child != nullptr && child == this->child(0) ? 0 : -1;
    }
    QString text(QAccessible::Text which) const override
    {
        if (!isValid()) return {};
        if (which == QAccessible::Name) return plain(action_->text());
        if (which == QAccessible::Accelerator)
            return action_->shortcut().toString(QKeySequence::NativeText);
        return {};
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        return isValid() ? placeOf(menu_, action_).translated(menu_->mapToGlobal(QPoint(0, 0)))
                         : QRect{};
    }
    QAccessible::Role role() const override
    {
        return isValid() && action_->isSeparator() ? QAccessible::Separator : QAccessible::MenuItem;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.invisible = !menu_->isVisible() || !action_->isVisible();
        state.disabled = !action_->isEnabled();
        if (action_->isSeparator()) return state;
        state.focusable = action_->isEnabled();
        state.focused = menu_->isVisible() && activeOf(menu_) == action_ &&
                        (action_->menu() == nullptr || !action_->menu()->isVisible());
        state.checkable = action_->isCheckable();
        state.checked = action_->isChecked();
        if (const QMenu* more = action_->menu()) {
            state.hasPopup = state.expandable = true;
            state.expanded = more->isVisible();
            state.collapsed = !more->isVisible();
        }
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override
    {
        if (!isValid() || action_->isSeparator() || !action_->isEnabled()) return {};
        return {action_->menu() != nullptr ? showMenuAction() : pressAction(), setFocusAction()};
    }
    void doAction(const QString& name) override
    {
        if (!actionNames().contains(name)) return;
        // After the call of the bus has been answered: what opens then may stay open.
        QMetaObject::invokeMethod(
            action_,
            [menu = menu_, action = action_, name] {
                if (menu && action) activate(menu, action);
                if (name != pressAction()) return; // a menu below opens with its active entry
                while (QWidget* popup = QApplication::activePopupWidget()) {
                    popup->close();
                    if (popup == QApplication::activePopupWidget()) break;
                }
                if (action) action->trigger();
            },
            Qt::QueuedConnection);
    }
    QStringList keyBindingsForAction(const QString&) const override
    {
        return isValid() ? QStringList{action_->shortcut().toString()} : QStringList{};
    }

private:
    QPointer<QWidget> menu_;
    QPointer<QAction> action_;
};

} // namespace

AccessibleMenu::AccessibleMenu(QMenu* menu) : QAccessibleWidget(menu, QAccessible::PopupMenu)
{
}

AccessibleMenu::AccessibleMenu(QMenuBar* bar) : QAccessibleWidget(bar, QAccessible::MenuBar)
{
}

AccessibleMenu::~AccessibleMenu()
{
    for (const QAccessible::Id id : std::as_const(entries_))
        QAccessible::deleteAccessibleInterface(id);
}

QMenu* AccessibleMenu::menu() const
{
    return qobject_cast<QMenu*>(widget());
}

QAccessibleInterface* AccessibleMenu::parent() const
{
    if (menu() == nullptr) return QAccessibleWidget::parent();
    QAction* entry = menu()->menuAction();
    for (QObject* place : entry->associatedObjects()) {
        auto* above = qobject_cast<QWidget*>(place);
        if (qobject_cast<QMenu*>(place) == nullptr && qobject_cast<QMenuBar*>(place) == nullptr)
            continue;
        return QAccessible::queryAccessibleInterface(above)->child(
            static_cast<int>(above->actions().indexOf(entry)));
    }
    return QAccessible::queryAccessibleInterface(qApp);
}

int AccessibleMenu::childCount() const
{
    return static_cast<int>(widget()->actions().size());
}

QAccessibleInterface* AccessibleMenu::child(int index) const
{
    QAction* action = widget()->actions().value(index);
    if (action == nullptr) return nullptr;
    auto at = entries_.constFind(action);
    // An action may lie where one lay that is gone.
    if (at != entries_.constEnd() && !QAccessible::accessibleInterface(*at)->isValid()) {
        QAccessible::deleteAccessibleInterface(*at);
        entries_.erase(at);
        at = entries_.constEnd();
    }
    if (at == entries_.constEnd())
        at = entries_.insert(
            action,
            QAccessible::registerAccessibleInterface(new Entry(widget(), action)));
    return QAccessible::accessibleInterface(*at);
}

int AccessibleMenu::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* entry = dynamic_cast<const Entry*>(child);
    return entry != nullptr && entry->isValid()
               ? static_cast<int>(widget()->actions().indexOf(entry->action()))
               : -1;
}

QAccessibleInterface* AccessibleMenu::childAt(int x, int y) const
{
    QAction* action = at(widget(), widget()->mapFromGlobal(QPoint(x, y)));
    return action != nullptr ? child(static_cast<int>(widget()->actions().indexOf(action)))
                             : nullptr;
}

QAccessibleInterface* AccessibleMenu::focusChild() const
{
    QAction* action = activeOf(widget());
    return action != nullptr ? child(static_cast<int>(widget()->actions().indexOf(action)))
                             : nullptr;
}

QString AccessibleMenu::text(QAccessible::Text which) const
{
    QString set = QAccessibleWidget::text(which);
    if (which != QAccessible::Name || !set.isEmpty()) return set;
    if (menu() == nullptr) return QCoreApplication::translate("ui", "Menus");
    QString title = plain(menu()->title());
    if (!title.isEmpty()) return title;
    // A menu without a title is that of the button or the list that opened it.
    const QList<QObject*> places = menu()->menuAction()->associatedObjects()
                                   << menu()->parent() << QApplication::focusWidget();
    for (QObject* place : places) {
        auto* widget = qobject_cast<QWidget*>(place);
        QAccessibleInterface* interface = widget != nullptr && widget != menu()
                                              ? QAccessible::queryAccessibleInterface(widget)
                                              : nullptr;
        QString name = interface != nullptr ? interface->text(QAccessible::Name) : QString();
        if (!name.isEmpty()) return name;
    }
    return QCoreApplication::translate("ui", "Menu");
}

QAccessible::State AccessibleMenu::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    // The keys go to the menu, whether or not one of its entries is chosen yet.
    const bool open = menu() != nullptr && QApplication::activePopupWidget() == menu();
    state.focusable = open;
    state.focused = open && menu()->activeAction() == nullptr;
    return state;
}

} // namespace ui

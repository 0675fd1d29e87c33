#include "ui/access/accessible_fields.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeySequenceEdit>

namespace ui {

QString AccessibleField::text(QAccessible::Text which) const
{
    return which == QAccessible::Value ? words() : QAccessibleWidget::text(which);
}

void* AccessibleField::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

void AccessibleField::selection(int, int* start, int* end) const
{
    *start = *end = 0;
}

QString AccessibleField::text(int start, int end) const
{
    return words().mid(start, end < 0 ? -1 : end - start);
}

int AccessibleField::characterCount() const
{
    return static_cast<int>(words().size());
}

QString AccessibleField::attributes(int, int* start, int* end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

AccessibleCombo::AccessibleCombo(QComboBox* combo) : AccessibleField(combo, QAccessible::ComboBox)
{
}

QComboBox* AccessibleCombo::combo() const
{
    return static_cast<QComboBox*>(widget());
}

QString AccessibleCombo::words() const
{
    return combo()->currentText();
}

QAccessible::State AccessibleCombo::state() const
{
    QAccessible::State state = AccessibleField::state();
    const bool open = combo()->view()->isVisible();
    state.expandable = state.hasPopup = true;
    state.expanded = open;
    state.collapsed = !open;
    state.editable = combo()->isEditable();
    if (open) state.focused = false; // its list has the keyboard
    return state;
}

QAccessibleInterface* AccessibleCombo::child(int index) const
{
    return index == 0 ? QAccessible::queryAccessibleInterface(combo()->view()) : nullptr;
}

int AccessibleCombo::indexOfChild(const QAccessibleInterface* child) const
{
    return child != nullptr && child->object() == combo()->view() ? 0 : -1;
}

QStringList AccessibleCombo::actionNames() const
{
    return {showMenuAction(), setFocusAction()};
}

void AccessibleCombo::doAction(const QString& name)
{
    if (!combo()->isEnabled()) return;
    if (name != showMenuAction()) return AccessibleField::doAction(name);
    // After the call of the bus has been answered: the list stays open.
    QMetaObject::invokeMethod(
        combo(),
        [combo = combo()] {
            if (combo->view()->isVisible())
                combo->hidePopup();
            else
                combo->showPopup();
        },
        Qt::QueuedConnection);
}

AccessibleKeyField::AccessibleKeyField(QKeySequenceEdit* field)
    : AccessibleField(field, QAccessible::EditableText)
{
}

QString AccessibleKeyField::words() const
{
    return static_cast<QKeySequenceEdit*>(widget())->keySequence().toString(
        QKeySequence::NativeText);
}

QAccessible::State AccessibleKeyField::state() const
{
    QAccessible::State state = AccessibleField::state();
    state.editable = true;
    return state;
}

} // namespace ui

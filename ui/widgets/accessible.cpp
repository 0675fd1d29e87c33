#include "ui/widgets/accessible.h"

#include "ui/access/announcer.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QWidget>

namespace ui {
namespace {

class Interface : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    Interface(QWidget* widget, Accessible* painted)
        : QAccessibleWidget(widget, painted->accessibleRole()), painted_(painted)
    {
    }

    // Asked anew: a button may become one of several that exclude one another.
    QAccessible::Role role() const override { return painted_->accessibleRole(); }
    QString text(QAccessible::Text which) const override
    {
        if (which == QAccessible::Value) return painted_->accessibleValueText();
        QString set = QAccessibleWidget::text(which);
        if (which == QAccessible::Name && set.isEmpty()) return painted_->accessibleWords();
        return set;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.focusable = state.focusable || state.focused;
        if (const auto* button = qobject_cast<QAbstractButton*>(object())) {
            const bool tab = role() == QAccessible::PageTab;
            state.pressed = button->isDown();
            state.checkable = button->isCheckable() && !tab;
            state.checked = state.checkable && button->isChecked();
            state.selectable = tab;
            state.selected = tab && button->isChecked();
        }
        return state;
    }
    QStringList actionNames() const override
    {
        QStringList names = QAccessibleWidget::actionNames();
        if (const auto* button = qobject_cast<QAbstractButton*>(object()))
            if (button->isEnabled()) names.prepend(press(*button));
        return names;
    }
    void doAction(const QString& name) override
    {
        auto* button = qobject_cast<QAbstractButton*>(object());
        if (button == nullptr || name != press(*button)) return QAccessibleWidget::doAction(name);
        // As a person does: a button that is toggled only would tell nobody that it was clicked.
        // Later: the call of the bus is answered first, whatever opens then.
        QMetaObject::invokeMethod(button, &QAbstractButton::click, Qt::QueuedConnection);
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return painted_->accessibleRange() ? static_cast<QAccessibleValueInterface*>(this)
                                               : nullptr;
        return QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return range().value; }
    void setCurrentValue(const QVariant& value) override
    {
        painted_->setAccessibleValue(value.toDouble());
    }
    QVariant minimumValue() const override { return range().minimum; }
    QVariant maximumValue() const override { return range().maximum; }
    QVariant minimumStepSize() const override { return range().step; }

private:
    QString press(const QAbstractButton& button) const
    {
        const bool toggles = button.isCheckable() && role() == QAccessible::CheckBox;
        return toggles ? toggleAction() : pressAction();
    }
    Accessible::Range range() const
    {
        return painted_->accessibleRange().value_or(Accessible::Range{});
    }

    Accessible* painted_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* painted = dynamic_cast<Accessible*>(object);
    auto* widget = qobject_cast<QWidget*>(object);
    return painted && widget ? new Interface(widget, painted) : nullptr;
}

} // namespace

Accessible::Accessible()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(installed);
}

void announceName(QWidget* widget)
{
    QAccessibleEvent event(widget, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void announceValue(QWidget* widget, double value)
{
    QAccessibleValueChangeEvent event(widget, value);
    QAccessible::updateAccessibility(&event);
}

void announceChosen(QWidget* tab)
{
    QAccessible::State changed;
    changed.selected = true;
    QAccessibleStateChangeEvent event(tab, changed);
    QAccessible::updateAccessibility(&event);
}

void announceAlert(QWidget* widget)
{
    if (QAccessible::isActive())
        if (const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget)) {
            const QString words = told->text(QAccessible::Value);
            const QString name = told->text(QAccessible::Name);
            announce(words.isEmpty() ? name : name + QStringLiteral(": ") + words);
        }
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace ui

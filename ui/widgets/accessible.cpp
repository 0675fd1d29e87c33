#include "ui/widgets/accessible.h"

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

    QString text(QAccessible::Text which) const override
    {
        if (which == QAccessible::Value) return painted_->accessibleValueText();
        QString set = QAccessibleWidget::text(which);
        if (which == QAccessible::Name && set.isEmpty()) return painted_->accessibleWords();
        return set;
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

void announceAlert(QWidget* widget)
{
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace ui

#pragma once

#include <optional>
#include <QAccessible>
#include <QString>

class QWidget;

namespace ui {

/// Mixed into a widget that paints what it says: role, words and value for assistive technology.
/// Derive (`class Tag : public QWidget, public Accessible`) and call announceChange() on a change.
/// Name and description set with setAccessibleName/Description win over accessibleWords().
class Accessible {
public:
    struct Range {
        double value = 0;
        double minimum = 0;
        double maximum = 1;
        double step = 0; // 0: the value cannot be set
    };

    Accessible();
    virtual ~Accessible() = default;
    virtual QAccessible::Role accessibleRole() const = 0;
    virtual QString accessibleWords() const = 0;
    /// "Microphone, minus 21 decibels": what the value means; empty: the number stands for itself.
    virtual QString accessibleValueText() const { return {}; }
    virtual std::optional<Range> accessibleRange() const { return std::nullopt; }
    virtual void setAccessibleValue(double) {}
};

/// Tells that the name of `widget` changed.
void announceName(QWidget* widget);
void announceValue(QWidget* widget, double value);
/// Tells that a tab was chosen, or is chosen no more.
void announceChosen(QWidget* tab);
/// Read at once by assistive technology: alarms, and answers that are finished.
void announceAlert(QWidget* widget);

} // namespace ui

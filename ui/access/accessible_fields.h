#pragma once

#include <QAccessibleWidget>

class QComboBox;
class QKeySequenceEdit;

namespace ui {

/// A field that holds words which are read, and not typed as words.
class AccessibleField : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    using QAccessibleWidget::QAccessibleWidget;

    QString text(QAccessible::Text which) const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    void selection(int selection, int* start, int* end) const override;
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int) const override { return rect(); }
    int offsetAtPoint(const QPoint&) const override { return 0; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int offset, int* start, int* end) const override;

protected:
    virtual QString words() const = 0;
};

/// A combo box by its label, with what is chosen as its words. Qt names it by what is chosen.
class AccessibleCombo : public AccessibleField {
public:
    explicit AccessibleCombo(QComboBox* combo);

    QAccessible::State state() const override;
    int childCount() const override { return 1; }
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QStringList actionNames() const override;
    void doAction(const QString& name) override;

protected:
    QString words() const override;

private:
    QComboBox* combo() const;
};

/// A field that takes a key. Qt tells of a frame that has the keyboard, around a text that only
/// shows what was pressed.
class AccessibleKeyField : public AccessibleField {
public:
    explicit AccessibleKeyField(QKeySequenceEdit* field);

    QAccessible::State state() const override;
    int childCount() const override { return 0; }

protected:
    QString words() const override;
};

} // namespace ui

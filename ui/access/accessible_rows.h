#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPersistentModelIndex>
#include <Qt>

class QAbstractItemView;

namespace ui {

/// What AccessibleRows reads of a model beside Qt's roles.
enum AccessibleRowRole {
    Unfolded = Qt::UserRole + 150, // bool; a row that has it can be folded
};

/// A list or table of Qt as a list of its rows, each said whole. Qt's own interface knows the rows
/// only: not the fields and buttons that lie on them, and it calls the current row focused also
/// while another control has the keyboard.
class AccessibleRows : public QAccessibleWidget {
public:
    explicit AccessibleRows(QAbstractItemView* view);
    ~AccessibleRows() override;

    /// A combo box for its list.
    QAccessibleInterface* parent() const override;
    /// Rows first, as many as the model has: events of Qt count them so. Then what lies on them.
    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text which) const override;
    /// The current row has the focus, not the list.
    QAccessible::State state() const override;

private:
    QAbstractItemView* view() const;
    int rowCount() const;
    QAccessibleInterface* row(int row) const;

    mutable QHash<QPersistentModelIndex, QAccessible::Id> rows_;
};

} // namespace ui

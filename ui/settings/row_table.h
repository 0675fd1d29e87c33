#pragma once

#include <QTableWidget>

namespace ui {

/// A table that is read and chosen row by row, by eye and by ear.
class RowTable : public QTableWidget {
    Q_OBJECT
public:
    explicit RowTable(const QStringList& heads, QWidget* parent = nullptr);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void
    selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
};

} // namespace ui

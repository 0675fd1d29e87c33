#include "ui/settings/row_table.h"

#include <QAccessible>
#include <QHeaderView>

namespace ui {

RowTable::RowTable(const QStringList& heads, QWidget* parent)
    : QTableWidget(0, static_cast<int>(heads.size()), parent)
{
    setHorizontalHeaderLabels(heads);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
}

// QTableView tells of cells, counted with their heads; the rows are what can be read.
void RowTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): past QTableView on purpose
    QAbstractItemView::currentChanged(current, previous);
    if (!current.isValid() || !hasFocus()) return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(current.row());
    QAccessible::updateAccessibility(&event);
}

void RowTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): likewise
    QAbstractItemView::selectionChanged(selected, deselected);
}

} // namespace ui

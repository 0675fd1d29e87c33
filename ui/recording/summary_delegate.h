#pragma once

#include "ui/recording/summary_model.h"

#include <QStyledItemDelegate>

class QTextLayout;

namespace ui::recording {

/// Draws a row of a summary: its words, the chips of its places behind them, owner and day of a
/// to-do at the end.
class SummaryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Which chip of the current row has the keyboard, and which one is in the evidence pane.
    void setFocusedChip(int chip) { focused_chip_ = chip; }
    void setShown(int row, int place);
    /// Index of the place whose chip is there; -1: none.
    int chipAt(const QStyleOptionViewItem& option, const QModelIndex& at, const QPoint& pos) const;
    QRect ground(const QStyleOptionViewItem& option) const;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;

private:
    struct Plan;
    Plan plan(const QRect& row, const QWidget* view, const QModelIndex& index) const;
    void paintTitle(QPainter&, const Plan&, const QModelIndex&) const;
    void paintFoot(QPainter&, const Plan&, const QModelIndex&) const;

    int focused_chip_ = 0;
    int shown_row_ = -1;
    int shown_place_ = 0;
};

} // namespace ui::recording

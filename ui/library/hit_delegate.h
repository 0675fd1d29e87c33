#pragma once

#include "ui/widgets/row_delegate.h"

#include <QHash>

namespace ui {

/// Rows of a search: how it got here as a tag, the snippet in one or two lines with the found words
/// marked, source and time below, the place at the right end.
class HitDelegate : public RowDelegate {
    Q_OBJECT
public:
    explicit HitDelegate(QObject* parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    bool helpEvent(
        QHelpEvent* event,
        QAbstractItemView* view,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

private:
    /// Where the parts of a row stand, in coordinates of the row.
    struct Places {
        QRect ground;
        QRect tag;
        QRect text;
        QRect chip;
    };
    Places places(const QRect& rect, const QModelIndex& index) const;
    int tagWidth() const;
};

} // namespace ui

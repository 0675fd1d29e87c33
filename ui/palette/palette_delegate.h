#pragma once

#include "ui/widgets/row_delegate.h"

namespace ui {

/// Rows of the palette: 40 px, icon, words with what was found, source in small, place or key at
/// the end.
class PaletteDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
};

} // namespace ui

#include "ui/recording/row_room.h"

#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <QScrollBar>

namespace ui::recording {

RowRoom rowRoom(const QRect& whole, const QWidget* view)
{
    constexpr int kMost_px = theme::kCentreMost_px + 2 * theme::kCentrePadding_px;
    RowRoom room{whole, theme::kCentrePadding_px};
    if (whole.width() > kMost_px) {
        room.row.setWidth(kMost_px);
        return room;
    }
    const auto* area = qobject_cast<const QAbstractScrollArea*>(view);
    if (area != nullptr && area->verticalScrollBar()->isVisible())
        room.right_px -= area->verticalScrollBar()->width();
    return room;
}

} // namespace ui::recording

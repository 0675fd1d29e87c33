#pragma once

#include <QRect>

class QWidget;

namespace ui::recording {

/// What a row uses of the width of its view: not more than the rows of other lists, however wide
/// the window is. Left to right; delegates mirror it.
struct RowRoom {
    QRect row;
    int right_px = 0; // padding, less a scroll bar that stands in it
};
RowRoom rowRoom(const QRect& whole, const QWidget* view);

} // namespace ui::recording

#pragma once

#include "ui/theme/theme.h"

#include <QPalette>

namespace ui::theme {

/// Roles of QPalette for one mode, the disabled group included. What a palette cannot say is read
/// with color().
QPalette makePalette(Mode mode, bool high_contrast);
/// A token of a mode; with high contrast lines are control lines and all text is `text`.
QColor tokenColor(Color which, Mode mode, bool high_contrast);
/// `over` with `opacity` on `ground`, as one opaque colour.
QColor mixed(const QColor& over, const QColor& ground, double opacity);

} // namespace ui::theme

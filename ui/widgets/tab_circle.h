#pragma once

class QWidget;

namespace ui {

/// The first widget below `panel` that Tab comes to, or the last; null where there is none.
QWidget* endOfTabs(QWidget* panel, bool last);

/// Keeps Tab inside `panel`: from its last control to its first, and back. False where the next
/// control is inside anyway.
bool goRound(QWidget* panel, bool next);

} // namespace ui

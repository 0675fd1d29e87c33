#pragma once

#include <QAccessible>
#include <QString>

namespace ui {

/// Said at once by a screen reader, wherever the keyboard is: an answer that is finished, an error,
/// what a list shows while its field has the keyboard. This Qt has no event for it; a notification
/// that appears is what all of them read.
void announce(const QString& words);

/// The notification of what was just announced, a child of the program; null after some seconds.
QAccessibleInterface* announcement();

} // namespace ui

#pragma once

#include <QString>

class QToolButton;
class QWidget;

namespace ui {

/// A flat button with an icon alone; `words` are tooltip and accessible name. Small: 24 px.
QToolButton*
makeToolButton(const QString& icon, const QString& words, QWidget* parent, bool small = true);

} // namespace ui

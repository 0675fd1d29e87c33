#pragma once

#include <QSize>
#include <QString>

class QPainter;
class QRect;

namespace ui {

/// "p. 17" on yellow at the end of a found row. A citation's chip without number and icon: the row
/// has the icon of its source already. `active`: its place is in the evidence pane.
QSize measurePlaceChip(const QString& words);
void paintPlaceChip(QPainter& painter, const QRect& rect, const QString& words, bool active);

} // namespace ui

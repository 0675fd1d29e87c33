#pragma once

#include <QJsonObject>

class QWidget;

namespace probe {

/// What the window shows now: its widgets with their places, the texts, areas and icons that they
/// draw with place, font and colour, and the ground that the display shows under each of them.
/// All in device-independent pixels of the window.
QJsonObject facts_of(QWidget& window);

} // namespace probe

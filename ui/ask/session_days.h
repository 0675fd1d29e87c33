#pragma once

#include <QDate>
#include <QString>

namespace ui {

/// "Today", "Yesterday", "Monday 9 November", in another year "Monday 9 November 2025": the heading
/// of the sessions of a day.
QString dayHeading(QDate day, QDate today);

} // namespace ui

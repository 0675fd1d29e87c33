#include "ui/ask/session_days.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

} // namespace

QString dayHeading(QDate day, QDate today)
{
    if (day == today) return tr("Today");
    if (day == today.addDays(-1)) return tr("Yesterday");
    //: day of the week, day and month, as in "Monday 9 November"
    const QString format = day.year() == today.year() ? tr("dddd d MMMM") : tr("dddd d MMMM yyyy");
    return QLocale().toString(day, format);
}

} // namespace ui

#include "ui/types.h"

#include <array>
#include <cmath>
#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("ui", text, nullptr, n);
}

} // namespace

PlaceKind placeKind(const std::string& source_kind, bool has_page)
{
    if (source_kind == "audio") return PlaceKind::Sound;
    if (source_kind == "video") return PlaceKind::Video;
    if (source_kind == "image") return PlaceKind::Picture;
    if (source_kind == "text" || !has_page) return PlaceKind::Text;
    return PlaceKind::Page;
}

QString placeWords(const Place& place)
{
    if (!place.located) return tr("no place");
    if (place.start_s) return clockWords(*place.start_s);
    if (place.kind == PlaceKind::Picture) return tr("picture");
    if (place.kind == PlaceKind::Text) return tr("part %1").arg(place.page);
    return tr("p. %1").arg(place.page);
}

QString clockWords(double seconds)
{
    if (!(seconds >= 0)) return QStringLiteral("–");
    const auto whole = static_cast<qint64>(seconds);
    const qint64 hours = whole / 3600;
    const qint64 minutes = whole / 60 % 60;
    const QChar zero(u'0');
    if (hours == 0)
        return QStringLiteral("%1:%2").arg(minutes, 2, 10, zero).arg(whole % 60, 2, 10, zero);
    return QStringLiteral("%1:%2:%3")
        .arg(hours)
        .arg(minutes, 2, 10, zero)
        .arg(whole % 60, 2, 10, zero);
}

QString sizeWords(std::uint64_t bytes)
{
    constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    const int decimals = unit == 0 || value >= 99.95 ? 0 : 1;
    return QStringLiteral("%1 %2").arg(
        QLocale().toString(value, 'f', decimals),
        QLatin1String(kUnits[unit]));
}

QString timeLeftWords(double seconds)
{
    const auto s = static_cast<qint64>(std::ceil(seconds));
    if (s < 60) return tr("%1 s left").arg(std::max<qint64>(s, 1));
    if (s < 600 && s % 60 >= 5) return tr("%1 min %2 s left").arg(s / 60).arg(s % 60 / 10 * 10);
    if (s < 5400) return tr("%1 min left").arg((s + 30) / 60);
    return tr("about %1 h left").arg((s + 1800) / 3600);
}

} // namespace ui

#include "base/expects.h"
#include "ui/theme/icon_engine.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initIcons()
{
    Q_INIT_RESOURCE(percept_icons);
}

namespace ui::theme {
namespace {

/// The drawing as it came, read once.
const QByteArray& drawing(const QString& name)
{
    static QHash<QString, QByteArray> drawings;
    auto found = drawings.find(name);
    if (found == drawings.end()) {
        initIcons();
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        const bool known = file.open(QIODevice::ReadOnly);
        if (!known) qCritical("no icon named %s", qUtf8Printable(name));
        EXPECTS(known);
        QByteArray svg = file.readAll();
        // Lucide's 2 is heavy beside text of 13 px.
        svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
        found = drawings.insert(name, svg);
    }
    return *found;
}

} // namespace

QPixmap iconPixmap(const QString& name, const QColor& ink, int size_px, qreal device_pixel_ratio)
{
    const QString key = QStringLiteral("percept-icon-%1-%2-%3-%4")
                            .arg(name)
                            .arg(ink.rgba())
                            .arg(size_px)
                            .arg(device_pixel_ratio);
    QPixmap kept;
    if (QPixmapCache::find(key, &kept)) return kept;
    QByteArray svg = drawing(name);
    svg.replace("currentColor", ink.name().toLatin1());
    QSvgRenderer renderer(svg);
    const int device_px = qRound(size_px * device_pixel_ratio);
    QPixmap made(device_px, device_px);
    made.fill(Qt::transparent);
    QPainter painter(&made);
    renderer.render(&painter);
    painter.end();
    made.setDevicePixelRatio(device_pixel_ratio);
    QPixmapCache::insert(key, made);
    return made;
}

QPixmap iconPixmap(const QString& name, Color which, int size_px, qreal device_pixel_ratio)
{
    return iconPixmap(name, color(which), size_px, device_pixel_ratio);
}

QIcon icon(const QString& name, Color normal)
{
    drawing(name);
    return QIcon(new IconEngine(name, normal));
}

QStringList iconNames()
{
    initIcons();
    QStringList names = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    for (QString& name : names) name.chop(4);
    return names;
}

QString ownName(const QIcon& icon)
{
    const QString name = icon.name();
    return name.startsWith(kIconNamePrefix) ? name.mid(kIconNamePrefix.size()) : QString();
}

QColor IconEngine::inked(QIcon::Mode mode, QIcon::State state) const
{
    if (mode == QIcon::Disabled) return disabledText(color(Color::Surface));
    if (state == QIcon::On) return color(Color::Accent);
    return color(normal_);
}

QPixmap
IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale)
{
    // `size` is in device pixels here.
    const int size_px = qRound(std::min(size.width(), size.height()) / scale);
    return iconPixmap(name_, inked(mode, state), size_px, scale);
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const int side = std::min(rect.width(), rect.height());
    const qreal ratio = painter->device()->devicePixelRatioF();
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    painter->drawPixmap(square, iconPixmap(name_, inked(mode, state), side, ratio));
}

} // namespace ui::theme

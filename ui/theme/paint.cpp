#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

namespace ui::theme {
namespace {

constexpr double kRing_px = 2;
constexpr double kRingGap_px = 1;
constexpr int kShadowBlur_px = 28;
constexpr int kShadowDown_px = 8;

/// Opacity of the shadow in a distance beyond the edge, 1 at the edge.
double falling(double distance_px)
{
    const double left = std::max(0.0, 1 - distance_px / kShadowBlur_px);
    return left * left * left;
}

/// The shadow around a square of one pixel, as four corners and four edges to be stretched.
QPixmap shadowPatch(const QColor& ink, qreal ratio)
{
    const QString key = QStringLiteral("percept-shadow-%1-%2").arg(ink.rgba()).arg(ratio);
    QPixmap kept;
    if (QPixmapCache::find(key, &kept)) return kept;
    const int radius = kShadowBlur_px + kCardRadius_px;
    const int side = static_cast<int>((2 * radius + 1) * ratio);
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const double middle = (side - 1) / 2.0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double away = std::hypot(x - middle, y - middle) / ratio - kCardRadius_px;
            const double opacity = ink.alphaF() * falling(std::max(away, 0.0));
            const int alpha = qRound(opacity * 255);
            image.setPixelColor(x, y, QColor(ink.red(), ink.green(), ink.blue(), alpha));
        }
    QPixmap made = QPixmap::fromImage(image);
    QPixmapCache::insert(key, made);
    return made;
}

} // namespace

void drawBox(
    QPainter& painter,
    const QRectF& rect,
    qreal radius,
    const QColor& ground,
    const QColor& edge)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!edge.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect, radius, radius);
    } else {
        // The edge as a second filled shape under the ground: crisp at any scale.
        QPainterPath outer;
        outer.addRoundedRect(rect, radius, radius);
        QPainterPath inner;
        const qreal inside = std::max(radius - 1, 0.0);
        inner.addRoundedRect(rect.adjusted(1, 1, -1, -1), inside, inside);
        if (ground.isValid() && ground.alpha() != 0) painter.fillPath(inner, ground);
        painter.fillPath(outer.subtracted(inner), edge);
    }
    painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(Color::Accent), kRing_px));
    const qreal out = kRingGap_px + kRing_px / 2;
    painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out, radius + out);
    painter.restore();
}

QColor veil()
{
    return mode() == Mode::Light ? QColor(0x12, 0x1A, 0x1C, 71) : QColor(0x04, 0x06, 0x07, 140);
}

QColor disabledText(const QColor& ground)
{
    return mixed(color(Color::Text3), ground, 0.55);
}

void drawShadow(QPainter& painter, const QRectF& rect)
{
    const QColor ink = mode() == Mode::Light ? QColor(0x0A, 0x10, 0x12, 51) : QColor(0, 0, 0, 140);
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap patch = shadowPatch(ink, ratio);
    const qreal corner = kShadowBlur_px + kCardRadius_px;
    const qreal source = corner * ratio;
    // The shape that throws the shadow ends kCardRadius_px inside its own rounded corner.
    const QRectF out =
        rect.translated(0, kShadowDown_px)
            .adjusted(-kShadowBlur_px, -kShadowBlur_px, kShadowBlur_px, kShadowBlur_px);
    const qreal xs[] = {out.left(), out.left() + corner, out.right() - corner, out.right()};
    const qreal ys[] = {out.top(), out.top() + corner, out.bottom() - corner, out.bottom()};
    const qreal ps[] = {0, source, source + ratio, 2 * source + ratio};
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column) {
            const QRectF target(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]));
            const QRectF from(QPointF(ps[column], ps[row]), QPointF(ps[column + 1], ps[row + 1]));
            if (target.width() > 0 && target.height() > 0) painter.drawPixmap(target, patch, from);
        }
    painter.restore();
}

} // namespace ui::theme

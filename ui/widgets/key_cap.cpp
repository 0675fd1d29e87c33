#include "ui/widgets/key_cap.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int kHeight_px = 18;
constexpr int kPadding_px = 6; // the edge's pixel included

} // namespace

KeyCap::KeyCap(const QString& keys, QWidget* parent) : QWidget(parent), keys_(keys)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyCap::setKeys(const QString& keys)
{
    if (keys == keys_) return;
    keys_ = keys;
    announceName(this);
    updateGeometry();
    update();
}

QSize KeyCap::measure(const QString& keys)
{
    const QFontMetrics metrics(theme::font(theme::Step::Caption));
    return {
        metrics.horizontalAdvance(keys) + 2 * kPadding_px,
        std::max(kHeight_px, metrics.height() + 2)};
}

void KeyCap::paint(QPainter& painter, const QRect& rect, const QString& keys)
{
    painter.save();
    theme::drawBox(
        painter,
        rect,
        theme::kChipRadius_px,
        theme::color(theme::Color::Pane),
        theme::color(theme::Color::Line));
    painter.setFont(theme::font(theme::Step::Caption));
    painter.setPen(theme::color(theme::Color::Text2));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, keys);
    painter.restore();
}

QSize KeyCap::sizeHint() const
{
    return measure(keys_);
}

QString KeyCap::accessibleWords() const
{
    return tr("Key %1").arg(keys_);
}

void KeyCap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), keys_);
}

void KeyCap::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateGeometry();
}

} // namespace ui

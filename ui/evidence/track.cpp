#include "ui/evidence/track.h"

#include "ui/theme/theme.h"
#include "ui/types.h"

#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {
namespace {

constexpr double kStep_s = 5;
constexpr double kSmallStep_s = 1;
constexpr int kBar_px = 6;
constexpr int kKnob_px = 14;
constexpr int kEdge_px = 2; // on both sides, so that the first tick is whole

} // namespace

QString spokenTime(double seconds)
{
    const auto whole = static_cast<int>(std::max(0.0, seconds));
    const int hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
    if (hours > 0) return Track::tr("%1 hours %2 minutes %3").arg(hours).arg(minutes).arg(rest);
    if (minutes > 0) return Track::tr("%1 minutes %2").arg(minutes).arg(rest);
    return Track::tr("%1 seconds").arg(rest);
}

Track::Track(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(height_px_);
    setLayoutDirection(Qt::LeftToRight); // times are not mirrored
}

void Track::setClose(bool close)
{
    height_px_ = close ? kCloseHeight_px : kHeight_px;
    setFixedHeight(height_px_);
}

void Track::setDuration(double seconds)
{
    duration_s_ = std::max(0.0, seconds);
    update();
}

void Track::setPosition(double seconds)
{
    if (dragging_) return;
    const int before = xOf(position_s_);
    position_s_ = std::clamp(seconds, 0.0, duration_s_);
    if (xOf(position_s_) != before) update();
    // Playing is heard; assistive technology is told the value every five seconds, not every frame.
    if (const int now = static_cast<int>(position_s_ / 5); now != announced_s_) {
        announced_s_ = now;
        announceValue(this, position_s_);
    }
}

void Track::setCitations(std::vector<double> times_s)
{
    citations_ = std::move(times_s);
    update();
}

void Track::setGaps(std::vector<Span> gaps)
{
    gaps_ = std::move(gaps);
    update();
}

int Track::xOf(double seconds) const
{
    if (duration_s_ <= 0) return kEdge_px;
    return kEdge_px + qRound(seconds / duration_s_ * (width() - 2 * kEdge_px));
}

double Track::secondsAt(int x) const
{
    const double part = double(x - kEdge_px) / std::max(width() - 2 * kEdge_px, 1);
    return std::clamp(part, 0.0, 1.0) * duration_s_;
}

QString Track::accessibleWords() const
{
    return tr("Position");
}

QString Track::accessibleValueText() const
{
    return tr("Position %1 of %2").arg(spokenTime(position_s_), spokenTime(duration_s_));
}

std::optional<Accessible::Range> Track::accessibleRange() const
{
    return Range{position_s_, 0, duration_s_, kStep_s};
}

void Track::setAccessibleValue(double value)
{
    seek(value);
}

void Track::seek(double seconds)
{
    position_s_ = std::clamp(seconds, 0.0, duration_s_);
    update();
    announceValue(this, position_s_);
    Q_EMIT seekWanted(position_s_);
}

void Track::paintEvent(QPaintEvent*)
{
    using theme::Color;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int middle = middleLine();
    const QRectF bar(kEdge_px, middle - kBar_px / 2.0, width() - 2 * kEdge_px, kBar_px);
    theme::drawBox(painter, bar, kBar_px / 2.0, theme::color(Color::MeterTrack));
    const int at = xOf(position_s_);
    if (at > kEdge_px) {
        QRectF played = bar;
        played.setRight(at);
        theme::drawBox(painter, played, kBar_px / 2.0, theme::color(Color::Accent));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::color(Color::Record));
    for (const Span& gap : gaps_) {
        const int from = xOf(gap.start_s);
        painter.drawRect(QRectF(from, bar.top(), std::max(xOf(gap.end_s) - from, 2), kBar_px));
    }
    for (const double time : citations_) {
        const QRectF tick(xOf(time) - 2, middle - 6, 4, 12);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::color(Color::CiteEdge));
        painter.drawRoundedRect(tick.adjusted(-1, -1, 1, 1), 3, 3);
        painter.setBrush(theme::color(Color::CiteActive));
        painter.drawRoundedRect(tick, 2, 2);
    }
    if (duration_s_ > 0) {
        const double radius = kKnob_px / 2.0;
        painter.setPen(QPen(theme::color(Color::Accent), 2));
        painter.setBrush(theme::color(Color::Surface));
        // The handle stays inside where the ring needs the edge.
        const double x = std::clamp<double>(at, radius, width() - radius);
        painter.drawEllipse(QPointF(x, middle), radius - 1, radius - 1);
    }
    if (ring_)
        theme::drawFocusRing(painter, QRectF(rect()).adjusted(3, 3, -3, -3), theme::kChipRadius_px);
}

void Track::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    dragging_ = true;
    mouseMoveEvent(event);
}

void Track::mouseMoveEvent(QMouseEvent* event)
{
    if (!dragging_) return;
    position_s_ = secondsAt(qRound(event->position().x()));
    update();
}

void Track::mouseReleaseEvent(QMouseEvent*)
{
    if (!dragging_) return;
    dragging_ = false;
    // A press near a tick means the tick.
    for (const double time : citations_)
        if (std::abs(xOf(time) - xOf(position_s_)) <= 4) position_s_ = time;
    seek(position_s_);
}

void Track::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? kSmallStep_s : kStep_s;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
        return seek(position_s_ + step);
    case Qt::Key_Left:
    case Qt::Key_Down:
        return seek(position_s_ - step);
    case Qt::Key_Home:
        return seek(0);
    case Qt::Key_End:
        return seek(duration_s_);
    case Qt::Key_PageUp:
        return seek(position_s_ + duration_s_ / 10);
    case Qt::Key_PageDown:
        return seek(position_s_ - duration_s_ / 10);
    default:
        event->ignore();
    }
}

void Track::focusInEvent(QFocusEvent* event)
{
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
            event->reason() == Qt::ShortcutFocusReason;
    update();
}

void Track::focusOutEvent(QFocusEvent*)
{
    ring_ = false;
    update();
}

void Track::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

bool Track::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), clockWords(secondsAt(help->pos().x())), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace ui

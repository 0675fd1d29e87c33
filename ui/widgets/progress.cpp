#include "ui/widgets/progress.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include <cmath>

namespace ui {
namespace {

constexpr int kBar_px = 4;
constexpr int kPass_ms = 1200;
constexpr int kTick_ms = 33;
constexpr double kSlidingShare = 0.22;
constexpr double kStripe_px = 8;

QColor inkOf(ProgressBar::State state)
{
    switch (state) {
    case ProgressBar::State::Paused:
        return theme::color(theme::Color::LineControl);
    case ProgressBar::State::Failed:
        return theme::color(theme::Color::Record);
    case ProgressBar::State::Known:
    case ProgressBar::State::Unknown:
        break;
    }
    return theme::color(theme::Color::Accent);
}

/// Part of the bar from `start` to `end`, both 0..1, cut by the bar's round ends.
void fillPart(QPainter& painter, const QRectF& rect, double start, double end, const QColor& ink)
{
    const double from = std::max(start, 0.0);
    const double to = std::min(end, 1.0);
    if (to <= from) return;
    const QRectF part(
        rect.left() + rect.width() * from,
        rect.top(),
        rect.width() * (to - from),
        rect.height());
    theme::drawBox(painter, part, std::min(rect.height(), part.width()) / 2, ink);
}

void fillStripes(QPainter& painter, const QRectF& rect, const QColor& ink)
{
    painter.save();
    QPainterPath shape;
    shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(shape);
    for (double x = rect.left() - rect.height(); x < rect.right(); x += 2 * kStripe_px) {
        QPainterPath stripe;
        stripe.moveTo(x, rect.bottom());
        stripe.lineTo(x + rect.height(), rect.top());
        stripe.lineTo(x + rect.height() + kStripe_px, rect.top());
        stripe.lineTo(x + kStripe_px, rect.bottom());
        painter.fillPath(stripe, ink);
    }
    painter.restore();
}

} // namespace

ProgressBar::ProgressBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(kBar_px);
}

void ProgressBar::setFraction(double fraction)
{
    if (state_ == State::Unknown) setState(State::Known);
    const double wanted = std::clamp(fraction, 0.0, 1.0);
    if (!(wanted > fraction_)) return;
    fraction_ = wanted;
    update();
    const int quarters = static_cast<int>(fraction_ * 4);
    if (quarters == announced_quarters_) return;
    announced_quarters_ = quarters;
    announceValue(this, std::round(fraction_ * 100));
    Q_EMIT announced(static_cast<int>(std::lround(fraction_ * 100)));
}

void ProgressBar::setState(State state)
{
    if (state == state_) return;
    state_ = state;
    updateSliding();
    update();
}

void ProgressBar::reset()
{
    fraction_ = 0;
    announced_quarters_ = 0;
    setState(State::Known);
    update();
}

void ProgressBar::paint(QPainter& painter, const QRectF& rect, double fraction, State state)
{
    theme::drawBox(painter, rect, rect.height() / 2, theme::color(theme::Color::MeterTrack));
    if (state == State::Unknown || fraction < 0)
        fillStripes(painter, rect, inkOf(state));
    else
        fillPart(painter, rect, 0, fraction, inkOf(state));
}

QString ProgressBar::accessibleWords() const
{
    return tr("Progress");
}

QString ProgressBar::accessibleValueText() const
{
    QString percent = tr("%1 %").arg(std::round(fraction_ * 100));
    switch (state_) {
    case State::Unknown:
        return tr("Length not known");
    case State::Paused:
        return tr("Paused at %1").arg(percent);
    case State::Failed:
        return tr("Failed at %1").arg(percent);
    case State::Known:
        break;
    }
    return percent;
}

std::optional<Accessible::Range> ProgressBar::accessibleRange() const
{
    return Range{std::round(fraction_ * 100), 0, 100, 0};
}

void ProgressBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool slides = state_ == State::Unknown && timer_id_ != 0;
    if (!slides) {
        paint(painter, rect(), fraction_, state_);
        return;
    }
    theme::drawBox(painter, rect(), height() / 2.0, theme::color(theme::Color::MeterTrack));
    const double pass =
        static_cast<double>(sliding_since_.elapsed() % kPass_ms) / static_cast<double>(kPass_ms);
    double start = pass * (1 + kSlidingShare) - kSlidingShare;
    if (layoutDirection() == Qt::RightToLeft) start = 1 - start - kSlidingShare;
    fillPart(painter, rect(), start, start + kSlidingShare, inkOf(state_));
}

void ProgressBar::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == timer_id_)
        update();
    else
        QWidget::timerEvent(event);
}

void ProgressBar::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateSliding();
}

void ProgressBar::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    updateSliding();
}

void ProgressBar::updateSliding()
{
    const bool wanted = state_ == State::Unknown && isVisible() && !theme::reducedMotion();
    if (wanted && timer_id_ == 0) {
        timer_id_ = startTimer(kTick_ms);
        sliding_since_.start();
    } else if (!wanted && timer_id_ != 0) {
        killTimer(timer_id_);
        timer_id_ = 0;
    }
}

ProgressRow::ProgressRow(QWidget* parent)
    : QWidget(parent), bar_(new ProgressBar(this)), phase_(new ElidedLabel(QString(), this)),
      left_(new ElidedLabel(QString(), this)), cancel_(new QPushButton(tr("Cancel"), this))
{
    phase_->setStep(theme::Step::Small);
    left_->setStep(theme::Step::Small);
    left_->setColor(theme::Color::Text3);
    left_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    theme::setRole(cancel_, theme::Role::Link);
    theme::setSmall(cancel_);
    connect(cancel_, &QPushButton::clicked, this, &ProgressRow::cancelled);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(8);
    words->addWidget(phase_, 1);
    words->addWidget(left_);
    words->addWidget(cancel_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(bar_);
    column->addLayout(words);
}

void ProgressRow::setPhase(const QString& phase)
{
    phase_->setText(phase);
    updateName();
}

void ProgressRow::setTimeLeft(const QString& words)
{
    left_->setText(words);
    updateName();
}

void ProgressRow::setCancellable(bool on)
{
    cancel_->setVisible(on);
}

void ProgressRow::updateName()
{
    const QString left = left_->text();
    bar_->setAccessibleName(
        left.isEmpty() ? phase_->text() : tr("%1, %2").arg(phase_->text(), left));
}

} // namespace ui

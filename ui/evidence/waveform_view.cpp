#include "ui/evidence/waveform_view.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <QMouseEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int kBar_px = 2; // and a pixel between two
constexpr int kPitch_px = 3;
constexpr int kLeastBar_px = 4;
constexpr double kFull = 0.6; // of speech: louder is cut, or quiet voices were flat lines

} // namespace

WaveformView::WaveformView(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(kHeight_px);
    setLayoutDirection(Qt::LeftToRight);
}

void WaveformView::setRange(double start_s, double end_s)
{
    if (start_s == start_s_ && end_s == end_s_) return;
    start_s_ = start_s;
    end_s_ = end_s;
    peaks_ = {};
    bars_ = {};
    update();
    announceName(this);
    if (end_s_ > start_s_ && width() > 0) Q_EMIT peaksWanted(start_s_, end_s_, columns());
}

void WaveformView::setPeaks(const SoundPeaks& peaks)
{
    if (std::abs(peaks.start_s - start_s_) > 0.01 || std::abs(peaks.end_s - end_s_) > 0.01) return;
    peaks_ = peaks;
    bars_ = {};
    update();
}

void WaveformView::setCited(std::optional<double> start_s, std::optional<double> end_s)
{
    cited_start_s_ = start_s;
    cited_end_s_ = end_s;
    bars_ = {};
    update();
    announceName(this);
}

void WaveformView::setGaps(std::vector<storage::Gap> gaps)
{
    gaps_ = std::move(gaps);
    bars_ = {};
    update();
}

void WaveformView::setPosition(double seconds)
{
    const int before = xOf(position_s_), now = xOf(seconds);
    position_s_ = seconds;
    if (before == now) return;
    update(before - 2, 0, 5, height());
    update(now - 2, 0, 5, height());
}

int WaveformView::xOf(double seconds) const
{
    if (end_s_ <= start_s_) return -10;
    return qRound((seconds - start_s_) / (end_s_ - start_s_) * width());
}

int WaveformView::columns() const
{
    return std::max(width() / kPitch_px, 1);
}

QString WaveformView::accessibleWords() const
{
    QString words = tr("Sound %1 to %2").arg(clockWords(start_s_), clockWords(end_s_));
    if (!cited_start_s_) return words;
    return tr("%1, cited %2 to %3")
        .arg(
            words,
            clockWords(*cited_start_s_),
            clockWords(cited_end_s_.value_or(*cited_start_s_)));
}

void WaveformView::render()
{
    using theme::Color;
    bars_ = QPixmap(size() * devicePixelRatioF());
    bars_.setDevicePixelRatio(devicePixelRatioF());
    bars_.fill(Qt::transparent);
    QPainter painter(&bars_);
    const int cited_from = cited_start_s_ ? xOf(*cited_start_s_) : -1;
    const int cited_to = cited_start_s_ ? xOf(cited_end_s_.value_or(*cited_start_s_)) : -1;
    if (cited_start_s_) {
        QColor ground = theme::color(Color::Cite);
        ground.setAlphaF(0.45f);
        painter.fillRect(
            QRect(cited_from, 0, std::max(cited_to - cited_from, 2), height()),
            ground);
    }
    for (const storage::Gap& gap : gaps_) {
        const int from = xOf(gap.start_s);
        painter.fillRect(
            QRect(from, height() / 2 - 2, std::max(xOf(gap.end_s) - from, 2), 4),
            theme::color(Color::Record));
    }
    QColor plain = theme::color(Color::Text3);
    plain.setAlphaF(0.55f);
    const QColor cited = theme::color(Color::CiteEdge);
    const auto count = static_cast<int>(peaks_.low.size());
    const double pitch = count > 0 ? double(width()) / count : kPitch_px;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double loud = std::max(std::abs(peaks_.low[at]), std::abs(peaks_.high[at]));
        const int most = height() - 8;
        const int tall = std::clamp(qRound(loud / kFull * most), kLeastBar_px, most);
        const double x = i * pitch;
        const bool in_span = cited_start_s_ && x + kBar_px > cited_from && x < cited_to;
        painter.setBrush(in_span ? cited : plain);
        painter.drawRoundedRect(QRectF(x, (height() - tall) / 2.0, kBar_px, tall), 1, 1);
    }
}

void WaveformView::paintEvent(QPaintEvent*)
{
    if (bars_.isNull() || bars_.devicePixelRatio() != devicePixelRatioF()) render();
    QPainter painter(this);
    painter.drawPixmap(0, 0, bars_);
    if (position_s_ >= start_s_ && position_s_ <= end_s_)
        painter.fillRect(
            QRect(std::min(xOf(position_s_), width() - 2), 0, 2, height()),
            theme::color(theme::Color::Accent));
}

void WaveformView::resizeEvent(QResizeEvent*)
{
    bars_ = {};
    if (end_s_ > start_s_ && static_cast<int>(peaks_.low.size()) != columns())
        Q_EMIT peaksWanted(start_s_, end_s_, columns());
}

void WaveformView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || end_s_ <= start_s_) return;
    const double part = std::clamp(event->position().x() / std::max(width(), 1), 0.0, 1.0);
    Q_EMIT seekWanted(start_s_ + part * (end_s_ - start_s_));
}

void WaveformView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    bars_ = {};
    update();
}

} // namespace ui

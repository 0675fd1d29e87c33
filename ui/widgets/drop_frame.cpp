#include "ui/widgets/drop_frame.h"

#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr QMargins kInside_px{24, 16, 24, 16};
constexpr double kDash_px = 3;
constexpr double kDashGap_px = 2;

} // namespace

DropFrame::DropFrame(QWidget* parent) : QFrame(parent)
{
}

void DropFrame::setDragging(bool on)
{
    if (on == dragging_) return;
    dragging_ = on;
    update();
}

void DropFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width_px = dragging_ ? 2 : 1.5;
    QPen pen(
        theme::color(dragging_ ? theme::Color::Accent : theme::Color::LineControl),
        width_px,
        dragging_ ? Qt::SolidLine : Qt::CustomDashLine);
    pen.setCapStyle(Qt::FlatCap); // a square cap would fill the gaps
    if (!dragging_) pen.setDashPattern({kDash_px / width_px, kDashGap_px / width_px});
    painter.setPen(pen);
    painter.setBrush(
        dragging_ ? QBrush(theme::color(theme::Color::AccentTint)) : QBrush(Qt::NoBrush));
    const double half = width_px / 2;
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(half, half, -half, -half),
        theme::kCardRadius_px,
        theme::kCardRadius_px);
}

DropCover::DropCover(QWidget* parent)
    : DropFrame(parent), words_(new TextLabel({}, theme::Step::Heading, theme::Color::Text, this))
{
    words_->setAlignment(Qt::AlignCenter);
    words_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words_);
    setDragging(true);
    hide();
}

void DropCover::cover(const QWidget* below, const QString& words)
{
    QWidget* window = below->window();
    if (parentWidget() != window) setParent(window);
    words_->setText(words);
    setGeometry(
        QRect(below->mapTo(window, QPoint(0, 0)), below->size()).marginsRemoved(kInside_px));
    raise();
    show();
}

} // namespace ui

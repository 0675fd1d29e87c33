#include "ui/widgets/elided_label.h"

#include "ui/widgets/text_lines.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent) : QWidget(parent), text_(text)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    updateFont();
}

void ElidedLabel::setText(const QString& text)
{
    if (text == text_) return;
    text_ = text;
    announceName(this);
    updateGeometry();
    updateToolTip();
    update();
}

void ElidedLabel::setStep(theme::Step step, bool strong)
{
    step_ = step;
    strong_ = strong;
    updateFont();
}

void ElidedLabel::setColor(theme::Color color)
{
    color_ = color;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    alignment_ = alignment;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    mode_ = mode;
    update();
}

void ElidedLabel::setMonospace(bool on)
{
    monospace_ = on;
    updateFont();
}

bool ElidedLabel::isCut() const
{
    return fontMetrics().horizontalAdvance(text_) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins margins = contentsMargins();
    return {
        fontMetrics().horizontalAdvance(text_) + 1 + margins.left() + margins.right(),
        theme::lineHeight(step_) + margins.top() + margins.bottom()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int least = fontMetrics().horizontalAdvance(QStringLiteral("mm…"));
    return {std::min(sizeHint().width(), least), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(
        isEnabled() ? theme::color(color_)
                    : theme::disabledText(theme::color(theme::Color::Surface)));
    const QRect room = contentsRect();
    painter.drawText(
        roomForText(room, fontMetrics()),
        QStyle::visualAlignment(layoutDirection(), alignment_) | Qt::TextSingleLine,
        fontMetrics().elidedText(text_, mode_, room.width()));
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
    // The application's font changed and reached us; ours is measured from it.
    if (event->type() == QEvent::FontChange) updateFont();
}

void ElidedLabel::updateFont()
{
    const QFont wanted = monospace_ ? theme::monospace() : theme::font(step_, strong_);
    if (font() == wanted) return;
    setFont(wanted);
    updateGeometry();
    updateToolTip();
    update();
}

void ElidedLabel::updateToolTip()
{
    setToolTip(isCut() ? text_ : QString());
}

} // namespace ui

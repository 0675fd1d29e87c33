#include "ui/widgets/text_label.h"

#include "ui/widgets/text_lines.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

TextLabel::TextLabel(const QString& text, theme::Step step, theme::Color color, QWidget* parent)
    : QLabel(text, parent), step_(step), color_(color)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    updateLook();
}

void TextLabel::setStep(theme::Step step, bool strong)
{
    step_ = step;
    strong_ = strong;
    updateLook();
}

void TextLabel::setColor(theme::Color color)
{
    color_ = color;
    updateLook();
}

bool TextLabel::paintsItself() const
{
    const bool selectable =
        textInteractionFlags().testAnyFlags(Qt::TextSelectableByMouse | Qt::TextEditorInteraction);
    return textFormat() == Qt::PlainText && !selectable;
}

TextLines TextLabel::linesFor(int width) const
{
    QTextOption option(QStyle::visualAlignment(layoutDirection(), alignment()));
    option.setTextDirection(layoutDirection());
    option.setWrapMode(wordWrap() ? QTextOption::WordWrap : QTextOption::ManualWrap);
    TextLines lines(text(), font(), theme::lineHeight(step_), option);
    lines.layOut(width);
    return lines;
}

QSize TextLabel::sizeHint() const
{
    const QSize given = QLabel::sizeHint();
    return paintsItself() ? QSize(given.width(), heightForWidth(given.width())) : given;
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize given = QLabel::minimumSizeHint();
    if (!paintsItself()) return given;
    return {given.width(), wordWrap() ? theme::lineHeight(step_) : heightForWidth(given.width())};
}

int TextLabel::heightForWidth(int width) const
{
    if (!paintsItself()) return QLabel::heightForWidth(width);
    const QMargins margins = contentsMargins();
    return linesFor(width - margins.left() - margins.right()).height() + margins.top() +
           margins.bottom();
}

void TextLabel::paintEvent(QPaintEvent* event)
{
    if (!paintsItself()) return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QRect room = contentsRect();
    const TextLines lines = linesFor(room.width());
    int top = room.top();
    if (alignment().testFlag(Qt::AlignVCenter)) top += (room.height() - lines.height()) / 2;
    if (alignment().testFlag(Qt::AlignBottom)) top += room.height() - lines.height();
    lines.draw(painter, QPointF(room.left(), top));
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    const bool ours = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (ours && !updating_) updateLook();
}

void TextLabel::updateLook()
{
    updating_ = true;
    setFont(theme::font(step_, strong_));
    QPalette look;
    look.setColor(QPalette::Active, foregroundRole(), theme::color(color_));
    look.setColor(QPalette::Inactive, foregroundRole(), theme::color(color_));
    look.setColor(
        QPalette::Disabled,
        foregroundRole(),
        theme::disabledText(theme::color(theme::Color::Surface)));
    setPalette(look);
    updating_ = false;
}

} // namespace ui

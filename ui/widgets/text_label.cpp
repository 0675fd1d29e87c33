#include "ui/widgets/text_label.h"

#include <QEvent>

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

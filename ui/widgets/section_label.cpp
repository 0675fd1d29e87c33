#include "ui/widgets/section_label.h"

namespace ui {

SectionLabel::SectionLabel(const QString& text, QWidget* parent) : ElidedLabel(text, parent)
{
    setStep(theme::Step::Caption, true);
    setColor(theme::Color::Text3);
}

} // namespace ui

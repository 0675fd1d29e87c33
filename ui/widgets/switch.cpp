#include "ui/widgets/switch.h"

#include "ui/theme/style.h"

namespace ui {

Switch::Switch(const QString& text, QWidget* parent) : QCheckBox(text, parent)
{
    setProperty(theme::kSwitchProperty, true);
    if (text.isEmpty()) theme::setFocusRadius(this, 9);
}

} // namespace ui

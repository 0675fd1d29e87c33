#include "ui/evidence/tool_button.h"

#include "ui/theme/theme.h"

#include <QToolButton>

namespace ui {

QToolButton* makeToolButton(const QString& icon, const QString& words, QWidget* parent, bool small)
{
    auto* button = new QToolButton(parent);
    const int size_px = small ? 24 : 28;
    button->setIcon(theme::icon(icon));
    button->setIconSize(small ? QSize(14, 14) : QSize(16, 16));
    button->setFixedSize(size_px, size_px);
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(button, theme::Role::Flat);
    theme::setSmall(button, small);
    return button;
}

} // namespace ui

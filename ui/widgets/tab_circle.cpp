#include "ui/widgets/tab_circle.h"

#include <QApplication>
#include <QWidget>

namespace ui {

QWidget* endOfTabs(QWidget* panel, bool last)
{
    QWidget* found = nullptr;
    for (QWidget* at = panel->nextInFocusChain(); at && at != panel; at = at->nextInFocusChain()) {
        if (!panel->isAncestorOf(at) || !at->isVisible() || !at->isEnabled()) continue;
        if (!(at->focusPolicy() & Qt::TabFocus)) continue;
        found = at;
        if (!last) break;
    }
    return found;
}

bool goRound(QWidget* panel, bool next)
{
    const QWidget* focus = QApplication::focusWidget();
    const bool inside = focus != nullptr && panel->isAncestorOf(focus);
    if (inside && focus != endOfTabs(panel, next)) return false;
    if (QWidget* other = endOfTabs(panel, !next))
        other->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace ui

#include "ui/theme/style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QTableView>

namespace ui::theme {
namespace {

QStyleOptionViewItem::ViewItemPosition positionInRow(const QModelIndex& index)
{
    if (!index.isValid()) return QStyleOptionViewItem::OnlyOne;
    const int last = index.model()->columnCount(index.parent()) - 1;
    if (last == 0) return QStyleOptionViewItem::OnlyOne;
    if (index.column() == 0) return QStyleOptionViewItem::Beginning;
    return index.column() == last ? QStyleOptionViewItem::End : QStyleOptionViewItem::Middle;
}

} // namespace

void Style::drawRowPanel(const QStyleOptionViewItem& option, QPainter& painter) const
{
    const bool selected = option.state.testFlag(State_Selected);
    const bool hovered =
        option.state.testFlag(State_MouseOver) && option.state.testFlag(State_Enabled);
    if (option.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, option.backgroundBrush);
    if (!selected && !hovered) return;
    // A row of a table is one ground from end to end; only its ends are round.
    qreal radius = kControlRadius_px;
    QRectF ground = option.rect;
    painter.save();
    painter.setClipRect(option.rect);
    auto position = option.viewItemPosition;
    // A table view does not say it.
    if (position == QStyleOptionViewItem::Invalid && qobject_cast<const QTableView*>(option.widget))
        position = positionInRow(option.index);
    if (position == QStyleOptionViewItem::Beginning) ground.adjust(0, 0, radius, 0);
    if (position == QStyleOptionViewItem::End) ground.adjust(-radius, 0, 0, 0);
    if (position == QStyleOptionViewItem::Middle) radius = 0;
    drawBox(painter, ground, radius, color(selected ? Color::AccentTint : Color::Hover));
    if (selected && highContrast()) {
        painter.setPen(QPen(color(Color::Accent), 2));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), radius, radius);
    }
    painter.restore();
}

void Style::drawHeaderSection(const QStyleOption& option, QPainter& painter) const
{
    painter.fillRect(option.rect, color(Color::Surface));
    QRect line = option.rect;
    line.setTop(line.bottom());
    painter.fillRect(line, color(Color::Line));
}

void Style::drawBranch(const QStyleOption& option, QPainter& painter) const
{
    if (!option.state.testFlag(State_Children)) return;
    const QPointF middle = QRectF(option.rect).center();
    QPainterPath chevron;
    if (option.state.testFlag(State_Open)) {
        chevron.moveTo(middle + QPointF(-4, -2));
        chevron.lineTo(middle + QPointF(0, 2));
        chevron.lineTo(middle + QPointF(4, -2));
    } else {
        const qreal way = option.direction == Qt::RightToLeft ? -1 : 1;
        chevron.moveTo(middle + QPointF(-2 * way, -4));
        chevron.lineTo(middle + QPointF(2 * way, 0));
        chevron.lineTo(middle + QPointF(-2 * way, 4));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Color::Text2), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(chevron);
    painter.restore();
}

} // namespace ui::theme

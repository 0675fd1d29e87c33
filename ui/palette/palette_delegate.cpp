#include "ui/palette/palette_delegate.h"

#include "ui/palette/palette_model.h"
#include "ui/palette/place_chip.h"
#include "ui/widgets/key_cap.h"

#include <algorithm>
#include <QIcon>
#include <QPainter>

namespace ui {
namespace {

constexpr int kIcon_px = 16;
constexpr int kInset_px = 12;

using theme::Color;

bool isHead(const QModelIndex& index)
{
    return index.data(row::Header).toBool();
}

int rowHeight()
{
    return theme::lineHeight(theme::Step::Body) + 20;
}

/// Chip or key cap at the right end; answers where it begins.
int paintEndOf(QPainter& painter, const QRect& room, const QModelIndex& index, bool current)
{
    const QString key = index.data(row::Key).toString();
    const QString place = index.data(PaletteModel::ChipRole).toString();
    if (place.isEmpty() && key.isEmpty()) return room.right() + 1;
    const QSize size = place.isEmpty() ? KeyCap::measure(key) : measurePlaceChip(place);
    QRect rect({}, size);
    rect.moveCenter(room.center());
    rect.moveRight(room.right());
    if (place.isEmpty())
        KeyCap::paint(painter, rect, key);
    else
        paintPlaceChip(painter, rect, place, current);
    return rect.left() - kInset_px;
}

void paintIcon(QPainter& painter, const QRect& rect, const QModelIndex& index)
{
    const QString name = index.data(row::Icon).toString();
    const qreal ratio = painter.device()->devicePixelRatioF();
    if (!name.isEmpty())
        painter.drawPixmap(rect, theme::iconPixmap(name, Color::Text2, kIcon_px, ratio));
    else
        index.data(Qt::DecorationRole).value<QIcon>().paint(&painter, rect);
}

} // namespace

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {0, isHead(index) ? theme::lineHeight(theme::Step::Caption) + 16 : rowHeight()};
}

void PaletteDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const QString text = index.data().toString();
    if (isHead(index)) {
        const QRect rect = option.rect.adjusted(16, 12, -16, -4);
        drawMarkedLine(
            *painter,
            rect,
            text,
            theme::font(theme::Step::Caption, true),
            theme::color(Color::Text3));
        return;
    }
    const QRect ground = option.rect.adjusted(margin(), 0, -margin(), 0);
    const bool current = option.state & QStyle::State_Selected;
    drawRowGround(*painter, ground, option);
    QRect room = ground.adjusted(kInset_px, 0, -kInset_px, 0);
    if (!(index.flags() & Qt::ItemIsSelectable)) {
        drawMarkedLine(
            *painter,
            room,
            text,
            theme::font(theme::Step::Body),
            theme::color(Color::Text3));
        return;
    }
    room.setRight(paintEndOf(*painter, room, index, current) - 1);
    QRect icon({}, QSize(kIcon_px, kIcon_px));
    icon.moveCenter(room.center());
    icon.moveLeft(room.left());
    paintIcon(*painter, icon, index);
    room.setLeft(icon.right() + 1 + kInset_px);

    const QFont font = theme::font(theme::Step::Body);
    const auto marks = index.data(row::Marks).value<row::Spans>();
    const int width = std::min(QFontMetrics(font).horizontalAdvance(text) + 1, room.width());
    QRect first = room;
    first.setWidth(width);
    drawMarkedLine(*painter, first, text, font, theme::color(Color::Text), marks);
    room.setLeft(first.right() + 1 + kInset_px);
    const QString second = index.data(row::Second).toString();
    if (second.isEmpty() || room.width() < 40) return;
    drawMarkedLine(
        *painter,
        room,
        second,
        theme::font(theme::Step::Small),
        theme::color(Color::Text3));
}

} // namespace ui

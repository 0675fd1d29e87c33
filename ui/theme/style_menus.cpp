#include "ui/theme/style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace ui::theme {
namespace {

constexpr int kItem_px = 28;
constexpr int kPadding_px = 12;
constexpr int kIcon_px = 16;
constexpr int kMargin_px = 4;
constexpr int kArrow_px = 16;
// Between the words and the key, which stands right.
constexpr int kKeyGap_px = 32;
constexpr int kSeparator_px = 9;

struct Words {
    QString text;
    QString key;
};

Words wordsOf(const QString& both)
{
    const auto tab = both.indexOf(u'\t');
    return tab < 0 ? Words{both, {}} : Words{both.left(tab), both.mid(tab + 1)};
}

} // namespace

QSize Style::menuItemSize(const QStyleOptionMenuItem& option) const
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) return {10, kSeparator_px};
    const QFontMetrics metrics(option.font);
    const Words words = wordsOf(option.text);
    int width = 2 * (kPadding_px + kMargin_px) + kIcon_px + kGap_px +
                metrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, words.text).width();
    if (!words.key.isEmpty()) width += kKeyGap_px + metrics.horizontalAdvance(words.key);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) width += kArrow_px;
    return {width, std::max(kItem_px, metrics.height() + 8)};
}

void Style::drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter) const
{
    const QRect& rect = option.rect;
    painter.save();
    painter.fillRect(rect, color(Color::Raised));
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(rect.left(), rect.center().y(), rect.width(), 1, color(Color::Line));
        painter.restore();
        return;
    }
    const bool enabled = option.state.testFlag(State_Enabled);
    if (enabled && option.state.testFlag(State_Selected))
        drawBox(
            painter,
            rect.adjusted(kMargin_px, 0, -kMargin_px, 0),
            kControlRadius_px,
            color(Color::Hover));
    const QRect inside = rect.adjusted(kMargin_px + kPadding_px, 0, -kMargin_px - kPadding_px, 0);
    const QRect icon(
        inside.left(),
        rect.top() + (rect.height() - kIcon_px) / 2,
        kIcon_px,
        kIcon_px);
    const QRect mark = visualRect(option.direction, rect, icon);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        painter.drawPixmap(
            mark,
            iconPixmap(
                QStringLiteral("check"),
                Color::Accent,
                kIcon_px,
                painter.device()->devicePixelRatioF()));
    else if (!option.icon.isNull())
        option.icon
            .paint(&painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    const Words words = wordsOf(option.text);
    const QRect text =
        visualRect(option.direction, rect, inside.adjusted(kIcon_px + kGap_px, 0, 0, 0));
    painter.setFont(option.font);
    painter.setPen(enabled ? color(Color::Text) : disabledText(color(Color::Raised)));
    const int mnemonic = proxy()->styleHint(SH_UnderlineShortcut, &option, nullptr)
                             ? Qt::TextShowMnemonic
                             : Qt::TextHideMnemonic;
    painter.drawText(
        text,
        Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | mnemonic,
        words.text);
    if (!words.key.isEmpty()) {
        if (enabled) painter.setPen(color(Color::Text3));
        painter.drawText(
            text,
            Qt::AlignVCenter | Qt::AlignTrailing | Qt::TextSingleLine,
            words.key);
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const qreal way = option.direction == Qt::RightToLeft ? -1 : 1;
        const QRect room = visualRect(
            option.direction,
            rect,
            QRect(inside.right() - kArrow_px / 2, rect.top(), kArrow_px / 2, rect.height()));
        const QPointF middle = QRectF(room).center();
        QPainterPath chevron;
        chevron.moveTo(middle + QPointF(-2 * way, -4));
        chevron.lineTo(middle + QPointF(2 * way, 0));
        chevron.lineTo(middle + QPointF(-2 * way, 4));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(Color::Text2), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(chevron);
    }
    painter.restore();
}

void Style::drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter) const
{
    painter.fillRect(option.rect, color(Color::Window));
    const bool enabled = option.state.testFlag(State_Enabled);
    if (enabled && (option.state.testFlag(State_Selected) || option.state.testFlag(State_Sunken)))
        drawBox(painter, option.rect, kChipRadius_px, color(Color::Hover));
    painter.setPen(enabled ? color(Color::Text) : disabledText(color(Color::Window)));
    const int mnemonic = proxy()->styleHint(SH_UnderlineShortcut, &option, nullptr)
                             ? Qt::TextShowMnemonic
                             : Qt::TextHideMnemonic;
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextSingleLine | mnemonic, option.text);
}

} // namespace ui::theme

#include "ui/widgets/row_delegate.h"

#include "ui/theme/style.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/text_lines.h"

#include <cmath>
#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

namespace ui {
namespace {

constexpr int kRow_px = 32;
constexpr int kTwoLineRow_px = 48;
constexpr int kHeaderTop_px = 12;
constexpr int kHeaderBottom_px = 4;
constexpr int kPadding_px = 8;
constexpr int kGap_px = 8;
constexpr int kIcon_px = 16;
constexpr int kBigIcon_px = 20;
constexpr int kMarkRadius_px = 2;

QString textOf(const QModelIndex& index, int role)
{
    return index.data(role).toString();
}

theme::Color colorOf(const QModelIndex& index, int role, theme::Color otherwise)
{
    const QVariant said = index.data(role);
    return said.isValid() ? static_cast<theme::Color>(said.toInt()) : otherwise;
}

bool isHead(const QModelIndex& index)
{
    return index.data(row::Header).toBool();
}

/// Parts at the right end, from the right: caption, key, tag.
struct End {
    QString trailing;
    QString key;
    QString tag;
    int width() const
    {
        int all = 0;
        const auto add = [&all](int part) { all += part + kGap_px; };
        if (!trailing.isEmpty())
            add(QFontMetrics(theme::font(theme::Step::Caption)).horizontalAdvance(trailing));
        if (!key.isEmpty()) add(KeyCap::measure(key).width());
        if (!tag.isEmpty()) add(Tag::measure(tag).width());
        return all;
    }
};

End endOf(const QModelIndex& index)
{
    return {textOf(index, row::Trailing), textOf(index, row::Key), textOf(index, row::TagText)};
}

int twoLineHeight()
{
    return std::max(
        kTwoLineRow_px,
        theme::lineHeight(theme::Step::Body) + theme::lineHeight(theme::Step::Caption) + 12);
}

} // namespace

/// Where the parts of a row go; left to right, mirrored when painted.
struct RowDelegate::Plan {
    QRect ground;
    QRect icon;
    QRect first;
    QRect second;
};

QString rowWords(const QModelIndex& index)
{
    QStringList parts;
    for (const int role :
         {static_cast<int>(Qt::DisplayRole),
          int(row::Second),
          int(row::TagText),
          int(row::Trailing)})
        if (const QString part = textOf(index, role); !part.isEmpty()) parts << part;
    return parts.join(QStringLiteral(", "));
}

RowDelegate::RowDelegate(QObject* parent) : QStyledItemDelegate(parent)
{
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    if (isHead(index))
        return {0, kHeaderTop_px + theme::lineHeight(theme::Step::Caption) + kHeaderBottom_px};
    if (two_lines_ || !textOf(index, row::Second).isEmpty()) return {0, twoLineHeight()};
    return {0, std::max(kRow_px, theme::lineHeight(theme::Step::Body) + 8)};
}

RowDelegate::Plan RowDelegate::plan(const QRect& rect, const QModelIndex& index, int end_px) const
{
    Plan made;
    made.ground = rect.adjusted(margin_px_, 0, -margin_px_, 0);
    QRect inside = made.ground.adjusted(kPadding_px, 0, -kPadding_px - end_px, 0);
    const bool two = !textOf(index, row::Second).isEmpty();
    if (!textOf(index, row::Icon).isEmpty()) {
        const int side = two ? kBigIcon_px : kIcon_px;
        made.icon = {inside.left(), inside.top() + (inside.height() - side) / 2, side, side};
        inside.setLeft(made.icon.right() + 1 + (two ? kGap_px + 4 : kGap_px));
    }
    if (!two) {
        made.first = inside;
        return made;
    }
    const int first = theme::lineHeight(theme::Step::Body);
    const int second = theme::lineHeight(theme::Step::Caption);
    const int top = inside.top() + (inside.height() - first - second) / 2;
    made.first = {inside.left(), top, inside.width(), first};
    // The second line has the room under the caption too.
    made.second = {inside.left(), top + first + 1, inside.width(), second};
    return made;
}

void RowDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    using theme::Color;
    painter->save();
    const auto mirrored = [&](const QRect& found) {
        return QStyle::visualRect(option.direction, option.rect, found);
    };
    if (isHead(index)) {
        const QRect room = option.rect.adjusted(
            margin_px_ + kPadding_px,
            kHeaderTop_px,
            -margin_px_ - kPadding_px,
            -kHeaderBottom_px);
        drawMarkedLine(
            *painter,
            mirrored(room),
            textOf(index, Qt::DisplayRole),
            theme::font(theme::Step::Caption, true),
            theme::color(Color::Text3));
        painter->restore();
        return;
    }
    QRect room = option.rect.adjusted(margin_px_ + kPadding_px, 0, -margin_px_ - kPadding_px, 0);
    drawRowGround(*painter, option.rect.adjusted(margin_px_, 0, -margin_px_, 0), option);
    const int end = paintEnd(*painter, room, option, index);
    const Plan made = plan(option.rect, index, end);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (!made.icon.isNull())
        painter->drawPixmap(
            mirrored(made.icon),
            theme::iconPixmap(
                textOf(index, row::Icon),
                enabled ? colorOf(index, row::IconColor, Color::Text2) : Color::Text3,
                made.icon.width(),
                painter->device()->devicePixelRatioF()));
    const bool faded = !enabled || index.data(row::Faded).toBool();
    drawMarkedLine(
        *painter,
        mirrored(made.first),
        textOf(index, Qt::DisplayRole),
        theme::font(theme::Step::Body, index.data(row::Strong).toBool()),
        theme::color(faded ? Color::Text3 : Color::Text),
        index.data(row::Marks).value<row::Spans>());
    if (!made.second.isNull())
        drawMarkedLine(
            *painter,
            mirrored(made.second),
            textOf(index, row::Second),
            theme::font(theme::Step::Caption),
            theme::color(Color::Text3),
            index.data(row::SecondMarks).value<row::Spans>());
    painter->restore();
}

int RowDelegate::paintEnd(
    QPainter& painter,
    const QRect& room,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const End end = endOf(index);
    int right = room.right() + 1;
    const auto take = [&](const QSize& size) {
        right -= size.width();
        const QRect found(
            right,
            room.top() + (room.height() - size.height()) / 2,
            size.width(),
            size.height());
        right -= kGap_px;
        return QStyle::visualRect(option.direction, option.rect, found);
    };
    if (!end.trailing.isEmpty()) {
        const QFont font = theme::font(theme::Step::Caption);
        const int width = QFontMetrics(font).horizontalAdvance(end.trailing);
        painter.setFont(font);
        painter.setPen(theme::color(colorOf(index, row::TrailingColor, theme::Color::Text3)));
        painter.drawText(
            take({width, room.height()}),
            Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip,
            end.trailing);
    }
    if (!end.key.isEmpty()) KeyCap::paint(painter, take(KeyCap::measure(end.key)), end.key);
    if (!end.tag.isEmpty())
        Tag::paint(
            painter,
            take(Tag::measure(end.tag)),
            end.tag,
            static_cast<TagKind>(index.data(row::TagKindOf).toInt()));
    return end.width();
}

bool RowDelegate::helpEvent(
    QHelpEvent* event,
    QAbstractItemView* view,
    const QStyleOptionViewItem& option,
    const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList cut;
    if (const QString own = textOf(index, Qt::ToolTipRole); !own.isEmpty()) cut << own;
    const Plan made = plan(option.rect, index, endOf(index).width());
    const auto check = [&cut](const QString& text, const QFont& font, int width) {
        if (QFontMetrics(font).horizontalAdvance(text) > width) cut << text;
    };
    const bool strong = index.data(row::Strong).toBool();
    check(
        textOf(index, Qt::DisplayRole),
        theme::font(theme::Step::Body, strong),
        made.first.width());
    check(textOf(index, row::Second), theme::font(theme::Step::Caption), made.second.width());
    if (cut.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), cut.join(u'\n'), view->viewport(), option.rect);
    return true;
}

void drawRowGround(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option)
{
    using theme::Color;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver) &&
                         option.state.testFlag(QStyle::State_Enabled);
    if (selected || hovered)
        theme::drawBox(
            painter,
            rect,
            theme::kControlRadius_px,
            theme::color(selected ? Color::AccentTint : Color::Hover));
    const bool focused =
        option.state.testFlag(QStyle::State_HasFocus) && theme::focusIsByKeyboard();
    if (focused || (selected && theme::highContrast()))
        theme::drawFocusRing(
            painter,
            QRectF(rect).adjusted(3, 3, -3, -3),
            theme::kControlRadius_px - 3);
}

bool drawMarkedLine(
    QPainter& painter,
    const QRect& rect,
    const QString& text,
    const QFont& font,
    const QColor& color,
    const row::Spans& marks)
{
    if (rect.width() <= 0) return !text.isEmpty();
    const QFontMetrics metrics(font);
    QString one = text;
    one.replace(u'\n', u' ');
    const QString shown = metrics.elidedText(one, Qt::ElideRight, rect.width());
    const bool cut = shown != one;
    painter.setFont(font);
    if (marks.isEmpty()) {
        painter.setPen(color);
        painter.drawText(
            roomForText(rect, metrics),
            Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
            shown);
        return cut;
    }
    // Before the ellipsis the shown text is the beginning of the whole one.
    const auto last = static_cast<int>(cut ? shown.size() - 1 : shown.size());
    QTextLayout layout(shown, font);
    QTextOption direction(Qt::AlignLeading);
    direction.setTextDirection(painter.layoutDirection());
    direction.setWrapMode(QTextOption::NoWrap); // a fraction of a pixel must not take the last word
    layout.setTextOption(direction);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    const QPointF at(rect.left(), rect.top() + std::floor((rect.height() - line.height()) / 2));
    QList<QTextLayout::FormatRange> formats;
    for (const auto& [start, length] : marks) {
        const int from = std::clamp(start, 0, last);
        const int to = std::clamp(start + length, from, last);
        if (to == from) continue;
        const qreal a = line.cursorToX(from);
        const qreal b = line.cursorToX(to);
        theme::drawBox(
            painter,
            {at.x() + std::min(a, b) - 1, at.y(), std::abs(b - a) + 2, line.height()},
            kMarkRadius_px,
            theme::color(theme::Color::Cite));
        QTextLayout::FormatRange format;
        format.start = from;
        format.length = to - from;
        format.format.setForeground(theme::color(theme::Color::OnCite));
        formats << format;
    }
    painter.setPen(color);
    layout.draw(&painter, at, formats);
    return cut;
}

} // namespace ui

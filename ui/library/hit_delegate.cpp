#include "ui/library/hit_delegate.h"

#include "ui/library/hit_model.h"
#include "ui/library/marked_text.h"
#include "ui/palette/hit_words.h"
#include "ui/palette/place_chip.h"

#include <algorithm>
#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {
namespace {

constexpr int kMostLines = 2;
constexpr int kPadding_px = 9;
constexpr int kInset_px = 12;
constexpr int kIcon_px = 12;
constexpr int kLeastTag_px = 64;
constexpr int kHeadTop_px = 12;
constexpr int kFirstHeadTop_px = 10; // the chips above it have air of their own
constexpr int kHeadBottom_px = 2;

using theme::Color;
using theme::Step;

bool isHead(const QModelIndex& index)
{
    return index.data(row::Header).toBool();
}

int headTop(const QModelIndex& index)
{
    return index.row() == 0 ? kFirstHeadTop_px : kHeadTop_px;
}

/// The text of reading, set as close as a row wants it.
int snippetLine()
{
    return theme::lineHeight(Step::Body);
}

QFont snippetFont()
{
    return theme::font(Step::Reading);
}

MarkedText snippet(const QModelIndex& index, int width)
{
    return {
        index.data().toString(),
        index.data(row::Marks).value<FoundWords>(),
        snippetFont(),
        static_cast<qreal>(width),
        kMostLines};
}

} // namespace

HitDelegate::HitDelegate(QObject* parent) : RowDelegate(parent)
{
    setMargin(kInset_px);
}

int HitDelegate::tagWidth() const
{
    int width = kLeastTag_px;
    for (std::size_t i = 0; i < kHitGroups; ++i)
        width = std::max(width, Tag::measure(groupWords(static_cast<HitGroup>(i))).width());
    return width;
}

HitDelegate::Places HitDelegate::places(const QRect& rect, const QModelIndex& index) const
{
    Places places;
    places.ground = rect.adjusted(margin(), 0, -margin(), 0);
    QRect room = places.ground.adjusted(kInset_px, kPadding_px, -kInset_px, -kPadding_px);
    const int drop = (snippetLine() - 18) / 2;
    places.tag = QRect(room.topLeft() + QPoint(0, drop), QSize(tagWidth(), 18));
    const QString place = index.data(HitModel::ChipRole).toString();
    const QSize size = place.isEmpty() ? QSize(0, 18) : measurePlaceChip(place);
    places.chip = QRect(QPoint(room.right() + 1 - size.width(), room.top() + drop), size);
    places.text = room;
    places.text.setLeft(places.tag.right() + 1 + kInset_px);
    places.text.setRight(places.chip.left() - 1 - (size.width() > 0 ? kInset_px : 0));
    return places;
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (isHead(index))
        return {0, headTop(index) + theme::lineHeight(Step::Caption) + kHeadBottom_px};
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    const Places at = places(QRect(0, 0, width, 100), index);
    const int lines = std::max(snippet(index, at.text.width()).lines(), 1);
    return {0, 2 * kPadding_px + lines * snippetLine() + 2 + theme::lineHeight(Step::Small)};
}

void HitDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    if (isHead(index)) {
        const int inset = margin() + kInset_px;
        drawMarkedLine(
            *painter,
            option.rect.adjusted(inset, headTop(index), -inset, -kHeadBottom_px),
            index.data().toString(),
            theme::font(Step::Caption, true),
            theme::color(Color::Text3));
        return;
    }
    const bool current = option.state & QStyle::State_Selected;
    const Places at = places(option.rect, index);
    drawRowGround(*painter, at.ground, option);

    theme::drawBox(
        *painter,
        at.tag,
        theme::kChipRadius_px,
        theme::color(current ? Color::Surface : Color::Sunken));
    drawMarkedLine(
        *painter,
        at.tag.adjusted(6, 0, -4, 0),
        index.data(HitModel::GroupRole).toString(),
        theme::font(Step::Caption),
        theme::color(Color::Text2));

    const MarkedText text = snippet(index, at.text.width());
    text.draw(*painter, at.text.topLeft(), snippetLine(), theme::color(Color::Text));
    const QString place = index.data(HitModel::ChipRole).toString();
    if (!place.isEmpty()) paintPlaceChip(*painter, at.chip, place, current);

    QRect source(
        at.text.left(),
        at.text.top() + std::max(text.lines(), 1) * snippetLine() + 2,
        at.text.width(),
        theme::lineHeight(Step::Small));
    const qreal ratio = painter->device()->devicePixelRatioF();
    QRect icon({}, QSize(kIcon_px, kIcon_px));
    icon.moveCenter(source.center());
    icon.moveLeft(source.left());
    painter->drawPixmap(
        icon,
        theme::iconPixmap(index.data(row::Icon).toString(), Color::Text3, kIcon_px, ratio));
    source.setLeft(icon.right() + 1 + 6);
    drawMarkedLine(
        *painter,
        source,
        index.data(HitModel::SourceRole).toString(),
        theme::font(Step::Small),
        theme::color(Color::Text3));
}

bool HitDelegate::helpEvent(
    QHelpEvent* event,
    QAbstractItemView* view,
    const QStyleOptionViewItem& option,
    const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid() || isHead(index)) return false;
    const bool cut = snippet(index, places(option.rect, index).text.width()).elided();
    QToolTip::showText(event->globalPos(), cut ? index.data().toString() : QString(), view);
    return true;
}

} // namespace ui

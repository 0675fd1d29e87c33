#include "ui/recording/summary_delegate.h"

#include "ui/recording/row_room.h"
#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"
#include "ui/widgets/tag.h"

#include <algorithm>
#include <memory>
#include <QAbstractScrollArea>
#include <QLocale>
#include <QPainter>
#include <QTextLayout>

namespace ui::recording {
namespace {

using RowKind = SummaryModel::RowKind;

constexpr int kLinePadding_px = 3;
constexpr int kActionPadding_px = 5;
constexpr int kTitleAbove_px = 14;
constexpr int kBullet_px = 18; // from the left edge to the text
constexpr int kDue_px = 60;
constexpr int kChipGap_px = 6;

const SummaryModel& modelOf(const QModelIndex& index)
{
    return *static_cast<const SummaryModel*>(index.model());
}

theme::Step stepOf(RowKind kind)
{
    switch (kind) {
    case RowKind::Title:
        return theme::Step::Title;
    case RowKind::Line:
        return theme::Step::Reading;
    default:
        return theme::Step::Small;
    }
}

} // namespace

/// Where everything of one row stands.
struct SummaryDelegate::Plan {
    QRect row;
    QRect ground;
    QRect words; // left, top and width of the text
    int words_height_px = 0;
    std::unique_ptr<QTextLayout> text = std::make_unique<QTextLayout>();
    std::vector<QRect> chips;
    QRect owner;
    QRect due;
    int height_px = 0;
};

SummaryDelegate::Plan
SummaryDelegate::plan(const QRect& whole, const QWidget* view, const QModelIndex& index) const
{
    const auto& model = modelOf(index);
    const auto& shown = model.row(index.row());
    const auto [row, right_px] = rowRoom(whole, view);
    Plan at;
    at.row = whole;
    at.ground = row.adjusted(theme::kCentrePadding_px - 8, 0, -(right_px - 8), 0);
    QRect inside = row.adjusted(theme::kCentrePadding_px, 0, -right_px, 0);
    inside.setWidth(std::min(inside.width(), theme::kReadingColumn_px));

    const bool action =
        shown.kind == RowKind::Line && model.sectionOf(index.row())->kind == ListKind::Actions;
    int above_px = kLinePadding_px;
    int below_px = kLinePadding_px;
    if (action) above_px = below_px = kActionPadding_px;
    if (shown.kind == RowKind::Title) {
        above_px = index.row() == 0 ? 0 : kTitleAbove_px - kLinePadding_px;
        below_px = 6 - kLinePadding_px;
    }
    if (shown.kind == RowKind::Coverage) above_px = 24;

    at.words = inside;
    at.words.setTop(row.top() + above_px);
    if (shown.kind == RowKind::Line) at.words.setLeft(inside.left() + kBullet_px);
    if (shown.kind == RowKind::Missing) at.words.setLeft(inside.left() + 20);
    if (action) {
        const auto& line = *model.lineOf(index.row());
        const int y = at.words.top() + 1;
        at.due = QRect(inside.right() + 1 - kDue_px, y, kDue_px, 20);
        int end = at.due.left() - theme::kGap_px;
        if (!line.owner.isEmpty()) {
            const QSize tag = Tag::measure(line.owner);
            const int width_px = std::min(tag.width(), inside.width() / 4);
            at.owner = QRect(end - width_px, y + 1, width_px, tag.height());
            end = at.owner.left() - theme::kGap_px;
        }
        at.words.setRight(end - 1);
    }

    const auto step = stepOf(shown.kind);
    const int pitch_px = theme::lineHeight(step);
    at.text->setText(shown.text);
    at.text->setFont(theme::font(step));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    at.text->setTextOption(option);
    at.text->beginLayout();
    int lines = 0;
    qreal last_px = 0;
    for (;; ++lines) {
        QTextLine text = at.text->createLine();
        if (!text.isValid()) break;
        text.setLineWidth(at.words.width());
        text.setPosition({0, lines * pitch_px + (pitch_px - text.height()) / 2});
        last_px = text.naturalTextWidth();
    }
    at.text->endLayout();
    lines = std::max(lines, 1);

    if (const auto* line = model.lineOf(index.row())) {
        int x = static_cast<int>(last_px) + kChipGap_px;
        int chip_line = lines - 1;
        for (const auto& place : line->places) {
            const QSize chip = measure(citationChip(place));
            if (x + chip.width() > at.words.width()) {
                x = 0;
                ++chip_line;
            }
            at.chips.emplace_back(
                at.words.left() + x,
                at.words.top() + chip_line * pitch_px + (pitch_px - chip.height()) / 2 + 1,
                chip.width(),
                chip.height());
            x += chip.width() + kChipGap_px;
        }
        lines = std::max(lines, chip_line + 1);
    }
    at.words_height_px = lines * pitch_px;
    at.words.setHeight(at.words_height_px);
    at.height_px = above_px + at.words_height_px + below_px;
    if (view != nullptr && view->layoutDirection() == Qt::RightToLeft) {
        const auto mirror = [&](QRect& rect) {
            rect = QStyle::visualRect(Qt::RightToLeft, whole, rect);
        };
        for (QRect* rect : {&at.ground, &at.words, &at.owner, &at.due}) mirror(*rect);
        for (QRect& chip : at.chips) mirror(chip);
    }
    return at;
}

void SummaryDelegate::setShown(int row, int place)
{
    shown_row_ = row;
    shown_place_ = place;
}

QSize SummaryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(option.widget);
    const int width_px = area == nullptr ? theme::kReadingColumn_px : area->viewport()->width();
    return {width_px, plan(QRect(0, 0, width_px, 40), option.widget, index).height_px};
}

QRect SummaryDelegate::ground(const QStyleOptionViewItem& option) const
{
    const int side_px = theme::kCentrePadding_px - 8;
    return QStyle::visualRect(
        option.direction,
        option.rect,
        rowRoom(option.rect, nullptr).row.adjusted(side_px, 0, -side_px, 0));
}

int SummaryDelegate::chipAt(
    const QStyleOptionViewItem& option,
    const QModelIndex& index,
    const QPoint& pos) const
{
    const auto at = plan(option.rect, option.widget, index);
    for (std::size_t i = 0; i < at.chips.size(); ++i) {
        if (at.chips[i].adjusted(-2, -4, 2, 4).contains(pos)) return static_cast<int>(i);
    }
    return -1;
}

void SummaryDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const auto& model = modelOf(index);
    const auto at = plan(option.rect, option.widget, index);
    const auto kind = model.row(index.row()).kind;
    const bool current = option.state.testFlag(QStyle::State_HasFocus);
    const bool by_keyboard = current && option.state.testFlag(QStyle::State_KeyboardFocusChange);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool open = kind == RowKind::Line || kind == RowKind::Title;
    if (kind == RowKind::Line && option.state.testFlag(QStyle::State_MouseOver)) {
        theme::drawBox(
            *painter,
            at.ground,
            theme::kControlRadius_px,
            theme::color(theme::Color::Hover));
    }
    if (by_keyboard) theme::drawFocusRing(*painter, QRectF(at.ground).adjusted(3, 3, -3, -3), 4);
    if (kind == RowKind::Title)
        paintTitle(*painter, at, index);
    else if (!open)
        paintFoot(*painter, at, index);
    if (kind != RowKind::Line) {
        painter->restore();
        return;
    }

    const auto& line = *model.lineOf(index.row());
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme::color(theme::Color::Text));
    const qreal middle = at.words.top() + theme::lineHeight(theme::Step::Reading) / 2.0 + 0.5;
    const qreal bullet_x =
        option.direction == Qt::RightToLeft ? at.words.right() + 12.0 : at.words.left() - 11.0;
    painter->drawEllipse(QPointF(bullet_x, middle), 2.5, 2.5);
    painter->setPen(theme::color(theme::Color::Text));
    at.text->draw(painter, at.words.topLeft());
    for (std::size_t i = 0; i < at.chips.size(); ++i) {
        const bool shown = index.row() == shown_row_ && static_cast<int>(i) == shown_place_;
        const bool focused =
            by_keyboard && at.chips.size() > 1 && static_cast<int>(i) == focused_chip_;
        ui::paint(*painter, at.chips[i], citationChip(line.places[i], shown, focused));
    }
    if (at.due.isValid()) {
        painter->setFont(theme::font(theme::Step::Caption));
        painter->setPen(theme::color(theme::Color::Text3));
        painter->drawText(
            at.due,
            Qt::AlignVCenter | Qt::AlignRight,
            line.due.isValid() ? QLocale().toString(line.due, tr("d MMM")) : QStringLiteral("—"));
    }
    if (at.owner.isValid()) Tag::paint(*painter, at.owner, line.owner, TagKind::Plain);
    painter->restore();
}

void SummaryDelegate::paintTitle(QPainter& painter, const Plan& at, const QModelIndex& index) const
{
    const auto& model = modelOf(index);
    const int section = model.row(index.row()).section;
    const auto* list = model.sectionOf(index.row());
    painter.setPen(theme::color(theme::Color::Text));
    at.text->draw(&painter, at.words.topLeft());
    if (list->kind != ListKind::ToCheck) return;
    const auto first = at.text->lineAt(0);
    const int x = at.words.left() + static_cast<int>(first.naturalTextWidth()) + 8;
    const int pitch_px = theme::lineHeight(theme::Step::Title);
    painter.setFont(theme::font(theme::Step::Small));
    painter.setPen(theme::color(theme::Color::Text3));
    const QString count = QLocale().toString(static_cast<int>(list->lines.size()));
    painter.drawText(QRect(x, at.words.top(), 60, pitch_px), Qt::AlignVCenter, count);
    painter.drawPixmap(
        QPoint(
            x + QFontMetrics(painter.font()).horizontalAdvance(count) + 6,
            at.words.top() + (pitch_px - 14) / 2),
        theme::iconPixmap(
            model.isFolded(section) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up"),
            theme::Color::Text3,
            14,
            painter.device()->devicePixelRatioF()));
}

void SummaryDelegate::paintFoot(QPainter& painter, const Plan& at, const QModelIndex& index) const
{
    const auto kind = modelOf(index).row(index.row()).kind;
    if (kind == RowKind::Coverage) {
        const int y = at.words.top() - 12;
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme::color(theme::Color::Line));
        painter.drawLine(at.words.left(), y, at.words.right(), y);
    }
    auto color = theme::Color::Text3;
    if (kind == RowKind::Coverage) color = theme::Color::Text2;
    if (kind == RowKind::Missing) {
        color = theme::Color::Warn;
        painter.drawPixmap(
            QPoint(at.words.left() - 20, at.words.top() + 1),
            theme::iconPixmap(
                QStringLiteral("triangle-alert"),
                color,
                14,
                painter.device()->devicePixelRatioF()));
    }
    painter.setPen(theme::color(color));
    at.text->draw(&painter, at.words.topLeft());
}

} // namespace ui::recording

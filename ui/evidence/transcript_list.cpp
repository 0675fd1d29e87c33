#include "ui/evidence/transcript_list.h"

#include "ui/theme/theme.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/text_lines.h"

#include <algorithm>
#include <QKeyEvent>
#include <QPainter>
#include <QTextLayout>

namespace ui {
namespace {

constexpr int kTime_px = 36; // at b = 13; grows with the font
constexpr int kRow_px = 3;   // above and below the text
constexpr int kSide_px = TranscriptList::kSide_px;

class LineDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* view = qobject_cast<const QListView*>(option.widget);
        const int width = (view ? view->viewport()->width() : option.rect.width());
        const QString text = index.data().toString();
        TextLines lines = linesOf(index);
        lines.layOut(std::max(width - textLeft() - kSide_px, 40));
        return {width, lines.height() + 2 * kRow_px + 2};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override
    {
        using theme::Color;
        painter->save();
        const QRect ground = option.rect.adjusted(0, 1, 0, -1);
        const bool cited = index.data(TranscriptModel::CitedRole).toBool();
        const bool playing = index.data(TranscriptModel::PlayingRole).toBool();
        if (cited)
            theme::drawBox(*painter, ground, theme::kChipRadius_px, theme::color(Color::Cite));
        else
            drawRowGround(*painter, ground, option);
        // What is heard is told by weight and a bar, not by colour: yellow is for the place.
        if (playing)
            painter->fillRect(
                QRect(ground.left(), ground.top() + 4, 2, ground.height() - 8),
                theme::color(Color::Accent));
        painter->setFont(font());
        painter->setPen(theme::color(cited ? Color::OnCite : Color::Text3));
        painter->drawText(
            roomForText(
                {ground.left() + kSide_px,
                 ground.top() + kRow_px,
                 textLeft() - kSide_px,
                 theme::lineHeight(theme::Step::Small)},
                painter->fontMetrics()),
            Qt::AlignLeft | Qt::AlignVCenter,
            clockWords(index.data(TranscriptModel::StartRole).toDouble()));
        painter->setPen(
            theme::color(cited ? Color::OnCite : (playing ? Color::Text : Color::Text2)));
        TextLines lines = linesOf(index);
        lines.layOut(ground.width() - textLeft() - kSide_px);
        lines.draw(*painter, ground.topLeft() + QPoint(textLeft(), kRow_px));
        if (cited && (option.state & QStyle::State_HasFocus) &&
            (option.state & QStyle::State_KeyboardFocusChange))
            theme::drawFocusRing(
                *painter,
                QRectF(ground).adjusted(3, 3, -3, -3),
                theme::kChipRadius_px);
        painter->restore();
    }

private:
    static TextLines linesOf(const QModelIndex& index)
    {
        QTextOption option(Qt::AlignLeft);
        option.setWrapMode(QTextOption::WordWrap);
        return {index.data().toString(), font(), theme::lineHeight(theme::Step::Small), option};
    }
    static QFont font() { return theme::font(theme::Step::Small); }
    static int textLeft()
    {
        const int clock = QFontMetrics(font()).horizontalAdvance(QStringLiteral("88:88"));
        return kSide_px + std::max(kTime_px, clock) + theme::kGap_px;
    }
};

} // namespace

void TranscriptModel::setLines(std::vector<TranscriptLine> lines)
{
    beginResetModel();
    lines_ = std::move(lines);
    playing_ = -1;
    endResetModel();
}

void TranscriptModel::setCited(std::optional<double> start_s, std::optional<double> end_s)
{
    cited_start_s_ = start_s;
    cited_end_s_ = end_s;
    if (!lines_.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CitedRole, Qt::AccessibleTextRole});
}

bool TranscriptModel::isCited(int row) const
{
    if (!cited_start_s_ || row < 0 || row >= rowCount()) return false;
    const TranscriptLine& line = lines_[static_cast<std::size_t>(row)];
    const double end = std::max(cited_end_s_.value_or(*cited_start_s_), *cited_start_s_ + 0.01);
    // A line that only touches the span at its edge does not speak of it.
    const double shared = std::min(end, line.end_s) - std::max(*cited_start_s_, line.start_s);
    return shared > std::min(0.3, 0.5 * (end - *cited_start_s_));
}

int TranscriptModel::firstCited() const
{
    for (int row = 0; row < rowCount(); ++row)
        if (isCited(row)) return row;
    return -1;
}

int TranscriptModel::rowAt(double seconds) const
{
    const auto after = std::upper_bound(
        lines_.begin(),
        lines_.end(),
        seconds + 0.001,
        [](double value, const TranscriptLine& line) { return value < line.start_s; });
    return static_cast<int>(after - lines_.begin()) - 1;
}

void TranscriptModel::setPosition(double seconds)
{
    const int row = rowAt(seconds);
    if (row == playing_) return;
    const int before = playing_;
    playing_ = row;
    for (const int changed : {before, row})
        if (changed >= 0) Q_EMIT dataChanged(index(changed), index(changed), {PlayingRole});
}

int TranscriptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const TranscriptLine& line = lines_[static_cast<std::size_t>(index.row())];
    const QString words =
        line.speaker.isEmpty() ? line.text : tr("%1: %2").arg(line.speaker, line.text);
    switch (role) {
    case Qt::DisplayRole:
        return words;
    case Qt::AccessibleTextRole: {
        const QString spoken = tr("%1, %2").arg(clockWords(line.start_s), words);
        return isCited(index.row()) ? tr("%1, cited").arg(spoken) : spoken;
    }
    case StartRole:
        return line.start_s;
    case CitedRole:
        return isCited(index.row());
    case PlayingRole:
        return index.row() == playing_;
    default:
        return {};
    }
}

TranscriptList::TranscriptList(QWidget* parent)
    : QListView(parent), model_(new TranscriptModel(this))
{
    setModel(model_);
    setItemDelegate(new LineDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setLayoutMode(Batched); // an hour of speech has a thousand lines
    setBatchSize(100);
    setMouseTracking(true);
    setAccessibleName(tr("What is said"));
    viewport()->setAutoFillBackground(false); // the pane's ground
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) {
        following_ = true;
        Q_EMIT seekWanted(index.data(TranscriptModel::StartRole).toDouble());
    });
}

void TranscriptList::setPosition(double seconds)
{
    const int before = model_->playing();
    model_->setPosition(seconds);
    if (!following_ || model_->playing() == before || model_->playing() < 0) return;
    const QModelIndex now = model_->index(model_->playing());
    if (!viewport()->rect().contains(visualRect(now))) scrollTo(now, PositionAtCenter);
}

void TranscriptList::showCited()
{
    following_ = true;
    const int row = model_->firstCited();
    cited_waits_ = row >= 0 && visualRect(model_->index(row)).isEmpty();
    if (row < 0 || cited_waits_) return;
    // With the line before it: what was answered is half of what was said.
    scrollTo(model_->index(std::max(row - 1, 0)), PositionAtTop);
}

void TranscriptList::updateGeometries()
{
    QListView::updateGeometries();
    if (cited_waits_ && isVisible()) showCited();
}

void TranscriptList::wheelEvent(QWheelEvent* event)
{
    following_ = false;
    QListView::wheelEvent(event);
}

void TranscriptList::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        following_ = true;
        Q_EMIT seekWanted(currentIndex().data(TranscriptModel::StartRole).toDouble());
        return;
    }
    if (event->key() == Qt::Key_Space || !event->text().isEmpty()) return event->ignore();
    following_ = false;
    QListView::keyPressEvent(event);
}

void TranscriptList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

} // namespace ui

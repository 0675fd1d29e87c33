#include "ui/recording/transcript_view.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

namespace ui::recording {

using Kind = TranscriptLine::Kind;

namespace {

// A batch of fresh heights takes a few milliseconds; heights that are known are nearly free.
constexpr int kBatch = 60;

} // namespace

TranscriptView::TranscriptView(TranscriptModel* model, QWidget* parent)
    : QListView(parent), lines_(model), delegate_(new TranscriptDelegate(this))
{
    setModel(model);
    delegate_->watch(*model);
    setItemDelegate(delegate_);
    setFrameShape(QFrame::NoFrame);
    setLayoutMode(Batched);
    setBatchSize(kBatch);
    setResizeMode(Adjust);
    setWordWrap(true);
    setUniformItemSizes(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers); // editText() and editSpeaker() say what is edited
    setSelectionMode(SingleSelection);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Transcript"));
    setTabKeyNavigation(false);
    verticalScrollBar()->setSingleStep(theme::lineHeight(theme::Step::Reading));
    connect(verticalScrollBar(), &QScrollBar::sliderMoved, this, [this] { stopFollowing(); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { waiting_row_ = -1; });
    connect(model, &TranscriptModel::speakersChanged, this, [this] {
        scheduleDelayedItemsLayout();
    });
}

void TranscriptView::setFollowing(bool on)
{
    if (on == following_) return;
    following_ = on;
    if (on && lines_->playing() >= 0) showRow(lines_->playing());
    Q_EMIT followingChanged(on);
}

void TranscriptView::stopFollowing()
{
    waiting_row_ = -1;
    setFollowing(false);
}

void TranscriptView::setPlaying(double time_s)
{
    const int row = time_s < 0 ? -1 : lines_->rowAt(time_s);
    const int before = lines_->playing();
    if (row == before) return;
    lines_->setPlaying(row);
    for (const int changed : {before, row}) {
        if (changed >= 0) update(lines_->index(changed));
    }
    // An open editor keeps its place.
    if (row >= 0 && following_ && state() != EditingState) showRow(row, PositionAtCenter);
}

void TranscriptView::showFound(const Found& found)
{
    delegate_->setCurrentFound(found);
    if (found.row >= 0) {
        stopFollowing();
        setCurrentIndex(lines_->index(found.row));
        showRow(found.row, PositionAtCenter);
    }
    viewport()->update();
}

void TranscriptView::showRow(int row, ScrollHint hint)
{
    if (reach(row, hint)) return;
    waiting_row_ = row;
    waiting_hint_ = hint;
}

bool TranscriptView::reach(int row, ScrollHint hint)
{
    const auto index = lines_->index(row);
    const QRect rect = visualRect(index);
    if (!rect.isValid()) return false;
    // A line in the middle of the view does not have to be moved.
    const int margin_px = viewport()->height() / 6;
    const QRect quiet = viewport()->rect().adjusted(0, margin_px, 0, -margin_px);
    if (hint != PositionAtCenter || !quiet.contains(rect)) {
        const int before = verticalScrollBar()->value();
        scrollTo(index, hint);
        const int maximum = verticalScrollBar()->maximum();
        // The range grows with the layout; until it is there the row cannot be reached.
        if (verticalScrollBar()->value() == before && before == maximum &&
            !viewport()->rect().intersects(visualRect(index)))
            return false;
    }
    waiting_row_ = -1;
    return true;
}

void TranscriptView::timerEvent(QTimerEvent* event)
{
    QListView::timerEvent(event);
    if (waiting_row_ < 0) return;
    if (visualRect(lines_->index(waiting_row_)).isValid()) {
        updateGeometries();
        reach(waiting_row_, waiting_hint_);
    }
}

void TranscriptView::editText(int row)
{
    const auto index = lines_->index(row);
    if (!index.isValid() || lines_->line(row).kind != Kind::Speech) return;
    delegate_->setEdits(TranscriptDelegate::Edits::Text);
    setCurrentIndex(index);
    edit(index);
}

void TranscriptView::editSpeaker(int row, bool everywhere)
{
    const auto index = lines_->index(row);
    if (!index.isValid() || lines_->line(row).kind != Kind::Speech) return;
    delegate_->setEdits(
        everywhere ? TranscriptDelegate::Edits::SpeakerEverywhere
                   : TranscriptDelegate::Edits::SpeakerHere);
    setCurrentIndex(index);
    edit(index);
}

void TranscriptView::fillMenu(QMenu& menu, int row)
{
    if (row < 0 || row >= lines_->size()) return;
    const TranscriptLine line = lines_->line(row);
    const double time_s = line.start_s;
    menu.addAction(
        tr("Play from %1").arg(clockWords(time_s)),
        QKeySequence(Qt::Key_Return),
        [=, this] { Q_EMIT momentChosen(row, time_s); });
    if (line.kind == Kind::Speech) {
        menu.addAction(tr("Edit text"), QKeySequence(Qt::Key_F2), [=, this] { editText(row); });
        if (line.edited) {
            const bool shown = lines_->isRevealed(line.id);
            auto* show = menu.addAction(tr("Show what was recognised"), [=, this] {
                lines_->setRevealed(line.id, !shown);
            });
            show->setCheckable(true);
            show->setChecked(shown);
            menu.addAction(tr("Back to what was recognised"), [=, this] {
                Q_EMIT revertAsked(line.id);
            });
        }
        menu.addSeparator();
        if (!line.speaker.isEmpty())
            menu.addAction(
                tr("Rename %1 everywhere…").arg(line.speaker),
                QKeySequence(Qt::SHIFT | Qt::Key_F2),
                [=, this] { editSpeaker(row, true); });
        auto* here =
            menu.addAction(tr("Speaker of this line…"), [=, this] { editSpeaker(row, false); });
        if (line.speaker.isEmpty()) here->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F2));
        menu.addSeparator();
        menu.addAction(tr("Copy text"), QKeySequence(QKeySequence::Copy), [=] {
            QGuiApplication::clipboard()->setText(line.shown());
        });
    }
    menu.addAction(tr("Add a note at %1").arg(clockWords(time_s)), [=, this] {
        Q_EMIT noteAsked(time_s);
    });
}

void TranscriptView::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    if (row >= 0 && event->key() == Qt::Key_F2) {
        const bool speaker = event->modifiers() & Qt::ShiftModifier;
        if (speaker)
            editSpeaker(row, !lines_->line(row).speaker.isEmpty());
        else
            editText(row);
        return;
    }
    if (row >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT momentChosen(row, lines_->line(row).start_s);
        return;
    }
    if (row >= 0 && event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(lines_->line(row).shown());
        return;
    }
    // Letters and Space are the window's: Space plays, and a list that searches by typing would
    // take it.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

QModelIndex TranscriptView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    auto to = QListView::moveCursor(action, modifiers);
    const int step = action == MoveUp || action == MovePageUp || action == MoveEnd ? -1 : 1;
    while (to.isValid() && !(to.flags() & Qt::ItemIsSelectable))
        to = to.siblingAtRow(to.row() + step);
    return to.isValid() ? to : currentIndex();
}

QStyleOptionViewItem TranscriptView::optionOf(const QModelIndex& index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

double TranscriptView::timeAt(const QModelIndex& index, const QPoint& pos) const
{
    const auto& line = lines_->line(index.row());
    if (line.edited) return line.start_s; // the words that have times are not those shown
    const int letter = delegate_->letterAt(optionOf(index), index, pos);
    for (const auto& word : line.words) {
        if (letter >= word.begin && letter < word.end) return word.start_s;
    }
    return line.start_s;
}

void TranscriptView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const auto index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid() || state() == EditingState) return;
    switch (delegate_->partAt(optionOf(index), index, event->pos())) {
    case TranscriptDelegate::Part::Time:
        Q_EMIT momentChosen(index.row(), lines_->line(index.row()).start_s);
        break;
    case TranscriptDelegate::Part::Text:
        if (delegate_->letterAt(optionOf(index), index, event->pos()) >= 0)
            Q_EMIT momentChosen(index.row(), timeAt(index, event->pos()));
        break;
    case TranscriptDelegate::Part::Speaker:
    case TranscriptDelegate::Part::None:
        break;
    }
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid()) return;
    const auto part = delegate_->partAt(optionOf(index), index, event->pos());
    if (part == TranscriptDelegate::Part::Text) editText(index.row());
    if (part == TranscriptDelegate::Part::Speaker)
        editSpeaker(index.row(), !lines_->line(index.row()).speaker.isEmpty());
}

void TranscriptView::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    const auto index = indexAt(event->pos());
    const bool time = index.isValid() && delegate_->partAt(optionOf(index), index, event->pos()) ==
                                             TranscriptDelegate::Part::Time;
    viewport()->setCursor(time ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TranscriptView::wheelEvent(QWheelEvent* event)
{
    stopFollowing();
    QListView::wheelEvent(event);
}

void TranscriptView::contextMenuEvent(QContextMenuEvent* event)
{
    const auto index =
        event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid()) return;
    setCurrentIndex(index);
    QMenu menu(this);
    fillMenu(menu, index.row());
    menu.exec(
        event->reason() == QContextMenuEvent::Mouse
            ? event->globalPos()
            : viewport()->mapToGlobal(visualRect(index).center()));
}

void TranscriptView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) scheduleDelayedItemsLayout();
}

} // namespace ui::recording

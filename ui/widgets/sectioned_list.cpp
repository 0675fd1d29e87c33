#include "ui/widgets/sectioned_list.h"

#include "ui/theme/theme.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QResizeEvent>

namespace ui {

SectionedList::SectionedList(QWidget* parent) : QListView(parent), delegate_(new RowDelegate(this))
{
    setItemDelegate(delegate_);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    // The column's own ground shows: lists lie on panes as well as on the centre.
    viewport()->setAutoFillBackground(false);
    connect(this, &QListView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!choose_on_click_ && !isHead(index)) Q_EMIT chosen(index);
    });
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) {
        if (choose_on_click_ && !isHead(index)) Q_EMIT chosen(index);
    });
}

void SectionedList::setRows(RowDelegate* delegate)
{
    delete delegate_;
    delegate_ = delegate;
    delegate->setParent(this);
    setItemDelegate(delegate);
}

bool SectionedList::isHead(const QModelIndex& index) const
{
    return index.data(row::Header).toBool();
}

void SectionedList::setMostWidth(int width_px)
{
    most_width_px_ = width_px;
    updateMargins();
}

void SectionedList::updateMargins()
{
    const int spare = most_width_px_ > 0 ? std::max(0, width() - most_width_px_) : 0;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QMargins margins(mirrored ? spare : 0, 0, mirrored ? 0 : spare, 0);
    if (margins != viewportMargins()) setViewportMargins(margins);
}

QModelIndex SectionedList::firstRow() const
{
    if (!model()) return {};
    for (int i = 0; i < model()->rowCount(rootIndex()); ++i) {
        const QModelIndex at = model()->index(i, modelColumn(), rootIndex());
        if (!isHead(at) && at.flags().testFlag(Qt::ItemIsEnabled)) return at;
    }
    return {};
}

void SectionedList::select(const QModelIndex& index)
{
    if (!index.isValid()) {
        clearSelection();
        setCurrentIndex({});
        return;
    }
    setCurrentIndex(index);
    scrollTo(index);
}

QModelIndex SectionedList::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex start = currentIndex();
    if (!start.isValid()) return firstRow();
    QModelIndex found = QListView::moveCursor(action, modifiers);
    if (!found.isValid() || !isHead(found)) return found;
    // A head was met (paging, Home, End): the nearest row behind it, else before it.
    const bool up =
        action == MoveUp || action == MovePrevious || action == MoveLeft || action == MovePageUp;
    for (const int by : {up ? -1 : 1, up ? 1 : -1})
        for (QModelIndex at = found; at.isValid(); at = at.siblingAtRow(at.row() + by))
            if (!isHead(at)) return at;
    return start;
}

void SectionedList::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // A field in a row passes on the Enter that ends it.
        if (state() == EditingState) return;
        if (currentIndex().isValid() && !isHead(currentIndex())) Q_EMIT chosen(currentIndex());
        return;
    case Qt::Key_Up:
        if (currentIndex() == firstRow()) {
            scrollToTop();
            Q_EMIT leftUpwards();
            return;
        }
        break;
    default:
        break;
    }
    QListView::keyPressEvent(event);
}

void SectionedList::mousePressEvent(QMouseEvent* event)
{
    // A press on a head or beside the rows takes no selection away.
    const QModelIndex at = indexAt(event->position().toPoint());
    if (!at.isValid() || isHead(at)) {
        setFocus(Qt::MouseFocusReason);
        return;
    }
    QListView::mousePressEvent(event);
}

void SectionedList::focusInEvent(QFocusEvent* event)
{
    // Focus without a current row would be seen nowhere.
    QItemSelectionModel* chosen_rows = selectionModel();
    if (chosen_rows && event->reason() != Qt::MouseFocusReason && !currentIndex().isValid())
        chosen_rows->setCurrentIndex(firstRow(), QItemSelectionModel::NoUpdate);
    QListView::focusInEvent(event);
    viewport()->update();
}

void SectionedList::resizeEvent(QResizeEvent* event)
{
    updateMargins();
    QListView::resizeEvent(event);
    // Rows that wrap are as high as their width lets them; Qt asks again for other heights only.
    if (event->size().width() != event->oldSize().width()) scheduleDelayedItemsLayout();
}

void SectionedList::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) scheduleDelayedItemsLayout();
}

} // namespace ui

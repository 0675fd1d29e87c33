#include "ui/evidence/page_view.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

namespace ui {

int PageView::pageUnder(QPoint point, QPointF* inside) const
{
    const QPoint at = point - origin();
    const int page = layout_.pageAt(at.y());
    const QRect rect = layout_.pageRect(page);
    if (rect.isEmpty()) return 0;
    *inside = QPointF(
        double(at.x() - rect.left()) / rect.width(),
        double(at.y() - rect.top()) / rect.height());
    return page;
}

void PageView::wheelEvent(QWheelEvent* event)
{
    scroll_.stop();
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const int turned = event->angleDelta().y();
    if (turned != 0) zoomBy(turned > 0 ? 1 : -1, event->position().toPoint());
    event->accept();
}

void PageView::selected()
{
    viewport()->update();
    Q_EMIT selectionChanged(!selection_.empty());
}

void PageView::mousePressEvent(QMouseEvent* event)
{
    QPointF inside;
    const int page = pageUnder(event->position().toPoint(), &inside);
    const PageSelection::At at = selection_.wordAt(page, inside);
    // Where there are no words to select, dragging moves the picture.
    panning_ =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && at.page == 0);
    dragged_ = event->position().toPoint();
    if (panning_) viewport()->setCursor(Qt::ClosedHandCursor);
    if (event->button() != Qt::LeftButton) return;
    // A third press soon after the second takes the line.
    if (pressed_twice_ms_ != 0 && QDateTime::currentMSecsSinceEpoch() - pressed_twice_ms_ <
                                      QApplication::doubleClickInterval()) {
        selection_.selectLine(at);
    } else if (event->modifiers() & Qt::ShiftModifier) {
        selection_.extend(at);
    } else {
        selection_.clear();
        selecting_ = at.page != 0;
        if (selection_.onWord(page, inside)) setFocus(Qt::MouseFocusReason);
        press_ = at;
    }
    pressed_twice_ms_ = 0;
    selected();
}

void PageView::mouseMoveEvent(QMouseEvent* event)
{
    if (panning_) {
        const QPoint by = event->position().toPoint() - dragged_;
        dragged_ += by;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
        return;
    }
    QPointF inside;
    const int page = pageUnder(event->position().toPoint(), &inside);
    viewport()->setCursor(selection_.onWord(page, inside) ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (!selecting_ || !(event->buttons() & Qt::LeftButton)) return;
    // The word that was pressed belongs to the selection once the pointer has moved.
    if (selection_.empty()) selection_.start(press_);
    selection_.extend(selection_.wordAt(page, inside));
    const int y = event->position().toPoint().y();
    if (y < 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + y);
    if (y > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + y - viewport()->height());
    selected();
}

void PageView::mouseReleaseEvent(QMouseEvent*)
{
    selecting_ = panning_ = false;
}

void PageView::mouseDoubleClickEvent(QMouseEvent* event)
{
    QPointF inside;
    const int page = pageUnder(event->position().toPoint(), &inside);
    if (!selection_.onWord(page, inside)) return;
    selection_.start(selection_.wordAt(page, inside));
    pressed_twice_ms_ = QDateTime::currentMSecsSinceEpoch();
    selected();
}

bool PageView::selectByKey(QKeyEvent* event)
{
    if (!(event->modifiers() & Qt::ShiftModifier)) return false;
    const int key = event->key();
    if (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down)
        return false;
    if (selection_.empty()) {
        // From the cited place, else from the first word that is seen.
        const QRect page = layout_.pageRect(current_).translated(origin());
        QPointF from(0, std::max(0.0, double(-page.top()) / std::max(page.height(), 1)));
        int on = current_;
        if (!place_.empty()) {
            on = place_page_;
            from = QPointF(place_.front().left(), place_.front().center().y());
        }
        const PageSelection::At at = selection_.wordAt(on, from);
        if (at.page != 0) selection_.start(at);
    } else if (key == Qt::Key_Left || key == Qt::Key_Right) {
        selection_.moveHead(key == Qt::Key_Left ? -1 : 1);
    } else {
        selection_.moveHeadLines(key == Qt::Key_Up ? -1 : 1);
    }
    selected();
    const PageSelection::At head = selection_.head();
    if (const auto text = pages_.text(head.page); text && !selection_.empty()) {
        const QRect wanted = boxOn(
            layout_.pageRect(head.page),
            text->words[static_cast<std::size_t>(head.word)].box);
        const int top = verticalScrollBar()->value(), height = viewport()->height();
        if (wanted.top() < top) verticalScrollBar()->setValue(wanted.top() - 20);
        if (wanted.bottom() > top + height)
            verticalScrollBar()->setValue(wanted.bottom() - height + 20);
    }
    return true;
}

void PageView::keyPressEvent(QKeyEvent* event)
{
    scroll_.stop();
    if (selectByKey(event)) return;
    if (event->matches(QKeySequence::Copy)) return copySelection();
    if (event->matches(QKeySequence::SelectAll)) return selectCurrentPage();
    if (event->key() == Qt::Key_Escape && !selection_.empty()) return clearSelection();
    if (event->modifiers() & Qt::ControlModifier) {
        switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(1);
        case Qt::Key_Minus:
            return zoomBy(-1);
        case Qt::Key_0:
            return setFit(Fit::Width);
        case Qt::Key_Home:
            return goToPage(1);
        case Qt::Key_End:
            return goToPage(layout_.count());
        case Qt::Key_PageDown:
            return goToPage(current_ + 1);
        case Qt::Key_PageUp:
            return goToPage(current_ - 1);
        default:
            return event->ignore();
        }
    }
    QScrollBar* down = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Home:
        return goToPage(current_);
    case Qt::Key_End:
        return down->setValue(layout_.pageRect(current_).bottom() - viewport()->height() + 2);
    case Qt::Key_Down:
        return down->triggerAction(QScrollBar::SliderSingleStepAdd);
    case Qt::Key_Up:
        return down->triggerAction(QScrollBar::SliderSingleStepSub);
    case Qt::Key_PageDown:
        return down->triggerAction(QScrollBar::SliderPageStepAdd);
    case Qt::Key_PageUp:
        return down->triggerAction(QScrollBar::SliderPageStepSub);
    case Qt::Key_Right:
        return horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
    case Qt::Key_Left:
        return horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
    default:
        event->ignore();
    }
}

void PageView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy"), QKeySequence::Copy, this, &PageView::copySelection);
    copy->setEnabled(!selection_.empty());
    menu->addAction(
        tr("Select the page"),
        QKeySequence::SelectAll,
        this,
        &PageView::selectCurrentPage);
    menu->popup(event->globalPos());
}

void PageView::selectCurrentPage()
{
    selection_.selectPage(current_);
    selected();
}

void PageView::copySelection() const
{
    if (!selection_.empty()) QApplication::clipboard()->setText(selection_.text());
}

void PageView::clearSelection()
{
    selection_.clear();
    selected();
}

void PageView::focusInEvent(QFocusEvent* event)
{
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
            event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void PageView::focusOutEvent(QFocusEvent*)
{
    ring_ = false;
    viewport()->update();
}

} // namespace ui

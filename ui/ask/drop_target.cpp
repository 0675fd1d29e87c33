#include "ui/ask/drop_target.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>
#include <QWindow>

namespace ui {

DropTarget::DropTarget(QWidget* window) : QObject(window), window_(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

DropTarget::Content DropTarget::read(const QMimeData* data)
{
    Content content;
    QStringList remote;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            content.paths << url.toLocalFile();
        else
            remote << url.toDisplayString();
    }
    if (!content.paths.isEmpty()) return content;
    if (data->hasImage()) {
        content.picture = qvariant_cast<QImage>(data->imageData());
        if (!content.picture.isNull()) return content;
    }
    // Each look at the words asks the other program for them again.
    const QString text = remote.isEmpty() ? data->text() : QString();
    if (!remote.isEmpty()) {
        content.refused = tr("%1 is on the network. Percept reads files of this computer: save it "
                             "first, then drop the file.")
                              .arg(remote.first());
    } else if (!text.trimmed().isEmpty()) {
        content.text = text;
    } else {
        content.refused = tr("There is nothing in this that can be read. Drop files, text or a "
                             "picture.");
    }
    return content;
}

bool DropTarget::mayHold(const QMimeData* data)
{
    return data->hasUrls() || data->hasImage() || data->hasText();
}

void DropTarget::setDragging(bool on)
{
    if (on == dragging_) return;
    dragging_ = on;
    Q_EMIT draggingChanged(on);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window_) {
        // The window of the display exists from here on.
        if (event->type() == QEvent::Show && window_->windowHandle() != nullptr)
            window_->windowHandle()->installEventFilter(this);
        return handle(event);
    }
    // A field would take the names of files as words, so they are taken before it sees them. Text
    // goes the usual way: where a field takes it, that is what was meant.
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop: {
        auto* drag = static_cast<QDropEvent*>(event);
        const bool own = drag->source() != nullptr;
        if (own || !(drag->mimeData()->hasUrls() || drag->mimeData()->hasImage())) return false;
        return handle(event);
    }
    case QEvent::DragLeave:
        setDragging(false);
        return false;
    default:
        return false;
    }
}

bool DropTarget::handle(QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        // Also what will be refused is taken: the drop is when we can say why.
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        if (event->type() == QEvent::DragEnter) setDragging(mayHold(drag->mimeData()));
        return true;
    }
    case QEvent::DragLeave:
        setDragging(false);
        return true;
    case QEvent::Drop:
        drop(static_cast<QDropEvent*>(event));
        return true;
    default:
        return false;
    }
}

void DropTarget::drop(QDropEvent* event)
{
    setDragging(false);
    const Content content = read(event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (!content.refused.isEmpty())
        Q_EMIT refused(content.refused);
    else if (!content.paths.isEmpty())
        Q_EMIT filesDropped(content.paths);
    else if (!content.picture.isNull())
        Q_EMIT pictureDropped(content.picture);
    else
        Q_EMIT textDropped(content.text);
}

} // namespace ui

#include "ui/ask/drop_target.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

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
    if (!remote.isEmpty()) {
        content.refused = tr("%1 is on the network. Percept reads files of this computer: save it "
                             "first, then drop the file.")
                              .arg(remote.first());
    } else if (data->hasText() && !data->text().trimmed().isEmpty()) {
        content.text = data->text();
    } else {
        content.refused = tr("There is nothing in this that can be read. Drop files, text or a "
                             "picture.");
    }
    return content;
}

void DropTarget::setDragging(bool on)
{
    if (on == dragging_) return;
    dragging_ = on;
    Q_EMIT draggingChanged(on);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != window_) return false;
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        // Also what will be refused is taken: the drop is when we can say why.
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        if (event->type() == QEvent::DragEnter)
            setDragging(read(drag->mimeData()).refused.isEmpty());
        return true;
    }
    case QEvent::DragLeave:
        setDragging(false);
        return true;
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        setDragging(false);
        const Content content = read(drop->mimeData());
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (!content.refused.isEmpty())
            Q_EMIT refused(content.refused);
        else if (!content.paths.isEmpty())
            Q_EMIT filesDropped(content.paths);
        else if (!content.picture.isNull())
            Q_EMIT pictureDropped(content.picture);
        else
            Q_EMIT textDropped(content.text);
        return true;
    }
    default:
        return false;
    }
}

} // namespace ui

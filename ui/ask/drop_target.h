#pragma once

#include <QImage>
#include <QObject>
#include <QStringList>

class QDropEvent;
class QMimeData;
class QWidget;

namespace ui {

/// Takes what is dropped anywhere on a window: files and folders, text, pictures. Install by making
/// one; it hears of files and pictures before the controls do, of text where no field takes it.
class DropTarget : public QObject {
    Q_OBJECT
public:
    explicit DropTarget(QWidget* window);

    /// What a drop or the clipboard holds.
    struct Content {
        QStringList paths;
        QString text;
        QImage picture;
        QString refused; // why nothing of it can be taken
    };
    static Content read(const QMimeData* data);
    /// By the types alone: the other program is not asked for the content.
    static bool mayHold(const QMimeData* data);

Q_SIGNALS:
    void filesDropped(const QStringList& paths);
    void textDropped(const QString& text);
    void pictureDropped(const QImage& picture);
    void refused(const QString& sentence);
    void draggingChanged(bool over);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool handle(QEvent* event);
    void drop(QDropEvent* event);
    void setDragging(bool on);

    QWidget* window_;
    bool dragging_ = false;
};

} // namespace ui

#pragma once

#include "ui/recording/transcript_delegate.h"
#include "ui/recording/transcript_model.h"

#include <QListView>

class QMenu;

namespace ui::recording {

/// The lines of a transcript. Laid out in batches, so that a row far down may have no place yet:
/// going there waits until it has one.
class TranscriptView : public QListView {
    Q_OBJECT
public:
    explicit TranscriptView(TranscriptModel* model, QWidget* parent = nullptr);

    TranscriptDelegate* lines() const { return delegate_; }
    void setFollowing(bool on);
    bool isFollowing() const { return following_; }
    /// Marks the line that is heard, and keeps it in view while following.
    void setPlaying(double time_s);
    void showFound(const Found& found);
    void showRow(int row, ScrollHint hint = PositionAtCenter);
    void editText(int row);
    void editSpeaker(int row, bool everywhere);
    /// What can be done with a row; for the context menu and for the menu of the view.
    void fillMenu(QMenu& menu, int row);

Q_SIGNALS:
    /// The user wants to hear this moment.
    void momentChosen(int row, double time_s);
    /// By scrolling away.
    void followingChanged(bool on);
    void revertAsked(qint64 segment);
    void noteAsked(double time_s);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void changeEvent(QEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    QStyleOptionViewItem optionOf(const QModelIndex& index) const;
    double timeAt(const QModelIndex& index, const QPoint& pos) const;
    void stopFollowing();
    bool reach(int row, ScrollHint hint);

    TranscriptModel* lines_;
    TranscriptDelegate* delegate_;
    bool following_ = true;
    int waiting_row_ = -1; // to be shown as soon as it has a place
    ScrollHint waiting_hint_ = PositionAtCenter;
};

} // namespace ui::recording

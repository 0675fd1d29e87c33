#pragma once

#include <QFrame>

class QLabel;

namespace ui {

/// Where files may be dropped: 1.5 px dashed; while files hang over it a 2-px accent edge and tint.
/// It only draws: the window takes the drop (`dragEnterEvent` there) and calls setDragging().
class DropFrame : public QFrame {
    Q_OBJECT
public:
    explicit DropFrame(QWidget* parent = nullptr);
    void setDragging(bool on);
    bool isDragging() const { return dragging_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool dragging_ = false;
};

/// The same over a view that has no place of its own for it: laid over `below` while files hang
/// over the window, with words that say what will become of them. It lies on the window itself,
/// above the mark of the focus.
class DropCover : public DropFrame {
    Q_OBJECT
public:
    explicit DropCover(QWidget* parent);
    void cover(const QWidget* below, const QString& words);

private:
    QLabel* words_;
};

} // namespace ui

#pragma once

#include <QFrame>

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

} // namespace ui

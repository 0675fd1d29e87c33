#include "ui/widgets/splitter.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QSplitterHandle>

namespace ui {
namespace {

constexpr int kReach_px = 3; // on each side of the line

/// QSplitter adds the margins of a handle to its place, which then overlaps both neighbours.
class Handle : public QSplitterHandle {
public:
    Handle(Qt::Orientation orientation, QSplitter* parent) : QSplitterHandle(orientation, parent)
    {
        reach();
    }

protected:
    // QSplitterHandle sets margins of its own here, and changed margins come as another resize:
    // each would undo the other without end.
    void resizeEvent(QResizeEvent*) override { reach(); }
    void paintEvent(QPaintEvent*) override
    {
        QPainter(this).fillRect(contentsRect(), theme::color(theme::Color::Line));
    }

private:
    void reach()
    {
        setAttribute(Qt::WA_MouseNoMask);
        if (orientation() == Qt::Horizontal)
            setContentsMargins(kReach_px, 0, kReach_px, 0);
        else
            setContentsMargins(0, kReach_px, 0, kReach_px);
        setMask(QRegion(contentsRect()));
    }
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, QWidget* parent) : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle* Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace ui

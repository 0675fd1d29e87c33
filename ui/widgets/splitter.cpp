#include "ui/widgets/splitter.h"

#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <algorithm>
#include <QAccessibleWidget>
#include <QPainter>
#include <QSplitterHandle>

namespace ui {
namespace {

constexpr int kReach_px = 3; // on each side of the line
constexpr double kStep_px = 16;

/// QSplitter adds the margins of a handle to its place, which then overlaps both neighbours.
class Handle : public QSplitterHandle, public Accessible {
public:
    Handle(Qt::Orientation orientation, QSplitter* parent) : QSplitterHandle(orientation, parent)
    {
        reach();
    }
    QAccessible::Role accessibleRole() const override { return QAccessible::Separator; }
    QString accessibleWords() const override { return Splitter::tr("Edge between two columns"); }
    std::optional<Range> accessibleRange() const override
    {
        const int at = orientation() == Qt::Horizontal ? x() : y();
        int least = at;
        int most = at;
        splitter()->getRange(splitter()->indexOf(const_cast<Handle*>(this)), &least, &most);
        return Range{double(at), double(least), double(std::max(least, most)), kStep_px};
    }
    void setAccessibleValue(double value) override { moveSplitter(static_cast<int>(value)); }

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

/// The parts as they stand, with the edge before each; Qt lists them as they were made.
class Parts : public QAccessibleWidget {
public:
    explicit Parts(Splitter* splitter) : QAccessibleWidget(splitter, QAccessible::Splitter) {}

    int childCount() const override { return static_cast<int>(parts().size()); }
    QAccessibleInterface* child(int index) const override
    {
        return QAccessible::queryAccessibleInterface(parts().value(index));
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        return child != nullptr
                   ? static_cast<int>(parts().indexOf(qobject_cast<QWidget*>(child->object())))
                   : -1;
    }

private:
    QList<QWidget*> parts() const
    {
        const auto* splitter = static_cast<const QSplitter*>(widget());
        QList<QWidget*> found;
        for (int i = 0; i < splitter->count(); ++i) {
            if (i > 0) found << splitter->handle(i);
            found << splitter->widget(i);
        }
        return found;
    }
};

QAccessibleInterface* makeParts(const QString&, QObject* object)
{
    auto* splitter = qobject_cast<Splitter*>(object);
    return splitter != nullptr ? new Parts(splitter) : nullptr;
}

} // namespace

Splitter::Splitter(Qt::Orientation orientation, QWidget* parent) : QSplitter(orientation, parent)
{
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeParts);
        return true;
    }();
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle* Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace ui

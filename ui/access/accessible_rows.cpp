#include "ui/access/accessible_rows.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollBar>

namespace ui {
namespace {

constexpr int kForgotten = 64; // rows that are gone may be remembered before they are looked for

bool hasKeyboard(const QWidget* widget)
{
    return QApplication::focusWidget() == widget && widget->isActiveWindow();
}

/// A key as if it had been pressed on the list, after the call of the bus has been answered: what
/// opens then may stay open.
void press(QAbstractItemView* view, Qt::Key key, const QString& text)
{
    QMetaObject::invokeMethod(
        view,
        [view, key, text] {
            for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
                QKeyEvent event(type, key, Qt::NoModifier, text);
                QApplication::sendEvent(view, &event);
            }
        },
        Qt::QueuedConnection);
}

class Row : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    Row(QAbstractItemView* view, const QModelIndex& index) : view_(view), index_(index) {}

    int number() const { return index_.row(); }

    bool isValid() const override
    {
        return view_ && index_.isValid() && index_.model() == view_->model();
    }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override
    {
        return isValid() ? view_->window()->windowHandle() : nullptr;
    }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(view_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid()) return {};
        QRect whole = view_->visualRect(index_);
        for (int column = 1; column < view_->model()->columnCount(view_->rootIndex()); ++column)
            whole |= view_->visualRect(index_.sibling(index_.row(), column));
        return whole.translated(view_->viewport()->mapToGlobal(QPoint(0, 0)));
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    bool canBeChosen() const
    {
        return index_.flags().testFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    }
    bool canBeChecked() const { return index_.flags().testFlag(Qt::ItemIsUserCheckable); }

    QPointer<QAbstractItemView> view_;
    QPersistentModelIndex index_;
};

QString Row::text(QAccessible::Text which) const
{
    if (!isValid()) return {};
    if (which == QAccessible::Description)
        return index_.data(Qt::AccessibleDescriptionRole).toString();
    if (which != QAccessible::Name) return {};
    QString whole = index_.data(Qt::AccessibleTextRole).toString();
    if (!whole.isEmpty()) return whole;
    const int columns = view_->model()->columnCount(view_->rootIndex());
    if (columns < 2) return index_.data().toString();
    QStringList cells;
    for (int column = 0; column < columns; ++column) {
        const QString head = view_->model()->headerData(column, Qt::Horizontal).toString();
        const QString cell = index_.sibling(index_.row(), column).data().toString();
        if (!cell.isEmpty()) cells << (head.isEmpty() ? cell : head + QStringLiteral(": ") + cell);
    }
    return cells.join(QStringLiteral(", "));
}

QAccessible::State Row::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.disabled = !view_->isEnabled() || !index_.flags().testFlag(Qt::ItemIsEnabled);
    state.invisible = !view_->isVisible();
    state.offscreen = !view_->viewport()->rect().intersects(view_->visualRect(index_));
    if (canBeChosen() && view_->isEnabled()) {
        state.focusable = view_->focusPolicy() != Qt::NoFocus;
        state.selectable = view_->selectionMode() != QAbstractItemView::NoSelection;
        state.focused = view_->currentIndex().row() == index_.row() && hasKeyboard(view_);
    }
    state.selected = view_->selectionModel()->isSelected(index_);
    const QVariant check = index_.data(Qt::CheckStateRole);
    state.checkable = check.isValid();
    state.checked = check.isValid() && check.toInt() == Qt::Checked;
    state.checkStateMixed = check.isValid() && check.toInt() == Qt::PartiallyChecked;
    const QVariant unfolded = index_.data(Unfolded);
    state.expandable = unfolded.isValid();
    state.expanded = unfolded.isValid() && unfolded.toBool();
    state.collapsed = unfolded.isValid() && !unfolded.toBool();
    return state;
}

QStringList Row::actionNames() const
{
    if (!isValid() || !canBeChosen()) return {};
    QStringList names{pressAction()};
    if (canBeChecked()) names << toggleAction();
    if (view_->focusPolicy() != Qt::NoFocus) names << setFocusAction();
    return names;
}

void Row::doAction(const QString& name)
{
    if (!actionNames().contains(name)) return;
    view_->setCurrentIndex(index_);
    if (name == setFocusAction())
        view_->setFocus(Qt::OtherFocusReason);
    else if (name == toggleAction())
        press(view_, Qt::Key_Space, QStringLiteral(" "));
    else
        press(view_, Qt::Key_Return, QStringLiteral("\r"));
}

/// What a delegate or the list itself put on the rows: fields, buttons.
QList<QWidget*> lyingOn(const QAbstractItemView* view)
{
    QList<QWidget*> found;
    const auto look = [&](const QWidget* parent) {
        for (QObject* object : parent->children()) {
            auto* widget = qobject_cast<QWidget*>(object);
            if (widget == nullptr || widget->isWindow() || !widget->isVisible()) continue;
            if (widget == view->viewport() || qobject_cast<QScrollBar*>(widget)) continue;
            if (widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton")) continue;
            if (widget->objectName().startsWith(QLatin1String("qt_scrollarea_"))) continue;
            found << widget;
        }
    };
    look(view->viewport());
    look(view);
    return found;
}

/// Tells of the row that gets the keyboard with its list; Qt tells of the list.
class FocusTeller : public QObject {
public:
    explicit FocusTeller(QAbstractItemView* view) : QObject(view), view_(view)
    {
        view->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::FocusIn)
            QMetaObject::invokeMethod( // behind what Qt tells
                this,
                [this] { tell(); },
                Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    void tell()
    {
        if (!hasKeyboard(view_) || !view_->currentIndex().isValid()) return;
        QAccessibleEvent event(view_, QAccessible::Focus);
        event.setChild(view_->currentIndex().row());
        QAccessible::updateAccessibility(&event);
    }

    QAbstractItemView* view_;
};

} // namespace

AccessibleRows::AccessibleRows(QAbstractItemView* view) : QAccessibleWidget(view, QAccessible::List)
{
    new FocusTeller(view);
}

AccessibleRows::~AccessibleRows()
{
    for (const QAccessible::Id id : std::as_const(rows_))
        QAccessible::deleteAccessibleInterface(id);
}

QAbstractItemView* AccessibleRows::view() const
{
    return static_cast<QAbstractItemView*>(widget());
}

QAccessibleInterface* AccessibleRows::parent() const
{
    if (auto* combo = qobject_cast<QComboBox*>(view()->window()->parent()))
        return QAccessible::queryAccessibleInterface(combo);
    return QAccessibleWidget::parent();
}

int AccessibleRows::rowCount() const
{
    return view()->model() != nullptr ? view()->model()->rowCount(view()->rootIndex()) : 0;
}

int AccessibleRows::childCount() const
{
    return rowCount() + static_cast<int>(lyingOn(view()).size());
}

QAccessibleInterface* AccessibleRows::row(int row) const
{
    const QModelIndex index = view()->model()->index(row, 0, view()->rootIndex());
    if (!index.isValid()) return nullptr;
    const QPersistentModelIndex kept(index);
    auto at = rows_.constFind(kept);
    if (at == rows_.constEnd()) {
        if (rows_.size() > rowCount() + kForgotten)
            for (auto old = rows_.begin(); old != rows_.end();) {
                if (old.key().isValid()) {
                    ++old;
                    continue;
                }
                QAccessible::deleteAccessibleInterface(*old);
                old = rows_.erase(old);
            }
        at = rows_.insert(kept, QAccessible::registerAccessibleInterface(new Row(view(), index)));
    }
    return QAccessible::accessibleInterface(*at);
}

QAccessibleInterface* AccessibleRows::child(int index) const
{
    if (index < 0) return nullptr;
    const int rows = rowCount();
    if (index < rows) return row(index);
    const QList<QWidget*> widgets = lyingOn(view());
    return index - rows < widgets.size()
               ? QAccessible::queryAccessibleInterface(widgets[index - rows])
               : nullptr;
}

int AccessibleRows::indexOfChild(const QAccessibleInterface* child) const
{
    if (child == nullptr) return -1;
    if (auto* widget = qobject_cast<QWidget*>(child->object())) {
        const auto at = lyingOn(view()).indexOf(widget);
        return at < 0 ? -1 : rowCount() + static_cast<int>(at);
    }
    const auto* row = dynamic_cast<const Row*>(child);
    return row != nullptr ? row->number() : -1;
}

QAccessibleInterface* AccessibleRows::childAt(int x, int y) const
{
    const QPoint place = view()->viewport()->mapFromGlobal(QPoint(x, y));
    if (!view()->viewport()->rect().contains(place)) return nullptr;
    for (QWidget* widget : lyingOn(view()))
        if (widget->rect().contains(widget->mapFromGlobal(QPoint(x, y))))
            return QAccessible::queryAccessibleInterface(widget);
    const QModelIndex index = view()->indexAt(place);
    return index.isValid() ? row(index.row()) : nullptr;
}

QAccessibleInterface* AccessibleRows::focusChild() const
{
    if (hasKeyboard(view()) && view()->currentIndex().isValid())
        return row(view()->currentIndex().row());
    return QAccessibleWidget::focusChild();
}

QString AccessibleRows::text(QAccessible::Text which) const
{
    QString set = QAccessibleWidget::text(which);
    if (which != QAccessible::Name || !set.isEmpty()) return set;
    const auto* combo = qobject_cast<QComboBox*>(view()->window()->parent());
    return combo != nullptr ? combo->accessibleName() : QString();
}

QAccessible::State AccessibleRows::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.focused = hasKeyboard(view()) && !view()->currentIndex().isValid();
    return state;
}

} // namespace ui

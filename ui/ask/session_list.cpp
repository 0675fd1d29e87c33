#include "ui/ask/session_list.h"

#include "ui/theme/theme.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/sectioned_list.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

QToolButton* headerButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(theme::icon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    theme::setRole(button, theme::Role::Flat);
    return button;
}

/// The editor takes the first line's place only, so that what the row holds stays readable.
class SessionRows : public RowDelegate {
public:
    using RowDelegate::RowDelegate;

    QWidget*
    createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        auto* editor = new QLineEdit(parent);
        editor->setAccessibleName(QCoreApplication::translate("ui::SessionList", "Session name"));
        return editor;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        auto* line = qobject_cast<QLineEdit*>(editor);
        line->setText(index.data(Qt::EditRole).toString());
        line->selectAll();
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index)
        const override
    {
        model->setData(index, qobject_cast<QLineEdit*>(editor)->text(), Qt::EditRole);
    }
    void updateEditorGeometry(
        QWidget* editor,
        const QStyleOptionViewItem& option,
        const QModelIndex&) const override
    {
        editor->setGeometry(option.rect.adjusted(margin(), 6, -margin(), -6));
    }
};

} // namespace

SessionList::SessionList(QWidget* parent) : QWidget(parent), model_(new RecentSessionModel(this))
{
    createWidgets();
    connectSignals();
}

void SessionList::createWidgets()
{
    header_ = new HeaderBar(tr("Ask"), this);
    header_->setInPane();
    search_ = headerButton(QStringLiteral("search"), tr("Search everything"), header_);
    fresh_ = headerButton(QStringLiteral("square-pen"), tr("New session"), header_);
    header_->addTrailing(search_);
    header_->addTrailing(fresh_);
    list_ = new SectionedList(this);
    auto* rows = new SessionRows(list_);
    rows->setTwoLines(true);
    list_->setRows(rows);
    list_->setModel(model_);
    list_->setChooseOnClick(true);
    list_->setAccessibleName(tr("Sessions"));
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->installEventFilter(this);
    list_->viewport()->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(list_);
    setTabOrder(search_, fresh_);
    setTabOrder(fresh_, list_);
}

void SessionList::connectSignals()
{
    connect(search_, &QToolButton::clicked, this, &SessionList::searchWanted);
    connect(fresh_, &QToolButton::clicked, this, &SessionList::newSessionWanted);
    connect(list_, &SectionedList::chosen, this, [this](const QModelIndex& index) {
        if (const auto session = model_->sessionAt(index)) Q_EMIT chosen(session);
    });
    connect(model_, &RecentSessionModel::renamed, this, &SessionList::renamed);
    connect(model_, &QAbstractItemModel::rowsInserted, this, &SessionList::markCurrent);
}

void SessionList::setCurrent(storage::SessionId session)
{
    current_ = session;
    markCurrent();
}

void SessionList::markCurrent()
{
    const QModelIndex index = model_->find(current_);
    if (index == list_->currentIndex() && index.isValid()) return;
    if (index.isValid()) {
        list_->select(index);
    } else {
        list_->clearSelection();
        list_->setCurrentIndex({});
    }
}

void SessionList::editName(storage::SessionId session)
{
    const QModelIndex index = model_->find(session);
    if (index.isValid()) list_->edit(index);
}

bool SessionList::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ContextMenu) {
        auto* menu = static_cast<QContextMenuEvent*>(event);
        const bool by_key = menu->reason() == QContextMenuEvent::Keyboard;
        const QModelIndex index =
            by_key ? list_->currentIndex()
                   : list_->indexAt(list_->viewport()->mapFromGlobal(menu->globalPos()));
        const QPoint at = by_key ? list_->viewport()->mapToGlobal(list_->visualRect(index).center())
                                 : menu->globalPos();
        showMenu(index, at);
        return true;
    }
    if (event->type() == QEvent::KeyPress && watched == list_) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const QModelIndex index = list_->currentIndex();
        if (const auto session = model_->sessionAt(index)) {
            if (key == Qt::Key_F2) {
                list_->edit(index);
                return true;
            }
            if (key == Qt::Key_Delete) {
                Q_EMIT deleteWanted(session, index.data(RecentSessionModel::NameRole).toString());
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SessionList::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Pane));
}

void SessionList::showMenu(const QModelIndex& index, const QPoint& at)
{
    const auto session = model_->sessionAt(index);
    if (session == 0) return;
    const bool pinned = index.data(RecentSessionModel::PinnedRole).toBool();
    const QString name = index.data(RecentSessionModel::NameRole).toString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this, [this, session] {
        editName(session);
    });
    menu->addAction(pinned ? tr("Unpin") : tr("Pin to the top"), this, [this, session, pinned] {
        Q_EMIT pinWanted(session, !pinned);
    });
    menu->addAction(theme::icon(QStringLiteral("share")), tr("Export…"), this, [this, session] {
        Q_EMIT exportWanted(session);
    });
    menu->addSeparator();
    menu->addAction(
        theme::icon(QStringLiteral("trash-2"), theme::Color::Record),
        tr("Delete"),
        QKeySequence(Qt::Key_Delete),
        this,
        [this, session, name] { Q_EMIT deleteWanted(session, name); });
    menu->popup(at);
}

} // namespace ui

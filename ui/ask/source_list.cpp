#include "ui/ask/source_list.h"

#include "ui/ask/source_delegate.h"
#include "ui/ask/source_words.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolButton>

namespace ui {

SourceList::SourceList(IngestModel* model, QWidget* parent)
    : QListView(parent), model_(model), button_(new QPushButton(viewport())),
      act_(new QToolButton(viewport()))
{
    setModel(model);
    setItemDelegate(new SourceDelegate(this));
    setAccessibleName(tr("Sources"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(false);
    viewport()->setAutoFillBackground(false);
    theme::setRole(act_, theme::Role::Flat);
    button_->hide();
    act_->hide();
    connect(button_, &QPushButton::clicked, this, [this] { pressButton(currentIndex()); });
    connect(act_, &QToolButton::clicked, this, [this] {
        pressAct(currentIndex(), act_->mapToGlobal(QPoint(0, act_->height())));
    });
    const auto changed = [this] {
        scheduleDelayedItemsLayout();
        updateGeometry();
        placeButtons();
    };
    connect(model, &IngestModel::stateChanged, this, changed);
    connect(model, &QAbstractItemModel::modelReset, this, changed);
}

int SourceList::contentHeight() const
{
    constexpr int kEnough_px = 10'000; // higher than any window
    int height = 0;
    for (int row = 0; row < model_->rowCount() && height < kEnough_px; ++row)
        height += sizeHintForIndex(model_->index(row)).height();
    return height;
}

QSize SourceList::sizeHint() const
{
    return {400, contentHeight()};
}

void SourceList::placeButtons()
{
    const QModelIndex index = currentIndex();
    const bool shown = index.isValid();
    if (!shown) {
        button_->hide();
        act_->hide();
        return;
    }
    const SourceItem& source = model_->at(index);
    const auto plan = SourceDelegate::plan(visualRect(index), source);
    const QString words = SourceDelegate::buttonWords(source);
    button_->setText(words);
    button_->setAccessibleName(words.isEmpty() ? words : words + u' ' + source.name);
    button_->setGeometry(plan.button);
    button_->setVisible(!words.isEmpty());
    act_->setIcon(theme::icon(SourceDelegate::actIcon(source)));
    const QString act = SourceDelegate::actWords(source);
    act_->setToolTip(act);
    act_->setAccessibleName(act + u' ' + source.name);
    act_->setGeometry(plan.act);
    act_->show();
}

void SourceList::pressButton(const QModelIndex& index)
{
    if (!index.isValid()) return;
    const SourceItem& source = model_->at(index);
    if (source.state == SourceState::Ready)
        Q_EMIT recordingWanted(source.key);
    else if (source.state != SourceState::NeedsPassword)
        Q_EMIT retryWanted(source.key);
    else if (state() != EditingState)
        edit(index);
}

void SourceList::pressAct(const QModelIndex& index, const QPoint& at)
{
    if (!index.isValid()) return;
    const SourceItem& source = model_->at(index);
    if (isBusy(source.state))
        Q_EMIT cancelWanted(source.key);
    else if (source.state == SourceState::Ready)
        showMenu(index, at);
    else
        Q_EMIT removeWanted(source.key);
}

void SourceList::showMenu(const QModelIndex& index, const QPoint& at)
{
    if (!index.isValid()) return;
    const SourceItem& source = model_->at(index);
    const qint64 key = source.key;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isAnswerable(source))
        menu->addAction(tr("Show"), this, [this, key] { Q_EMIT openWanted(key); });
    if (isRecording(source))
        menu->addAction(tr("Open summary and transcript"), this, [this, key] {
            Q_EMIT recordingWanted(key);
        });
    const QString words = SourceDelegate::buttonWords(source);
    if (source.state != SourceState::Ready && !words.isEmpty()) {
        menu->addAction(words, this, [this, key] { pressButton(model_->find(key)); });
    } else if (source.failed_pages > 0) {
        menu->addAction(tr("Read the missing pages again"), this, [this, key] {
            Q_EMIT retryWanted(key);
        });
    }
    menu->addAction(tr("Copy path"), this, [path = source.path] {
        QGuiApplication::clipboard()->setText(path);
    });
    menu->addSeparator();
    if (isBusy(source.state)) {
        menu->addAction(tr("Cancel"), this, [this, key] { Q_EMIT cancelWanted(key); });
    } else {
        menu->addAction(
            theme::icon(QStringLiteral("trash-2"), theme::Color::Record),
            tr("Remove from this session"),
            QKeySequence(Qt::Key_Delete),
            this,
            [this, key] { Q_EMIT removeWanted(key); });
    }
    menu->popup(at);
}

void SourceList::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const QModelIndex index = indexAt(at);
    QListView::mousePressEvent(event);
    if (!index.isValid() || event->button() != Qt::LeftButton) return;
    const auto plan = SourceDelegate::plan(visualRect(index), model_->at(index));
    if (plan.act.contains(at))
        pressAct(index, viewport()->mapToGlobal(plan.act.bottomLeft()));
    else if (plan.button.contains(at))
        pressButton(index);
}

void SourceList::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && isAnswerable(model_->at(index)))
        Q_EMIT openWanted(model_->at(index).key);
}

void SourceList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index =
        by_key ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    showMenu(
        index,
        by_key ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void SourceList::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (index.isValid()) {
        const SourceItem& source = model_->at(index);
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!SourceDelegate::buttonWords(source).isEmpty())
                pressButton(index);
            else if (isAnswerable(source))
                Q_EMIT openWanted(source.key);
            return;
        case Qt::Key_Delete:
            if (isBusy(source.state))
                Q_EMIT cancelWanted(source.key);
            else
                Q_EMIT removeWanted(source.key);
            return;
        default:
            break;
        }
    }
    QListView::keyPressEvent(event);
}

void SourceList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && model_->rowCount() > 0) setCurrentIndex(model_->index(0));
}

void SourceList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    // What went wrong wraps.
    if (event->size().width() != event->oldSize().width()) scheduleDelayedItemsLayout();
    placeButtons();
}

void SourceList::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    placeButtons();
}

void SourceList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    placeButtons();
}

void SourceList::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        scheduleDelayedItemsLayout();
        placeButtons();
    }
}

} // namespace ui

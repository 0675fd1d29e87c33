#include "ui/recording/summary_view.h"

#include "ui/recording/summary_delegate.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace ui::recording {
namespace {

struct Target {
    ListKind kind;
    const char* icon;
    int key;
};
constexpr Target kTargets[] = {
    {ListKind::Decisions, "circle-check", Qt::Key_D},
    {ListKind::Actions, "list-checks", Qt::Key_T},
    {ListKind::ToCheck, "circle-question-mark", Qt::Key_C}};

} // namespace

QString moveWords(ListKind to)
{
    switch (to) {
    case ListKind::Decisions:
        return SummaryView::tr("Move to likely decisions");
    case ListKind::Actions:
        return SummaryView::tr("Move to likely to-dos");
    case ListKind::ToCheck:
        return SummaryView::tr("Move to worth checking");
    default:
        return SummaryView::tr("Move to %1").arg(listTitle(to, {}));
    }
}

/// One click puts the line under the pointer into another list. Over the end of its row; the
/// keyboard has letters and the menu for the same.
class SummaryView::MoveButtons : public QWidget {
public:
    explicit MoveButtons(SummaryView* view) : QWidget(view->viewport()), view_(view)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(2, 0, 2, 0);
        row->setSpacing(2);
        for (const auto& target : kTargets) {
            auto* button = new QToolButton(this);
            button->setIcon(theme::icon(QString::fromLatin1(target.icon)));
            const QString key = QKeySequence(target.key).toString(QKeySequence::NativeText);
            button->setToolTip(QStringLiteral("%1 (%2)").arg(moveWords(target.kind), key));
            button->setAccessibleName(moveWords(target.kind));
            button->setFocusPolicy(Qt::NoFocus);
            button->setFixedSize(28, 24);
            theme::setRole(button, theme::Role::Flat);
            theme::setSmall(button);
            const auto kind = target.kind;
            QObject::connect(button, &QToolButton::clicked, this, [this, kind] {
                const int row_now = row_;
                if (row_now >= 0) Q_EMIT view_->moveAsked(view_->summary_->moveOf(row_now, kind));
            });
            row->addWidget(button);
            buttons_.push_back({kind, button});
        }
        hide();
    }

    void showFor(int row)
    {
        const auto targets = row < 0 ? std::vector<ListKind>{} : view_->summary_->targets(row);
        row_ = row;
        if (targets.empty()) {
            hide();
            return;
        }
        for (const auto& [kind, button] : buttons_)
            button->setVisible(std::find(targets.begin(), targets.end(), kind) != targets.end());
        adjustSize();
        const auto option = view_->optionOf(view_->summary_->index(row));
        const QRect ground = view_->delegate_->ground(option);
        const int x =
            layoutDirection() == Qt::RightToLeft ? ground.left() + 4 : ground.right() - width() - 3;
        move(x, ground.top() + 2);
        show();
        raise();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        theme::drawBox(painter, rect(), 4, theme::color(theme::Color::Hover));
    }

private:
    SummaryView* view_;
    std::vector<std::pair<ListKind, QToolButton*>> buttons_;
    int row_ = -1;
};

SummaryView::SummaryView(SummaryModel* model, QWidget* parent)
    : QListView(parent), summary_(model), delegate_(new SummaryDelegate(this))
{
    setModel(model);
    setItemDelegate(delegate_);
    setFrameShape(QFrame::NoFrame);
    setResizeMode(Adjust);
    setWordWrap(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Summary"));
    buttons_ = new MoveButtons(this);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        buttons_->showFor(-1);
        delegate_->setShown(-1, 0);
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] { buttons_->showFor(-1); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { buttons_->showFor(-1); });
}

QStyleOptionViewItem SummaryView::optionOf(const QModelIndex& index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

void SummaryView::choose(int row, int place)
{
    if (row < 0) return;
    if (summary_->row(row).kind == SummaryModel::RowKind::Title) {
        if (summary_->sectionOf(row)->kind == ListKind::ToCheck) summary_->toggleFold(row);
        return;
    }
    const auto* line = summary_->lineOf(row);
    if (line == nullptr || line->places.empty()) return;
    delegate_->setShown(row, place);
    viewport()->update();
    Q_EMIT placesChosen(summary_->places(row, place));
}

void SummaryView::clearShown()
{
    delegate_->setShown(-1, 0);
    viewport()->update();
}

void SummaryView::showMoved(const LineMove& move)
{
    const int row = summary_->rowOf(move);
    if (row < 0) return;
    setCurrentIndex(summary_->index(row));
    scrollTo(summary_->index(row));
}

void SummaryView::fillMenu(QMenu& menu, int row)
{
    const auto* line = row < 0 ? nullptr : summary_->lineOf(row);
    if (line == nullptr) return;
    for (int i = 0; i < static_cast<int>(line->places.size()); ++i) {
        const auto& place = line->places[static_cast<std::size_t>(i)];
        auto* show = menu.addAction(
            place.start_s ? tr("Play from %1").arg(placeWords(place))
                          : tr("Show %1").arg(placeWords(place)),
            [=, this] { choose(row, i); });
        if (i == 0) show->setShortcut(QKeySequence(Qt::Key_Return));
    }
    menu.addSeparator();
    const auto targets = summary_->targets(row);
    for (const auto& target : kTargets) {
        if (std::find(targets.begin(), targets.end(), target.kind) == targets.end()) continue;
        const auto kind = target.kind;
        menu.addAction(
            theme::icon(QString::fromLatin1(target.icon)),
            moveWords(kind),
            QKeySequence(target.key),
            [=, this] { Q_EMIT moveAsked(summary_->moveOf(row, kind)); });
    }
    menu.addSeparator();
    const QString text = line->text;
    menu.addAction(tr("Copy line"), QKeySequence(QKeySequence::Copy), [text] {
        QGuiApplication::clipboard()->setText(text);
    });
}

void SummaryView::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    const auto* line = row < 0 ? nullptr : summary_->lineOf(row);
    const int key = event->key();
    if (row >= 0 && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose(row, chip_);
        return;
    }
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (line != nullptr && plain) {
        for (const auto& target : kTargets) {
            if (key != target.key) continue;
            const auto targets = summary_->targets(row);
            if (std::find(targets.begin(), targets.end(), target.kind) != targets.end())
                Q_EMIT moveAsked(summary_->moveOf(row, target.kind));
            return;
        }
        const int last = static_cast<int>(line->places.size()) - 1;
        if ((key == Qt::Key_Left || key == Qt::Key_Right) && last > 0) {
            chip_ = std::clamp(chip_ + (key == Qt::Key_Right ? 1 : -1), 0, last);
            delegate_->setFocusedChip(chip_);
            viewport()->update();
            return;
        }
    }
    if (line != nullptr && event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(line->text);
        return;
    }
    const bool fold = key == Qt::Key_Left || key == Qt::Key_Right;
    if (fold && row >= 0 && summary_->row(row).kind == SummaryModel::RowKind::Title) {
        const bool folded = summary_->isFolded(summary_->row(row).section);
        if (folded == (key == Qt::Key_Right)) choose(row, 0);
        return;
    }
    // Space plays and letters are the window's keys; nothing is searched by typing here.
    if (plain && !event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void SummaryView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    chip_ = 0;
    delegate_->setFocusedChip(0);
}

void SummaryView::hover(int row)
{
    const bool line = row >= 0 && summary_->lineOf(row) != nullptr;
    buttons_->showFor(line ? row : -1);
}

void SummaryView::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    const auto index = indexAt(event->pos());
    hover(index.row());
    const bool chip =
        index.isValid() && delegate_->chipAt(optionOf(index), index, event->pos()) >= 0;
    const bool title = index.isValid() &&
                       summary_->row(index.row()).kind == SummaryModel::RowKind::Title &&
                       summary_->sectionOf(index.row())->kind == ListKind::ToCheck;
    viewport()->setCursor(chip || title ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void SummaryView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const auto index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid()) return;
    choose(index.row(), std::max(0, delegate_->chipAt(optionOf(index), index, event->pos())));
}

void SummaryView::leaveEvent(QEvent* event)
{
    QListView::leaveEvent(event);
    if (!rect().contains(mapFromGlobal(QCursor::pos()))) hover(-1);
}

void SummaryView::scrollContentsBy(int dx, int dy)
{
    hover(-1);
    QListView::scrollContentsBy(dx, dy);
}

void SummaryView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool by_mouse = event->reason() == QContextMenuEvent::Mouse;
    const auto index = by_mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid() || summary_->lineOf(index.row()) == nullptr) return;
    setCurrentIndex(index);
    QMenu menu(this);
    fillMenu(menu, index.row());
    menu.exec(by_mouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).center()));
}

void SummaryView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) scheduleDelayedItemsLayout();
}

} // namespace ui::recording

#include "ui/frame/main_window.h"

#include "ui/frame/columns.h"
#include "ui/frame/rail.h"
#include "ui/frame/status_bar.h"
#include "ui/frame/view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/toast.h"

#include <algorithm>
#include <QApplication>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QShortcut>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr QSize kLeast_px{1000, 640};
constexpr QSize kFirst_px{1280, 800};
constexpr int kCompactBelow_px = 1180;

/// What takes keys after `from` inside `pane`, or before it; from the pane itself the first or
/// last.
QWidget* focusIn(const QWidget* pane, const QWidget* from, bool forward)
{
    const auto step = [forward](const QWidget* at) {
        return forward ? at->nextInFocusChain() : at->previousInFocusChain();
    };
    for (QWidget* at = step(from); at != pane && at != from; at = step(at)) {
        const bool takes = (at->focusPolicy() & Qt::TabFocus) != 0 && at->isVisible() &&
                           at->isEnabled() && at->focusProxy() == nullptr && pane->isAncestorOf(at);
        if (takes) return at;
    }
    return nullptr;
}

} // namespace

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent)
{
    setWindowTitle(tr("Percept"));
    setMinimumSize(kLeast_px);
    resize(kFirst_px);
    actions_ = new Actions(this);
    addAllActions(*actions_);
    createWidgets();
    createMenus();
    connectSignals();
}

void MainWindow::createWidgets()
{
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    rail_ = new Rail(centre);
    columns_ = new Columns(centre);
    row->addWidget(rail_);
    row->addWidget(columns_, 1);
    column->addLayout(row, 1);
    status_ = new StatusBar(centre);
    column->addWidget(status_);
    setCentralWidget(centre);
    toasts_ = new ToastHost(columns_->centreHolder());
}

void MainWindow::createMenus()
{
    QHash<int, QMenu*> menus;
    for (const Actions::Entry& entry : actions_->entries()) {
        const int which = static_cast<int>(entry.menu);
        if (!menus.contains(which)) menus.insert(which, menuBar()->addMenu(menuTitle(entry.menu)));
        menus[which]->addAction(entry.action);
    }
    menuBar()->hide(); // Alt shows it
    for (QAction* menu : menuBar()->actions()) {
        // A bar that is hidden does not hear its own: Alt+F would write an f.
        auto* key = new QShortcut(QKeySequence::mnemonic(menu->text()), this);
        connect(key, &QShortcut::activated, this, [this, menu] { openMenu(menu); });
        menu_keys_.push_back(key);
    }
    menuBar()->installEventFilter(this);
    for (const QMenu* menu : menus) {
        // The next menu is open by then where the user went on to one.
        connect(menu, &QMenu::aboutToHide, this, [this] {
            QTimer::singleShot(0, this, [this] {
                if (QApplication::activePopupWidget() == nullptr) closeMenu();
            });
        });
    }
}

void MainWindow::openMenu(QAction* menu)
{
    if (menuBar()->isHidden()) before_menu_ = QApplication::focusWidget();
    menuBar()->show();
    menuBar()->setActiveAction(menu);
}

void MainWindow::closeMenu()
{
    const bool has_focus = menuBar()->hasFocus(); // else what was chosen has moved it
    menuBar()->hide();
    if (has_focus && before_menu_) before_menu_->setFocus(Qt::MenuBarFocusReason);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Shown, the bar hears them itself, and a key that two hear belongs to nobody.
    if (watched == menuBar() && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        for (QShortcut* key : menu_keys_) key->setEnabled(event->type() == QEvent::Hide);
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::connectSignals()
{
    const auto on = [this](const char* name, auto work) {
        connect((*actions_)[QLatin1String(name)], &QAction::triggered, this, work);
    };
    on("view.ask", [this] { showView(kAskView); });
    on("view.library", [this] { showView(kLibraryView); });
    on("view.models", [this] { showView(kModelsView); });
    on("view.settings", [this] { showView(kSettingsView); });
    on("pane.list", [this] { columns_->toggleList(); });
    on("pane.evidence", [this] { columns_->setEvidenceOpen(!columns_->evidenceOpen()); });
    on("pane.next", [this] { cyclePanes(1); });
    on("pane.previous", [this] { cyclePanes(-1); });
    on("app.quit", [this] { close(); });
    connect(rail_, &Rail::chosen, this, &MainWindow::showView);
    connect(toasts_, &ToastHost::undone, this, &MainWindow::undoRequested);
    connect(columns_, &Columns::evidenceOpenChanged, this, [this] {
        refreshActions();
        Q_EMIT evidenceToggled();
    });
}

void MainWindow::addView(ViewId id, const QString& text, const QString& icon, View* view)
{
    rail_->addView(id, text, icon, id == kSettingsView);
    view->setAccessibleName(text);
    addHiddenView(id, view, id);
}

void MainWindow::addHiddenView(int id, View* view, ViewId rail_id)
{
    columns_->addView(id, view);
    rail_of_.insert(id, rail_id);
    addListButton(view);
    closeFloatingListOnChoice(view);
    connect(view, &View::actionsChanged, this, [this, view] {
        if (columns_->currentView() == view) refreshActions();
    });
    connect(view, &View::toast, this, [this](const QString& sentence, bool can_undo) {
        toasts_->show(sentence, can_undo);
    });
}

void MainWindow::addListButton(View* view)
{
    auto* header = view->findChild<HeaderBar*>();
    if (header == nullptr || view->listPane() == nullptr) return;
    auto* button = new QToolButton(header);
    button->setIcon(theme::icon("panel-left"));
    button->setToolTip(tr("List (Ctrl+\\)"));
    button->setAccessibleName(tr("Show the list"));
    theme::setRole(button, theme::Role::Flat);
    header->addLeading(button);
    button->setVisible(columns_->listFloats());
    connect(button, &QToolButton::clicked, columns_, &Columns::toggleList);
    connect(columns_, &Columns::listFloatsChanged, button, [this, view, button](bool) {
        button->setVisible(columns_->width() > 0 && columns_->listFloats() && view->listPane());
    });
}

void MainWindow::closeFloatingListOnChoice(View* view)
{
    if (view->listPane() == nullptr) return;
    const auto lists = view->listPane()->findChildren<SectionedList*>();
    for (SectionedList* list : lists) {
        // Behind the view's own work, which may have opened a popup beside the row.
        connect(list, &SectionedList::chosen, columns_, [this] {
            if (QApplication::activePopupWidget() == nullptr) columns_->setListFloating(false);
        });
    }
}

void MainWindow::showView(int id)
{
    View* next = columns_->view(id);
    if (next == nullptr) return;
    // The keyboard would go under its veil, where nobody sees it.
    const auto overlays = findChildren<OverlayPanel*>();
    for (OverlayPanel* overlay : overlays) overlay->close();
    rail_->setCurrent(rail_of_.value(id, id));
    if (id == columns_->current()) {
        next->activate();
        return;
    }
    columns_->setCurrent(id);
    refreshActions();
    next->activate();
    Q_EMIT viewShown(id);
}

int MainWindow::currentView() const
{
    return columns_->current();
}

void MainWindow::setEvidence(QWidget* evidence)
{
    columns_->setEvidence(evidence);
}

void MainWindow::openEvidence()
{
    columns_->setEvidenceOpen(true);
}

void MainWindow::closeEvidence()
{
    columns_->setEvidenceOpen(false);
}

void MainWindow::refreshActions()
{
    actions_->beginUpdate();
    if (View* view = columns_->currentView()) view->updateActions(*actions_);
    Q_EMIT actionsRefreshed();
}

/// Those that are shown, as they stand from left to right and down.
std::vector<QWidget*> MainWindow::panes() const
{
    std::vector<QWidget*> shown;
    for (QWidget* pane : std::initializer_list<QWidget*>{
             rail_,
             columns_->listHolder(),
             columns_->centreHolder(),
             columns_->evidence(),
             status_})
        if (pane != nullptr && pane->isVisible()) shown.push_back(pane);
    return shown;
}

std::size_t MainWindow::paneOf(const QWidget* focus) const
{
    const auto shown = panes();
    const auto at = std::find_if(shown.begin(), shown.end(), [focus](const QWidget* pane) {
        return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
    });
    return static_cast<std::size_t>(at - shown.begin());
}

void MainWindow::focusPane(std::size_t from, bool forward, bool at_first)
{
    const auto shown = panes();
    const std::size_t count = shown.size();
    for (std::size_t tried = 1; tried <= count; ++tried) {
        const QWidget* pane = shown[(from + (forward ? tried : count - tried)) % count];
        if (QWidget* target = focusIn(pane, pane, at_first)) {
            target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

void MainWindow::cyclePanes(int step)
{
    std::size_t at = paneOf(QApplication::focusWidget());
    if (at == panes().size()) at = paneOf(columns_->centreHolder());
    focusPane(at, step > 0, true);
}

/// Tab walks the panes as they stand. Qt would take them in the order in which they were made.
bool MainWindow::focusNextPrevChild(bool next)
{
    const QWidget* focus = QApplication::focusWidget();
    if (focus == nullptr) focus = columns_->centreHolder(); // Esc left a field
    const std::size_t at = paneOf(focus);
    if (at == panes().size()) return QMainWindow::focusNextPrevChild(next); // an overlay
    if (QWidget* target = focusIn(panes()[at], focus, next))
        target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    else
        focusPane(at, next, next);
    return true;
}

QJsonObject MainWindow::saveState() const
{
    const QRect at = isMaximized() ? normalGeometry() : geometry();
    return {
        {"x", at.x()},
        {"y", at.y()},
        {"width", at.width()},
        {"height", at.height()},
        {"maximized", isMaximized()},
        {"view", rail_of_.value(columns_->current(), kAskView)},
        {"columns", columns_->saveState()}};
}

void MainWindow::restoreState(const QJsonObject& state)
{
    const QRect kept{
        state.value("x").toInt(),
        state.value("y").toInt(),
        state.value("width").toInt(),
        state.value("height").toInt()};
    // Never off the screens that are there now: a title bar must stay reachable.
    const auto screens = QGuiApplication::screens();
    for (const QScreen* screen : screens) {
        const QRect room = screen->availableGeometry();
        const QRect seen = room.intersected(kept);
        if (seen.width() < 200 || !room.contains(QPoint(seen.center().x(), kept.top()))) continue;
        const QSize size = kept.size().expandedTo(kLeast_px).boundedTo(room.size());
        QRect fits{kept.topLeft(), size};
        if (fits.right() > room.right()) fits.moveRight(room.right());
        if (fits.bottom() > room.bottom()) fits.moveBottom(room.bottom());
        setGeometry(fits);
        break;
    }
    columns_->restoreState(state.value("columns").toObject());
    if (state.value("maximized").toBool()) setWindowState(windowState() | Qt::WindowMaximized);
    showView(state.value("view").toInt(kAskView));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (View* view = columns_->currentView()) view->leave();
    Q_EMIT closing(saveState());
    event->accept();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    alt_alone_ = event->key() == Qt::Key_Alt;
    if (event->key() == Qt::Key_Escape) {
        if (columns_->listFloatingShown()) return columns_->setListFloating(false);
        View* view = columns_->currentView();
        if (view != nullptr && view->escape()) return;
        columns_->focusCentre();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Alt && alt_alone_) {
        // With a menu open: a bar with the focus and nothing chosen would not hear the arrows.
        openMenu(menuBar()->actions().constFirst());
        alt_alone_ = false;
        return;
    }
    QMainWindow::keyReleaseEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    status_->setCompact(width() < kCompactBelow_px);
}

} // namespace ui

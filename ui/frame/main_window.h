#pragma once

#include "ui/frame/actions.h"
#include "ui/types.h"

#include <QJsonObject>
#include <QMainWindow>
#include <QPointer>
#include <vector>

class QShortcut;

namespace ui {

class Columns;
class Rail;
class StatusBar;
class ToastHost;
class View;

/// The numbers of Ctrl+1 … 7; they stay when views in between are not there.
enum ViewId { kAskView = 1, kLibraryView = 2, kModelsView = 6, kSettingsView = 7 };

/// The window: rail, columns, status bar, menus, toasts. Knows views as `View` and routes their
/// wishes as signals; whoever makes it connects them.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);

    Actions& actions() { return *actions_; }
    StatusBar& status() { return *status_; }
    Rail& rail() { return *rail_; }
    Columns& columns() { return *columns_; }
    ToastHost& toasts() { return *toasts_; }

    /// On the rail, with its action ("view.ask") and key.
    void addView(ViewId id, const QString& text, const QString& icon, View* view);
    /// Not on the rail: reached from other views, shown under `rail_id`.
    void addHiddenView(int id, View* view, ViewId rail_id);
    void showView(int id);
    int currentView() const;
    void setEvidence(QWidget* evidence);
    void openEvidence();
    void closeEvidence();
    /// Enables actions again for the view in front.
    void refreshActions();

    /// Geometry, columns, last view: what is restored at the next start.
    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void viewShown(int id);
    void undoRequested();
    void evidenceToggled();
    /// The view in front has enabled its actions; the evidence pane may add its own.
    void actionsRefreshed();
    /// The window goes; the state is to be stored.
    void closing(const QJsonObject& state);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void createWidgets();
    void createMenus();
    void openMenu(QAction* menu);
    void closeMenu();
    void connectSignals();
    void addListButton(View* view);
    void closeFloatingListOnChoice(View* view);
    std::vector<QWidget*> panes() const;
    std::size_t paneOf(const QWidget* focus) const;
    void focusPane(std::size_t from, bool forward, bool at_first);
    void cyclePanes(int step);

    Actions* actions_;
    Rail* rail_;
    Columns* columns_;
    StatusBar* status_;
    ToastHost* toasts_;
    QHash<int, int> rail_of_;           // of hidden views
    std::vector<QShortcut*> menu_keys_; // "Alt+F" while the bar is hidden
    QPointer<QWidget> before_menu_;     // had the focus
    bool alt_alone_ = false;
};

} // namespace ui

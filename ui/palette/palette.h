#pragma once

#include "ui/palette/types.h"
#include "ui/widgets/overlay.h"

#include <QTimer>
#include <vector>

class QAction;
class QButtonGroup;
class QLabel;
class QLineEdit;
class QListView;

namespace ui {

class PaletteModel;

/// Search everything, Ctrl+K: what is typed is looked up in all that is kept and among the commands
/// of the window. The focus stays in its field; arrows choose, Tab goes to the next group, Enter
/// opens, Ctrl+Enter asks. Owned by the main window.
class Palette : public OverlayPanel {
    Q_OBJECT
public:
    explicit Palette(QWidget* window);

    /// Those of the menus; asked for words, key and whether they can be done whenever it opens.
    void setCommands(const std::vector<QAction*>& commands);
    /// With `typed` in the field; ">" begins with commands.
    void openWith(const QString& typed = {});

public Q_SLOTS:
    /// Ignored where the field holds something else by now.
    void setResult(const ui::SearchResult& result);

Q_SIGNALS:
    /// While typing; empty: the latest sessions are shown.
    void searchWanted(const QString& query);
    /// Opens the session of the hit at its place.
    void hitChosen(const ui::Hit& hit);
    /// A recording at a moment; `start_s` -1: as a whole.
    void recordingChosen(storage::SessionId session, storage::SourceId source, double start_s);
    void sessionChosen(storage::SessionId session);
    /// In a new session.
    void askWanted(const QString& question);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* createFieldRow();
    QWidget* createChips();
    QWidget* createFooter();
    void connectSignals();
    bool handleKey(class QKeyEvent& event);
    void typed();
    void showRows();
    void setCurrentRow(int row);
    void stepRow(int by);
    void stepFilter(int by);
    void choose(int row);
    void ask();
    void updateChips();
    void fitList();

    std::vector<QAction*> commands_;
    PaletteModel* model_;
    QLineEdit* field_ = nullptr;
    QLabel* places_ = nullptr;
    QButtonGroup* chips_ = nullptr;
    QListView* list_ = nullptr;
    QTimer search_soon_;
};

} // namespace ui

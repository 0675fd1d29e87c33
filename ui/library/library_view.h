#pragma once

#include "ui/frame/view.h"
#include "ui/library/types.h"

#include <QTimer>
#include <vector>

class QLabel;
class QStackedWidget;

namespace ui {

class Banner;
class EmptyState;
class ExportPanel;
class FilterPane;
class HitModel;
class OverlayPanel;
class Popup;
class ResultBar;
class SearchField;
class SectionedList;
class SessionModel;
class TagPanel;

/// All sessions by day, and a search over everything in them; renames, tags, pins, exports and
/// deletes them. A deleted session lies in the trash until the view is left.
class LibraryView : public View {
    Q_OBJECT
public:
    explicit LibraryView(QWidget* parent = nullptr);
    ~LibraryView() override;

    QWidget* listPane() override;
    void activate() override;
    void leave() override;
    void updateActions(Actions& actions) override;
    bool escape() override;

    /// Another program writes to the library: nothing can be changed.
    void setWritable(bool writable);
    /// Where exports go until the user chooses another place.
    void setExportFolder(const QString& folder);
    /// Asks for format and place, over the whole window; `name` where the view may not know it.
    void exportSessions(const std::vector<storage::SessionId>& sessions, const QString& name = {});
    /// Brings back what was deleted last; false where nothing is left to bring back.
    bool undo();
    QString query() const;
    void searchFor(const QString& query);

public Q_SLOTS:
    /// Asks for the shown rows again, now or when the view comes to the front.
    void libraryChanged();
    void setNumbers(const ui::LibraryNumbers& numbers);
    void setPage(const ui::LibraryPage& page);
    /// Ignored where its ticket is not that of the last search.
    void setResult(const ui::SearchResult& result);
    void setProblem(const QString& sentence);
    void setExportProgress(const ui::ExportProgress& progress);
    void setExportOutcome(const ui::ExportOutcome& outcome);

Q_SIGNALS:
    void numbersWanted();
    void pageWanted(const ui::LibraryFilter& filter, int offset, int at_least);
    void searchWanted(int ticket, const QString& query, const ui::LibraryFilter& filter);
    void searchDropped();
    void renameWanted(storage::SessionId session, const QString& name);
    void pinWanted(const std::vector<storage::SessionId>& sessions, bool pinned);
    void tagsWanted(storage::SessionId session, const QStringList& tags);
    void trashWanted(const std::vector<storage::SessionId>& sessions);
    void restoreWanted(const std::vector<storage::SessionId>& sessions);
    void emptyTrashWanted();
    void exportWanted(const ui::ExportOrder& order);
    void exportStopWanted();
    void revealWanted(const QString& path);
    /// The model that finds meaning is missing.
    void modelsWanted();

private:
    void createWidgets();
    void reload();
    QWidget* createFooter();
    void connectSignals();
    void showPart();
    void queryTyped();
    void search();
    void filterChosen();
    void chooseHit();
    void openHit(int row);
    void openSessionRow(int row);
    void selectNear(int row);
    void showMenu(SectionedList* list, const QPoint& at);
    std::vector<storage::SessionId> chosenSessions() const;
    const LibrarySession* currentSession() const;
    void renameCurrent();
    void tagCurrent();
    void pinChosen();
    void deleteChosen();
    void exportChosen();
    QString nameOf(storage::SessionId session) const;
    void updateFooter();
    bool searching() const;

    FilterPane* pane_ = nullptr;
    SearchField* field_ = nullptr;
    Banner* banner_ = nullptr;
    ResultBar* bar_ = nullptr;
    QStackedWidget* parts_ = nullptr;
    SectionedList* sessions_ = nullptr;
    SectionedList* hits_ = nullptr;
    EmptyState* empty_ = nullptr;
    QLabel* footer_ = nullptr;
    SessionModel* session_model_;
    HitModel* hit_model_;
    Popup* tag_popup_ = nullptr;
    TagPanel* tag_panel_ = nullptr;
    QWidget* tag_anchor_ = nullptr;
    storage::SessionId tagged_ = 0;
    OverlayPanel* export_overlay_ = nullptr;
    ExportPanel* export_panel_ = nullptr;
    QString export_folder_;
    QTimer search_soon_;
    QTimer place_soon_;
    int ticket_ = 0;
    bool answered_ = false; // the last search
    bool loaded_ = false;   // a first page came
    bool renaming_ = false;
    bool stale_ = false; // rows came while a name was typed
    bool writable_ = true;
    std::vector<std::vector<storage::SessionId>> deleted_; // since the view was entered
};

} // namespace ui

#pragma once

#include "app/desktop/services.h"
#include "ui/library/types.h"

#include <deque>
#include <functional>
#include <QObject>
#include <QTimer>
#include <stop_token>

namespace ui {
class LibraryView;
class Palette;
} // namespace ui

namespace app::desktop {

/// Sessions, search, order and export for the window. All work runs in lanes; answers arrive on the
/// UI thread. Writes are done one after the other, in the order in which they were asked for.
class LibraryBridge : public QObject {
    Q_OBJECT
public:
    explicit LibraryBridge(Services& services, QObject* parent = nullptr);
    ~LibraryBridge() override;

public Q_SLOTS:
    void loadPage(const ui::LibraryFilter& filter, int offset, int at_least);
    void loadNumbers();
    /// found() follows twice: by words at once, then with meaning. Cancels the last one.
    void search(int ticket, const QString& query, const ui::LibraryFilter& filter);
    void dropSearch();
    /// As search(), over everything; paletteFound() follows. Empty: the latest sessions.
    void searchPalette(const QString& query);

    void rename(storage::SessionId session, const QString& name);
    void setPinned(const std::vector<storage::SessionId>& sessions, bool pinned);
    void setTags(storage::SessionId session, const QStringList& tags);
    void trash(const std::vector<storage::SessionId>& sessions);
    void restore(const std::vector<storage::SessionId>& sessions);
    void emptyTrash();

    /// exportDone() follows once; one export at a time.
    void exportSessions(const ui::ExportOrder& order);
    void stopExport();
    /// Shows a file in the desktop's file manager.
    void reveal(const QString& path);

Q_SIGNALS:
    void pageLoaded(const ui::LibraryPage& page);
    void numbersLoaded(const ui::LibraryNumbers& numbers);
    void found(const ui::SearchResult& result);
    void paletteFound(const ui::SearchResult& result);
    void exportProgressed(const ui::ExportProgress& progress);
    void exportDone(const ui::ExportOutcome& outcome);
    /// Where exports go by themselves.
    void exportFolderKnown(const QString& folder);
    void failed(const QString& sentence);
    /// Sessions changed, at most four times a second.
    void changed();

private:
    using Write = std::function<Result<void>(storage::Library&)>;
    /// One search at a time for each of the two askers.
    struct Search {
        std::stop_source stop{std::nostopstate};
        int round = 0;
    };
    using Answer = void (LibraryBridge::*)(const ui::SearchResult&);
    void find(
        Search& search,
        int ticket,
        const QString& query,
        const ui::LibraryFilter& filter,
        Answer answer);
    void findByMeaning(
        Search& search,
        int ticket,
        const QString& query,
        const ui::LibraryFilter& filter,
        Answer answer);
    void write(storage::SessionId session, Write work);
    void writeNext();

    struct Waiting {
        storage::SessionId session = 0;
        Write work;
    };
    Services& services_;
    Search search_;
    Search palette_search_;
    std::deque<Waiting> writes_;
    bool writing_ = false;
    std::stop_source export_stop_{std::nostopstate};
    QTimer change_soon_;
};

/// Connects both ways.
void connectLibrary(LibraryBridge& bridge, ui::LibraryView& view);
void connectPalette(LibraryBridge& bridge, ui::Palette& palette);

} // namespace app::desktop

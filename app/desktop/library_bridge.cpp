#include "app/desktop/library_bridge.h"

#include "app/ask_job.h"
#include "app/desktop/library_work.h"
#include "ui/library/library_view.h"
#include "ui/palette/palette.h"

#include <chrono>
#include <QDesktopServices>
#include <QUrl>
#include <utility>

namespace app::desktop {
namespace {

constexpr std::chrono::milliseconds kBetweenChanges{250};
constexpr int kLatestSessions = 5;

} // namespace

LibraryBridge::LibraryBridge(Services& services, QObject* parent)
    : QObject(parent), services_(services)
{
    // Files that are being read change the library many times a second: started, not restarted.
    change_soon_.setSingleShot(true);
    change_soon_.setInterval(kBetweenChanges);
    connect(&change_soon_, &QTimer::timeout, this, &LibraryBridge::changed);
    connect(&services, &Services::libraryChanged, this, [this] {
        if (!change_soon_.isActive()) change_soon_.start();
    });
    connect(&services, &Services::opened, this, &LibraryBridge::changed);
    services_.background().run(
        Lane::Quick,
        this,
        [](const std::stop_token&) { return exportFolder(); },
        [this](const QString& folder) { Q_EMIT exportFolderKnown(folder); });
}

LibraryBridge::~LibraryBridge()
{
    search_.stop.request_stop();
    palette_search_.stop.request_stop();
    export_stop_.request_stop();
}

void LibraryBridge::loadPage(const ui::LibraryFilter& filter, int offset, int at_least)
{
    const auto library = services_.library();
    if (!library) return;
    services_.background().run(
        Lane::Quick,
        this,
        [=](const std::stop_token&) { return loadLibraryPage(*library, filter, offset, at_least); },
        [this](Result<ui::LibraryPage> page) {
            if (page)
                Q_EMIT pageLoaded(*page);
            else
                Q_EMIT failed(sentence(page.error()));
        });
}

void LibraryBridge::loadNumbers()
{
    const auto library = services_.library();
    if (!library) return;
    services_.background().run(
        Lane::Quick,
        this,
        [=](const std::stop_token&) { return loadLibraryNumbers(*library); },
        [this](Result<ui::LibraryNumbers> numbers) {
            if (numbers) Q_EMIT numbersLoaded(*numbers);
            // A failure is told by the page, which is asked for together with the numbers.
        });
}

void LibraryBridge::search(int ticket, const QString& query, const ui::LibraryFilter& filter)
{
    find(search_, ticket, query, filter, &LibraryBridge::found);
}

void LibraryBridge::dropSearch()
{
    search_.stop.request_stop();
    ++search_.round;
}

void LibraryBridge::searchPalette(const QString& query)
{
    if (!query.isEmpty()) return find(palette_search_, 0, query, {}, &LibraryBridge::paletteFound);
    palette_search_.stop.request_stop();
    ++palette_search_.round;
    const auto library = services_.library();
    if (!library) return;
    services_.background().run(
        Lane::Quick,
        this,
        [=](const std::stop_token&) { return latestSessions(*library, kLatestSessions); },
        [this](Result<ui::SearchResult> result) {
            if (result) Q_EMIT paletteFound(*result);
        });
}

void LibraryBridge::find(
    Search& search,
    int ticket,
    const QString& query,
    const ui::LibraryFilter& filter,
    Answer answer)
{
    search.stop.request_stop();
    const int round = ++search.round;
    const auto library = services_.library();
    if (!library) return;
    search.stop = services_.background().run(
        Lane::Quick,
        this,
        [=](const std::stop_token& stop) {
            return findInLibrary(query, filter, *library, nullptr, stop);
        },
        [=, this, &search](Result<ui::SearchResult> result) {
            if (search.round != round) return;
            if (!result) {
                Q_EMIT failed(sentence(result.error()));
                return;
            }
            result->ticket = ticket;
            Q_EMIT(this->*answer)(*result);
            findByMeaning(search, ticket, query, filter, answer);
        });
}

void LibraryBridge::findByMeaning(
    Search& search,
    int ticket,
    const QString& query,
    const ui::LibraryFilter& filter,
    Answer answer)
{
    // Opening the model takes seconds the first time, so this has a thread of its own.
    const auto library = services_.library();
    const auto engines = services_.engines();
    if (!library || !engines) return;
    const int round = search.round;
    search.stop = services_.background().run(
        Lane::Job,
        this,
        [=](const std::stop_token& stop) -> Result<ui::SearchResult> {
            const auto embedder = embedder_or_null(*engines);
            if (!embedder) return tl::unexpected(embedder.error());
            auto result = findInLibrary(query, filter, *library, *embedder, stop);
            if (result)
                result->meaning = *embedder == nullptr ? ui::MeaningSearch::NotInstalled
                                                       : ui::MeaningSearch::EnglishOnly;
            return result;
        },
        [=, this, &search](Result<ui::SearchResult> result) {
            if (search.round != round) return;
            if (!result) {
                Q_EMIT failed(sentence(result.error()));
                return;
            }
            result->ticket = ticket;
            Q_EMIT(this->*answer)(*result);
        });
}

void LibraryBridge::write(storage::SessionId session, Write work)
{
    writes_.push_back({session, std::move(work)});
    if (!writing_) writeNext();
}

void LibraryBridge::writeNext()
{
    const auto library = services_.library();
    if (writes_.empty() || !library) {
        writing_ = false;
        return;
    }
    writing_ = true;
    Waiting next = std::move(writes_.front());
    writes_.pop_front();
    services_.background().run(
        Lane::Quick,
        this,
        [library, work = std::move(next.work)](const std::stop_token&) { return work(*library); },
        [this, session = next.session](const Result<void>& done) {
            if (!done) Q_EMIT failed(sentence(done.error()));
            // Also after a failure: the lists show again what is true.
            Q_EMIT services_.libraryChanged(session);
            writeNext();
        });
}

void LibraryBridge::rename(storage::SessionId session, const QString& name)
{
    write(session, [=](storage::Library& library) {
        return library.rename_session(session, name.toStdString());
    });
}

void LibraryBridge::setPinned(const std::vector<storage::SessionId>& sessions, bool pinned)
{
    write(0, [=](storage::Library& library) -> Result<void> {
        for (const storage::SessionId id : sessions) {
            if (auto done = library.set_pinned(id, pinned); !done) return done;
        }
        return {};
    });
}

void LibraryBridge::setTags(storage::SessionId session, const QStringList& tags)
{
    std::vector<std::string> names;
    for (const QString& tag : tags) names.push_back(tag.toStdString());
    write(session, [session, names = std::move(names)](storage::Library& library) {
        return library.set_tags(session, names);
    });
}

void LibraryBridge::trash(const std::vector<storage::SessionId>& sessions)
{
    write(0, [=](storage::Library& library) -> Result<void> {
        for (const storage::SessionId id : sessions) {
            if (auto done = library.trash_session(id); !done) return done;
        }
        return {};
    });
}

void LibraryBridge::restore(const std::vector<storage::SessionId>& sessions)
{
    write(0, [=](storage::Library& library) -> Result<void> {
        for (const storage::SessionId id : sessions) {
            if (auto done = library.restore_session(id); !done) return done;
        }
        return {};
    });
}

void LibraryBridge::emptyTrash()
{
    write(0, [](storage::Library& library) -> Result<void> {
        const auto removed = library.empty_trash();
        if (!removed) return tl::unexpected(removed.error());
        return {};
    });
}

void LibraryBridge::exportSessions(const ui::ExportOrder& order)
{
    const auto library = services_.library();
    if (!library) return;
    const auto progress = [context = QPointer<LibraryBridge>{this}](const ui::ExportProgress& now) {
        Background::onUiThread([context, now] {
            if (context) Q_EMIT context->exportProgressed(now);
        });
    };
    export_stop_ = services_.background().run(
        Lane::Job,
        this,
        [=](const std::stop_token& stop) {
            return desktop::exportSessions(order, *library, progress, stop);
        },
        [this](const ui::ExportOutcome& outcome) { Q_EMIT exportDone(outcome); });
}

void LibraryBridge::stopExport()
{
    export_stop_.request_stop();
}

void LibraryBridge::reveal(const QString& path)
{
    const QString folder = path.left(path.lastIndexOf(QLatin1Char('/')));
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

void connectLibrary(LibraryBridge& bridge, ui::LibraryView& view)
{
    using Bridge = LibraryBridge;
    using View = ui::LibraryView;
    QObject::connect(&view, &View::pageWanted, &bridge, &Bridge::loadPage);
    QObject::connect(&view, &View::numbersWanted, &bridge, &Bridge::loadNumbers);
    QObject::connect(&view, &View::searchWanted, &bridge, &Bridge::search);
    QObject::connect(&view, &View::searchDropped, &bridge, &Bridge::dropSearch);
    QObject::connect(&view, &View::renameWanted, &bridge, &Bridge::rename);
    QObject::connect(&view, &View::pinWanted, &bridge, &Bridge::setPinned);
    QObject::connect(&view, &View::tagsWanted, &bridge, &Bridge::setTags);
    QObject::connect(&view, &View::trashWanted, &bridge, &Bridge::trash);
    QObject::connect(&view, &View::restoreWanted, &bridge, &Bridge::restore);
    QObject::connect(&view, &View::emptyTrashWanted, &bridge, &Bridge::emptyTrash);
    QObject::connect(&view, &View::exportWanted, &bridge, &Bridge::exportSessions);
    QObject::connect(&view, &View::exportStopWanted, &bridge, &Bridge::stopExport);
    QObject::connect(&view, &View::revealWanted, &bridge, &Bridge::reveal);
    QObject::connect(&bridge, &Bridge::pageLoaded, &view, &View::setPage);
    QObject::connect(&bridge, &Bridge::numbersLoaded, &view, &View::setNumbers);
    QObject::connect(&bridge, &Bridge::found, &view, &View::setResult);
    QObject::connect(&bridge, &Bridge::failed, &view, &View::setProblem);
    QObject::connect(&bridge, &Bridge::changed, &view, &View::libraryChanged);
    QObject::connect(&bridge, &Bridge::exportProgressed, &view, &View::setExportProgress);
    QObject::connect(&bridge, &Bridge::exportDone, &view, &View::setExportOutcome);
    QObject::connect(&bridge, &Bridge::exportFolderKnown, &view, &View::setExportFolder);
}

void connectPalette(LibraryBridge& bridge, ui::Palette& palette)
{
    QObject::connect(&palette, &ui::Palette::searchWanted, &bridge, &LibraryBridge::searchPalette);
    QObject::connect(&bridge, &LibraryBridge::paletteFound, &palette, &ui::Palette::setResult);
}

} // namespace app::desktop

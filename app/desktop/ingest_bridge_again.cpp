// Reading again and going on, removing and taking back.
#include "app/desktop/ask_values.h"
#include "app/desktop/ingest_bridge.h"
#include "ui/ask/ask_view.h"

#include <utility>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// A file to read again, and the words for its card.
struct Again {
    ui::SourceItem item;
    fs::path file;
};

Result<Again> findAgain(storage::Library& library, storage::SourceId id)
{
    const auto source = library.source(id);
    if (!source) return tl::unexpected(source.error());
    Again again{sourceItem(*source), source->path};
    std::error_code failed;
    if (fs::is_regular_file(again.file, failed)) return again;
    // It was moved or deleted: the copy has the same bytes.
    const auto copy = library.media_path(id);
    if (!copy) return tl::unexpected(copy.error());
    again.file = *copy;
    return again;
}

} // namespace

void IngestBridge::retry(qint64 key, const QString& password)
{
    const auto library = services_.library();
    const auto known = cards_.find(key);
    if (library == nullptr || !services_.writes()) return;
    if (known != cards_.end() && known->second.item.id == 0) {
        ui::SourceItem& item = known->second.item;
        item.state = ui::SourceState::Waiting;
        item.problem.clear();
        view_.updateSource(item);
        startBatch(item.session, {key}, password.toStdString());
        return;
    }
    const storage::SourceId id = known != cards_.end() ? known->second.item.id : key;
    services_.background().run(
        Lane::Quick,
        this,
        [library, id](const std::stop_token&) { return findAgain(*library, id); },
        [this, key, password](Result<Again> again) {
            if (!again) {
                view_.showProblem(tr("The file cannot be read again."), sentence(again.error()));
                return;
            }
            Card& card = cards_[key];
            card.item = std::move(again->item);
            card.item.key = key;
            card.item.state = ui::SourceState::Waiting;
            card.item.problem.clear();
            card.item.warnings.clear();
            card.file = again->file;
            view_.updateSource(card.item);
            startBatch(card.item.session, {key}, password.toStdString());
        });
}

void IngestBridge::remove(qint64 key)
{
    const auto library = services_.library();
    const auto known = cards_.find(key);
    if (known != cards_.end()) known->second.stop.request_stop();
    const storage::SourceId id = known != cards_.end() ? known->second.item.id : key;
    if (known != cards_.end()) {
        removed_[key] = known->second.item;
        cards_.erase(known);
    }
    if (id <= 0 || library == nullptr || !services_.writes()) return;
    services_.background().run(
        Lane::Quick,
        this,
        [library, id](const std::stop_token&) -> Result<ui::SourceItem> {
            const auto source = library->source(id);
            if (!source) return tl::unexpected(source.error());
            if (auto gone = library->trash_source(id); !gone) return tl::unexpected(gone.error());
            return sourceItem(*source);
        },
        [this, key](Result<ui::SourceItem> gone) {
            if (!gone) {
                view_.showProblem(tr("The source cannot be removed."), sentence(gone.error()));
                return;
            }
            if (!removed_.contains(key)) removed_[key] = *gone;
            Q_EMIT services_.libraryChanged(gone->session);
        });
}

void IngestBridge::restore(qint64 key)
{
    const auto library = services_.library();
    const auto at = removed_.find(key);
    if (library == nullptr || at == removed_.end()) return;
    const ui::SourceItem item = at->second;
    removed_.erase(at);
    services_.background().run(
        Lane::Quick,
        this,
        [library, id = item.id](const std::stop_token&) { return library->restore_source(id); },
        [this, item](Result<void> back) {
            if (!back) {
                view_.showProblem(tr("The source cannot be restored."), sentence(back.error()));
                return;
            }
            if (item.key < 0) cards_[item.key].item = item;
            view_.updateSource(item);
            Q_EMIT services_.libraryChanged(item.session);
        });
}

/// What a stopped program left half-read is offered, never read on by itself.
void IngestBridge::lookForUnfinished()
{
    const auto library = services_.library();
    if (library == nullptr || !services_.writes()) return;
    services_.background().run(
        Lane::Quick,
        this,
        [library](const std::stop_token&) { return unfinished_sources(*library); },
        [this](Result<std::vector<UnfinishedSource>> sources) {
            if (!sources) return; // the list of sessions says it already
            unfinished_.clear();
            for (const auto& one : *sources) {
                // Whoever pressed Cancel need not be asked at each start.
                if (one.source.status != storage::SourceStatus::Cancelled)
                    unfinished_.push_back(one);
            }
            view_.setUnfinished(static_cast<int>(unfinished_.size()));
        });
}

void IngestBridge::goOn()
{
    const auto sources = std::exchange(unfinished_, {});
    // Shown is what is read first; pressing and seeing nothing happen would be odd.
    if (!sources.empty()) view_.openSessionById(sources.front().source.session);
    for (const auto& one : sources) retry(one.source.id, {});
}

} // namespace app::desktop

// Retry, remove and restore, what was pasted, the sample, and what a stopped program left.
#include "app/desktop/ask_values.h"
#include "app/desktop/ingest_bridge.h"
#include "app/sample.h"
#include "app/unfinished.h"
#include "ui/ask/ask_view.h"

#include <algorithm>
#include <fstream>
#include <QDateTime>
#include <QImageWriter>
#include <utility>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

QString sampleName()
{
    return QCoreApplication::translate("app::desktop", "Sample session");
}

/// Names of pasted files tell when: they are all that is known of where the words come from.
QString stamp()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss.zzz"));
}

Result<fs::path> writeText(const fs::path& folder, const QString& name, const QString& text)
{
    const fs::path file = folder / (name.toStdString() + ".txt");
    const std::string utf8 = text.toStdString();
    std::ofstream out{file, std::ios::binary};
    out.write(utf8.data(), static_cast<std::streamsize>(utf8.size()));
    out.close();
    if (!out) {
        return fail(
            ErrorCode::NoSpace,
            "What was pasted cannot be written to " + folder.string() + ".",
            "Make room on that disk.");
    }
    return file;
}

Result<fs::path> writePicture(const fs::path& folder, const QString& name, const QImage& picture)
{
    const fs::path file = folder / (name.toStdString() + ".png");
    QImageWriter writer(QString::fromStdString(file.string()), "png");
    if (!writer.write(picture)) {
        return fail(
            ErrorCode::NoSpace,
            "The pasted picture cannot be written to " + folder.string() + ".",
            writer.errorString().toStdString());
    }
    return file;
}

Result<fs::path> pasteFolderIn(const fs::path& parent)
{
    std::string name = (parent / "percept-pasted.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return fail(
            ErrorCode::NoSpace,
            "There is no room for what was pasted in " + parent.string() + ".",
            "Make room on that disk.");
    }
    return fs::path{name};
}

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

void IngestBridge::addText(storage::SessionId session, const QString& text)
{
    paste(session, [text](const fs::path& folder) {
        return writeText(folder, tr("Pasted text %1").arg(stamp()), text);
    });
}

void IngestBridge::addPicture(storage::SessionId session, const QImage& picture)
{
    paste(session, [picture](const fs::path& folder) {
        return writePicture(folder, tr("Pasted picture %1").arg(stamp()), picture);
    });
}

/// Pasted things become files in a folder of this run; the library keeps its own copy of them.
void IngestBridge::paste(
    storage::SessionId session,
    std::function<Result<fs::path>(const fs::path& folder)> write)
{
    services_.background().run(
        Lane::Quick,
        this,
        [folder = paste_folder_, write](const std::stop_token&) -> Result<fs::path> {
            const std::scoped_lock lock{folder->mutex};
            if (folder->path.empty()) {
                auto made = pasteFolderIn(fs::temp_directory_path());
                if (!made) return made;
                folder->path = *made;
            }
            return write(folder->path);
        },
        [this, session](Result<fs::path> file) {
            if (file)
                begin(session, {}, {*file});
            else
                view_.showProblem(tr("Nothing was added."), sentence(file.error()));
        });
}

IngestBridge::PasteFolder::~PasteFolder()
{
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
}

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

bool IngestBridge::hasSample(const std::vector<ui::SessionItem>& sessions) const
{
    return std::any_of(sessions.begin(), sessions.end(), [](const auto& session) {
        return session.name == sampleName();
    });
}

void IngestBridge::openSample()
{
    const auto library = services_.library();
    if (library == nullptr) return;
    struct Found {
        storage::SessionId session = 0;
        std::vector<fs::path> files;
    };
    services_.background().run(
        Lane::Quick,
        this,
        [library](const std::stop_token&) -> Result<Found> {
            storage::SessionQuery query;
            query.name = sampleName().toStdString();
            const auto sessions = library->sessions(query);
            if (!sessions) return tl::unexpected(sessions.error());
            for (const auto& session : *sessions) {
                if (QString::fromStdString(session.name) == sampleName())
                    return Found{session.id, {}};
            }
            const auto sample = find_sample();
            if (!sample) return tl::unexpected(sample.error());
            return Found{0, sample->files()};
        },
        [this](Result<Found> found) {
            if (!found)
                view_.showProblem(tr("The sample is not here."), sentence(found.error()));
            else if (found->session != 0)
                view_.openSessionById(found->session);
            else
                begin(0, sampleName(), found->files);
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
                    unfinished_.push_back(one.source.id);
            }
            view_.setUnfinished(static_cast<int>(unfinished_.size()));
        });
}

void IngestBridge::goOn()
{
    for (const storage::SourceId id : std::exchange(unfinished_, {})) retry(id, {});
}

} // namespace app::desktop

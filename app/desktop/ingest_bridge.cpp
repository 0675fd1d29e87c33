#include "app/desktop/ingest_bridge.h"

#include "app/desktop/app_sentences.h"
#include "app/desktop/ask_values.h"
#include "app/ingest_plan.h"
#include "app/session_name.h"
#include "app/source_ingest.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/source_words.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// What a drop turned out to be, and the session for it.
struct Planned {
    std::vector<PlannedFile> files;
    storage::SessionId session = 0;
    QString name;                 // of a session made for it
    std::string named_after_file; // the same, where it is the first file's
};

Result<Planned> plan(
    storage::Library& library,
    storage::SessionId session,
    const std::string& name,
    const std::vector<fs::path>& inputs)
{
    auto files = plan_files(inputs);
    if (!files) return tl::unexpected(files.error());
    Planned planned{std::move(*files), session, {}, {}};
    const auto first =
        std::find_if(planned.files.begin(), planned.files.end(), [](const auto& file) {
            return !file.refused;
        });
    if (first == planned.files.end()) {
        if (!planned.files.empty()) return tl::unexpected(*planned.files.front().refused);
        return fail(
            ErrorCode::FileNotFound,
            "There is nothing to read in there.",
            "Drop files, or a folder with files.");
    }
    if (session != 0) return planned;
    if (name.empty()) planned.named_after_file = SessionName::of(first->path);
    const std::string& made_name = name.empty() ? planned.named_after_file : name;
    planned.name = QString::fromStdString(made_name);
    const auto made = library.create_session(made_name);
    if (!made) return tl::unexpected(made.error());
    planned.session = *made;
    return planned;
}

ui::SourceState stateOf(const IngestProgress& progress, const QString& kind)
{
    if (progress.phase == IngestPhase::Opening) return ui::SourceState::Opening;
    if (progress.phase == IngestPhase::Listening) return ui::SourceState::Listening;
    if (kind == QLatin1String("video")) return ui::SourceState::Watching;
    return ui::SourceState::Reading;
}

} // namespace

/// Which card a file of a batch is, and the stops that its worker asks for.
struct IngestBridge::Batch {
    storage::SessionId session = 0;
    std::map<fs::path, qint64> keys;
    std::map<fs::path, std::stop_source> stops;
};

/// What the job reported since the last pass; written on its threads.
struct IngestBridge::Pending {
    struct File {
        std::optional<storage::Source> begun;
        std::optional<IngestProgress> progress;
        std::optional<IngestedSource> finished;
    };
    std::mutex mutex;
    std::map<qint64, File> files; // by key
    std::map<storage::SessionId, std::pair<double, double>> indexing;
};

IngestBridge::IngestBridge(Services& services, ui::AskView& view, QObject* parent)
    : QObject(parent), services_(services), view_(view), pending_(std::make_shared<Pending>()),
      paste_folder_(std::make_shared<PasteFolder>())
{
    timer_.setInterval(kPass_ms);
    connect(&timer_, &QTimer::timeout, this, &IngestBridge::pass);
    connectView();
    connect(&services_, &Services::opened, this, &IngestBridge::lookForUnfinished);
    connect(&services_, &Services::writable, this, &IngestBridge::lookForUnfinished);
    if (services_.library() != nullptr) lookForUnfinished();
}

IngestBridge::~IngestBridge()
{
    for (auto& [key, card] : cards_) card.stop.request_stop();
}

void IngestBridge::connectView()
{
    using ui::AskView;
    connect(&view_, &AskView::filesAdded, this, &IngestBridge::addFiles);
    connect(&view_, &AskView::textAdded, this, &IngestBridge::addText);
    connect(&view_, &AskView::pictureAdded, this, &IngestBridge::addPicture);
    connect(&view_, &AskView::cancelSourceRequested, this, &IngestBridge::cancel);
    connect(&view_, &AskView::cancelAllRequested, this, [this](storage::SessionId session) {
        for (const auto& [key, card] : cards_) {
            if (card.item.session == session && ui::isBusy(card.item.state)) cancel(key);
        }
    });
    connect(&view_, &AskView::retrySourceRequested, this, &IngestBridge::retry);
    connect(&view_, &AskView::removeSourceRequested, this, &IngestBridge::remove);
    connect(&view_, &AskView::restoreSourceRequested, this, &IngestBridge::restore);
    connect(&view_, &AskView::goOnRequested, this, &IngestBridge::goOn);
    connect(&view_, &AskView::sampleRequested, this, &IngestBridge::openSample);
}

void IngestBridge::setLanguages(const std::string& ocr, const std::string& speech)
{
    ocr_language_ = ocr;
    speech_language_ = speech;
}

void IngestBridge::addFiles(storage::SessionId session, const QStringList& paths)
{
    std::vector<fs::path> inputs;
    for (const QString& path : paths) inputs.emplace_back(path.toStdString());
    begin(session, {}, std::move(inputs));
}

void IngestBridge::begin(
    storage::SessionId session,
    const QString& name,
    std::vector<fs::path> inputs)
{
    const auto library = services_.library();
    if (library == nullptr || !services_.writes()) {
        view_.showProblem(
            tr("These files cannot be read now."),
            library == nullptr ? tr("The library is not open.")
                               : tr("Another program writes to the library. Close it first."));
        return;
    }
    services_.background().run(
        Lane::Quick,
        this,
        [library, session, name = name.toStdString(), inputs = std::move(inputs)](
            const std::stop_token&) { return plan(*library, session, name, inputs); },
        [this, session](Result<Planned> planned) {
            if (!planned) {
                view_.showProblem(
                    translated(planned.error().message),
                    translated(planned.error().hint));
                return;
            }
            if (session == 0) {
                view_.adoptSession(planned->session, planned->name);
                Q_EMIT services_.libraryChanged(planned->session);
            }
            std::vector<qint64> keys;
            std::vector<ui::SourceItem> items;
            for (const auto& file : planned->files) {
                Card card;
                card.item.key = next_key_--;
                card.item.session = planned->session;
                card.item.path = QString::fromStdString(file.path.string());
                card.item.name = fileName(file.path.string());
                const auto kind = probable_kind(file.path);
                card.item.kind =
                    QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
                if (file.refused) {
                    card.item.state = ui::SourceState::Failed;
                    card.item.problem = ui::shortened(sentence(*file.refused));
                } else {
                    keys.push_back(card.item.key);
                }
                items.push_back(card.item);
                cards_.emplace(card.item.key, std::move(card));
            }
            view_.updateSources(std::move(items));
            startBatch(planned->session, keys, {}, planned->named_after_file);
        });
}

void IngestBridge::startBatch(
    storage::SessionId session,
    const std::vector<qint64>& keys,
    const std::string& password,
    const std::string& named_after_file)
{
    const auto library = services_.library();
    const auto engines = services_.engines();
    if (library == nullptr || keys.empty()) return;
    auto batch = std::make_shared<Batch>();
    batch->session = session;
    IngestRequest request;
    request.session = session;
    request.named_after_file = named_after_file;
    request.password = password;
    request.ocr_language = ocr_language_;
    request.speech_language = speech_language_;
    request.reader = reader_;
    for (const qint64 key : keys) {
        Card& card = cards_.at(key);
        card.stop = std::stop_source{};
        card.tried_password = !password.empty();
        const fs::path path =
            card.file.empty() ? fs::path{card.item.path.toStdString()} : card.file;
        batch->keys.emplace(path, key);
        batch->stops.emplace(path, card.stop);
        request.inputs.push_back(path);
    }
    request.stop_of = [batch](const fs::path& path) {
        const auto at = batch->stops.find(path);
        return at == batch->stops.end() ? std::stop_token{} : at->second.get_token();
    };
    IngestObserver observer;
    const auto put = [batch, pending = pending_](const fs::path& path, auto set) {
        const auto at = batch->keys.find(path);
        if (at == batch->keys.end()) return;
        const std::scoped_lock lock{pending->mutex};
        set(pending->files[at->second]);
    };
    observer.on_begun = [put](const fs::path& path, const storage::Source& source) {
        put(path, [&](Pending::File& file) { file.begun = source; });
    };
    observer.on_progress = [put, batch, pending = pending_](const IngestProgress& progress) {
        if (progress.phase == IngestPhase::Indexing) {
            const std::scoped_lock lock{pending->mutex};
            pending->indexing[batch->session] = {progress.done, progress.total};
            return;
        }
        put(progress.input, [&](Pending::File& file) { file.progress = progress; });
    };
    observer.on_source = [put](const IngestedSource& source) {
        put(source.input, [&](Pending::File& file) { file.finished = source; });
    };
    if (batches_++ == 0) Q_EMIT busyChanged(true);
    timer_.start();
    services_.background().run(
        Lane::Ingest,
        this,
        [=](const std::stop_token& stop) {
            return ingest(request, *library, *engines, observer, stop);
        },
        [this, batch](const Result<IngestReport>& report) { batchEnded(*batch, report); });
}

/// Shows what came since the last time.
void IngestBridge::pass()
{
    std::map<qint64, Pending::File> files;
    std::map<storage::SessionId, std::pair<double, double>> indexing;
    {
        const std::scoped_lock lock{pending_->mutex};
        files.swap(pending_->files);
        indexing.swap(pending_->indexing);
    }
    std::vector<ui::SourceItem> items;
    for (auto& [key, file] : files) {
        const auto at = cards_.find(key);
        if (at == cards_.end()) continue;
        ui::SourceItem& item = at->second.item;
        if (file.begun) {
            item.id = file.begun->id;
            item.kind = QString::fromStdString(file.begun->kind);
            item.pages = file.begun->pages;
            item.duration_s = file.begun->duration_s;
            item.size_bytes = file.begun->size_bytes;
        }
        if (file.progress) {
            item.state = stateOf(*file.progress, item.kind);
            item.done = file.progress->done;
            item.total = file.progress->total;
            item.left_s = file.progress->left_s;
            Q_EMIT progressed(
                tr("Reading %1").arg(item.name),
                item.total > 0 ? item.done / item.total : -1);
        }
        if (file.finished) {
            // Its card, and what it is called there, stay: it may have been read from the copy.
            ui::SourceItem finished = sourceItem(*file.finished, at->second.tried_password);
            finished.key = item.key;
            finished.session = item.session;
            finished.name = item.name;
            finished.path = item.path;
            item = std::move(finished);
            Q_EMIT services_.libraryChanged(item.session);
        }
        items.push_back(item);
    }
    view_.updateSources(std::move(items));
    for (const auto& [session, at] : indexing) {
        view_.setIndexing(
            session,
            at.first < at.second ? tr("Indexing %1/%2 passages").arg(at.first).arg(at.second)
                                 : QString{});
        if (at.first < at.second) Q_EMIT progressed(tr("Indexing"), at.first / at.second);
    }
}

void IngestBridge::batchEnded(const Batch& batch, const Result<IngestReport>& report)
{
    pass();
    // What did not get its own end shares that of the job.
    std::vector<ui::SourceItem> items;
    for (const auto& [path, key] : batch.keys) {
        const auto at = cards_.find(key);
        if (at == cards_.end() || !ui::isBusy(at->second.item.state)) continue;
        ui::SourceItem& item = at->second.item;
        item.state = report ? ui::SourceState::Stopped : ui::SourceState::Failed;
        if (!report) item.problem = sentence(report.error());
        items.push_back(item);
    }
    view_.updateSources(std::move(items));
    if (!report) view_.showProblem(tr("Reading stopped."), sentence(report.error()));
    view_.setIndexing(batch.session, {});
    if (--batches_ == 0) {
        timer_.stop();
        Q_EMIT busyChanged(false);
    }
    Q_EMIT services_.libraryChanged(batch.session);
    Q_EMIT sessionReady(batch.session);
}

void IngestBridge::merge(storage::SessionId session, std::vector<ui::SourceItem>& sources) const
{
    for (const auto& [key, card] : cards_) {
        if (card.item.session != session) continue;
        const storage::SourceId id = card.item.id;
        const auto same = std::find_if(sources.begin(), sources.end(), [id](const auto& source) {
            return id != 0 && source.id == id;
        });
        if (same != sources.end())
            *same = card.item;
        else if (card.item.id == 0)
            sources.push_back(card.item);
    }
}

void IngestBridge::cancel(qint64 key)
{
    const auto at = cards_.find(key);
    if (at == cards_.end()) return;
    at->second.stop.request_stop();
    if (at->second.item.state != ui::SourceState::Waiting) return; // its own end follows
    at->second.item.state = ui::SourceState::Stopped;
    view_.updateSource(at->second.item);
}

} // namespace app::desktop

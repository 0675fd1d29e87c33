#include "app/desktop/start_bridge.h"

#include "app/desktop/machine_facts.h"
#include "app/ingest_job.h"
#include "app/sample.h"

#include <algorithm>
#include <set>

namespace app::desktop {
namespace {

// As ./quickstart names it, so that both use the same one.
constexpr const char* kSampleName = "Sample: Harbour House";

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

/// The session with both files of the sample, read to their ends; 0: there is none.
Result<storage::SessionId> readySample(storage::Library& library)
{
    const auto sessions = library.sessions(1000, 0);
    if (!sessions) return tl::unexpected(sessions.error());
    for (const storage::Session& session : *sessions) {
        if (session.name != kSampleName) continue;
        const auto sources = library.sources(session.id);
        if (!sources) return tl::unexpected(sources.error());
        std::set<std::string> ready;
        for (const storage::Source& source : *sources)
            if (source.status == storage::SourceStatus::Ready)
                ready.insert(std::filesystem::path(source.path).filename().string());
        if (ready.contains("handbook.pdf") && ready.contains("meeting.ogg")) return session.id;
    }
    return 0;
}

/// A session of that name that holds only a part.
Result<std::optional<storage::SessionId>> begunSample(storage::Library& library)
{
    const auto sessions = library.sessions(1000, 0);
    if (!sessions) return tl::unexpected(sessions.error());
    for (const storage::Session& session : *sessions)
        if (session.name == kSampleName) return session.id;
    return std::nullopt;
}

Result<storage::SessionId> readSample(
    storage::Library& library,
    Engines& engines,
    const Settings& settings,
    const capture::ReaderOptions& reader,
    const IngestObserver& observer,
    const std::stop_token& stop)
{
    auto there = readySample(library);
    if (!there || *there != 0) return there;
    const auto sample = find_sample();
    if (!sample) return tl::unexpected(sample.error());
    const auto begun = begunSample(library);
    if (!begun) return tl::unexpected(begun.error());
    IngestRequest request;
    request.inputs = sample->files();
    request.session = *begun;
    request.new_name = kSampleName;
    request.ocr_language = settings.ocr_languages;
    request.speech_language = "en"; // it is known
    request.reader = reader;
    const auto report = ingest(request, library, engines, observer, stop);
    if (!report) return tl::unexpected(report.error());
    if (report->cancelled)
        return fail(
            ErrorCode::Cancelled,
            "The sample was not read to its end.",
            "Ask again to go on; what was read is kept.");
    // One of the two is enough to ask about; the other one's failure is in its card.
    const auto failed = [](const IngestedSource& source) { return source.error.has_value(); };
    if (!report->sources.empty() && std::ranges::all_of(report->sources, failed))
        return tl::unexpected(*report->sources.front().error);
    return report->session;
}

QString phaseWords(const IngestProgress& at)
{
    const QString file = words(at.file);
    switch (at.phase) {
    case IngestPhase::Opening:
        return StartBridge::tr("Opening %1").arg(file);
    case IngestPhase::Reading:
        return StartBridge::tr("Reading %1").arg(file);
    case IngestPhase::Listening:
        return StartBridge::tr("Listening to %1").arg(file);
    case IngestPhase::Indexing:
        break;
    }
    return StartBridge::tr("Making it searchable");
}

struct Looked {
    std::vector<ui::MachineLine> lines;
    bool sample_there = true;
};

} // namespace

StartBridge::StartBridge(
    Services& services,
    SettingsBridge& settings,
    ModelsBridge& models,
    QObject* parent)
    : QObject(parent), services_(services), settings_(settings), models_(models)
{
    connect(&services_, &Services::opened, this, &StartBridge::onOpened);
    connect(&models_, &ModelsBridge::inUseChanged, this, [this](const ui::InUse& in_use) {
        const bool news =
            state_.models_ready != in_use.installed || state_.missing_bytes != in_use.missing_bytes;
        state_.models_ready = in_use.installed;
        state_.missing_bytes = in_use.missing_bytes;
        state_.server_on = in_use.elsewhere;
        if (news) refresh();
    });
    connect(&models_, &ModelsBridge::fetchChanged, this, [this](const ui::FetchState& fetch) {
        state_.fetch = fetch;
        Q_EMIT stateChanged(state_);
    });
    connect(&models_, &ModelsBridge::notice, this, [this](const QString& said, bool failed) {
        if (!failed) return;
        state_.problem = said;
        Q_EMIT stateChanged(state_);
    });
    if (services_.library()) onOpened();
}

void StartBridge::attach(ui::StartView* view)
{
    using View = ui::StartView;
    connect(view, &View::downloadRequested, &models_, [this] {
        models_.fetch(QStringLiteral("starter"));
    });
    connect(view, &View::pauseRequested, &models_, &ModelsBridge::pauseFetch);
    connect(view, &View::cancelRequested, &models_, &ModelsBridge::cancelFetch);
    connect(view, &View::folderChosen, &models_, &ModelsBridge::useFolder);
    connect(view, &View::questionChosen, this, &StartBridge::askSample);
    connect(view, &View::sampleCancelled, this, &StartBridge::cancelSample);
    connect(this, &StartBridge::stateChanged, view, &View::setState);
    view->setState(state_);
    refresh();
}

void StartBridge::onOpened()
{
    state_.library_open = true;
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library()](const std::stop_token&) {
            const auto sessions = library->sessions(1, 0);
            return sessions && sessions->empty();
        },
        [this](bool first) {
            refresh();
            Q_EMIT firstStart(first);
        });
}

void StartBridge::refresh()
{
    services_.background().run(
        Lane::Quick,
        this,
        [paths = services_.paths(), ready = state_.models_ready](const std::stop_token&) {
            return Looked{machineLines(paths, ready), find_sample().has_value()};
        },
        [this](Looked looked) {
            state_.looked = true;
            state_.machine = std::move(looked.lines);
            state_.sample_there = looked.sample_there;
            Q_EMIT stateChanged(state_);
        });
}

void StartBridge::askSample(const QString& question)
{
    if (state_.reading_sample || !services_.library()) return;
    state_.reading_sample = true;
    state_.problem.clear();
    state_.sample_phase = tr("Opening the sample");
    state_.sample_share = -1;
    state_.sample_left_s = -1;
    Q_EMIT stateChanged(state_);
    IngestObserver observer;
    observer.on_progress = [this, context = QPointer<StartBridge>(this)](const IngestProgress& at) {
        Background::onUiThread([this, context, at] {
            if (!context || !state_.reading_sample) return;
            const QString phase = phaseWords(at);
            // Two files at once: the bar is that of what is named.
            state_.sample_share = at.total > 0 ? at.done / at.total : -1;
            state_.sample_phase = phase;
            state_.sample_left_s = at.left_s.value_or(-1);
            Q_EMIT stateChanged(state_);
        });
    };
    sample_stop_ = services_.background().run(
        Lane::Ingest,
        this,
        [library = services_.library(),
         engines = services_.engines(),
         settings = settings_.settings(),
         reader = reader_,
         observer](const std::stop_token& stop) {
            return readSample(*library, *engines, settings, reader, observer, stop);
        },
        [this, question](const Result<storage::SessionId>& session) {
            endSample(question, session);
        });
}

void StartBridge::endSample(const QString& question, const Result<storage::SessionId>& session)
{
    state_.reading_sample = false;
    state_.problem = session ? QString() : sentence(session.error());
    Q_EMIT stateChanged(state_);
    if (!session) return;
    Q_EMIT services_.libraryChanged(*session);
    Q_EMIT sampleReady(*session, question);
}

void StartBridge::cancelSample()
{
    sample_stop_.request_stop();
}

} // namespace app::desktop

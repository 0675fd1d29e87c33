#include "app/ingest_job.h"

#include "app/ingest_context.h"
#include "app/ingest_plan.h"
#include "app/log.h"
#include "app/session_name.h"
#include "app/source_ingest.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

namespace app {
namespace {

constexpr int kReaders = 2;

/// The session in which an earlier run left this file unfinished, newest first.
Result<std::optional<storage::SessionId>>
unfinished_session(storage::Library& library, const std::string& path)
{
    const auto sessions = library.sessions();
    if (!sessions) return tl::unexpected(sessions.error());
    for (const auto& session : *sessions) {
        const auto sources = library.sources(session.id);
        if (!sources) return tl::unexpected(sources.error());
        for (const auto& source : *sources) {
            const bool unfinished = source.status == storage::SourceStatus::Reading ||
                                    source.status == storage::SourceStatus::Partial ||
                                    source.status == storage::SourceStatus::Cancelled;
            if (source.path != path) continue;
            // The newest session that has the file decides: an older unfinished one was made up
            // for.
            if (!unfinished) return std::optional<storage::SessionId>{};
            return std::optional{session.id};
        }
    }
    return std::optional<storage::SessionId>{};
}

struct ChosenSession {
    storage::SessionId id = 0;
    std::string named_after_file = {}; // its name, where that is only the file's
};
Result<ChosenSession> choose_session(
    const IngestRequest& request,
    storage::Library& library,
    const std::vector<PlannedFile>& files)
{
    if (request.session) {
        const auto session = library.session(*request.session);
        if (!session) return tl::unexpected(session.error());
        return ChosenSession{session->id, request.named_after_file};
    }
    if (!request.new_name.empty()) {
        const auto made = library.create_session(request.new_name);
        if (!made) return tl::unexpected(made.error());
        return ChosenSession{*made};
    }
    const auto first =
        std::find_if(files.begin(), files.end(), [](const auto& file) { return !file.refused; });
    const auto unfinished = unfinished_session(library, first->path.string());
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (*unfinished) return ChosenSession{**unfinished};
    const std::string name = SessionName::of(first->path);
    const auto made = library.create_session(name);
    if (!made) return tl::unexpected(made.error());
    return ChosenSession{*made, name};
}

void read_all(
    IngestContext& context,
    const std::vector<PlannedFile>& files,
    SessionName& name,
    std::vector<IngestedSource>& results)
{
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t at = next++; at < files.size(); at = next++) {
            if (context.stop.stop_requested()) {
                results[at].input = files[at].path;
                results[at].source.path = files[at].path.string();
                results[at].source.kind = probable_kind(files[at].path);
                results[at].source.status = storage::SourceStatus::Cancelled;
                results[at].error =
                    Error{ErrorCode::Cancelled, "Stopped before this file was read."};
            } else {
                results[at] = ingest_source(context, files[at]);
                name.finished(at, results[at]);
            }
        }
    };
    std::vector<std::thread> workers;
    for (int i = 1; i < kReaders && static_cast<std::size_t>(i) < files.size(); ++i)
        workers.emplace_back(work);
    work();
    for (auto& worker : workers) worker.join();
}

/// Without vectors search goes by words alone: worth a warning, not a failure.
void note_missing_vectors(const Result<void>& vectors, std::vector<IngestedSource>& sources)
{
    if (vectors || vectors.error().code == ErrorCode::Cancelled) return;
    for (auto& source : sources) {
        if (source.passages == 0) continue;
        source.source.warnings.push_back(
            "Questions are answered by words only: " + vectors.error().message + " " +
            vectors.error().hint);
    }
}

} // namespace

Result<IngestReport> ingest(
    const IngestRequest& request,
    storage::Library& library,
    Engines& engines,
    const IngestObserver& observer,
    const std::stop_token& stop)
{
    auto files = plan_files(request.inputs);
    if (!files) return tl::unexpected(files.error());
    if (files->empty()) {
        return fail(
            ErrorCode::FileNotFound,
            "There is nothing to read in there.",
            "Give a file or a folder with files.");
    }
    if (std::all_of(files->begin(), files->end(), [](const auto& file) {
            return file.refused.has_value();
        })) {
        return tl::unexpected(*files->front().refused);
    }
    const auto session = choose_session(request, library, *files);
    if (!session) return tl::unexpected(session.error());

    IngestReporter reporter{observer};
    ReaderSlots slots{kReaders};
    std::stop_source inner;
    const std::stop_callback passed_on{stop, [&inner] { inner.request_stop(); }};
    VectorMaker vectors{
        library,
        engines,
        [&reporter](int done, int total) { reporter.indexing(done, total); },
        inner.get_token()};
    IngestContext context{request, library, engines, reporter, vectors, slots, inner, session->id};

    IngestReport report;
    report.session = session->id;
    report.sources.resize(files->size());
    std::vector<std::filesystem::path> paths;
    for (const auto& file : *files) paths.push_back(file.path);
    SessionName name{library, session->id, session->named_after_file, std::move(paths)};
    read_all(context, *files, name, report.sources);
    reporter.all_read();
    const auto indexed = vectors.finish();
    note_missing_vectors(indexed, report.sources);
    if (context.fatal) {
        Log::instance().failed("ingest", *context.fatal);
        return tl::unexpected(*context.fatal);
    }
    report.cancelled = stop.stop_requested();
    return report;
}

} // namespace app

#include "app/ingest_context.h"

#include <utility>

namespace app {

bool ReaderSlots::acquire(std::stop_token stop)
{
    std::unique_lock lock{mutex_};
    if (!changed_.wait(lock, std::move(stop), [this] { return free_ > 0; })) return false;
    --free_;
    return true;
}

bool ReaderSlots::try_acquire()
{
    const std::lock_guard lock{mutex_};
    if (free_ == 0) return false;
    --free_;
    return true;
}

void ReaderSlots::release()
{
    {
        const std::lock_guard lock{mutex_};
        ++free_;
    }
    changed_.notify_one();
}

void IngestReporter::progress(
    const IngestFile& file,
    IngestPhase phase,
    double done,
    double total,
    std::chrono::steady_clock::time_point began,
    double done_before)
{
    if (!observer_.on_progress) return;
    IngestProgress progress{file.name, file.path, phase, done, total, std::nullopt};
    if (began != std::chrono::steady_clock::time_point{} && total > done && done > done_before) {
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
        // The first second says little: caches are cold and models are still being opened.
        if (elapsed.count() > 1)
            progress.left_s = elapsed.count() * (total - done) / (done - done_before);
    }
    const std::lock_guard lock{mutex_};
    observer_.on_progress(progress);
}

void IngestReporter::indexing(int done, int total)
{
    if (!reading_) progress({}, IngestPhase::Indexing, done, total);
}

void IngestReporter::begun(const IngestFile& file, const storage::Source& source)
{
    if (!observer_.on_begun) return;
    const std::lock_guard lock{mutex_};
    observer_.on_begun(file.path, source);
}

void IngestReporter::finished(const IngestedSource& source)
{
    if (!observer_.on_source) return;
    const std::lock_guard lock{mutex_};
    observer_.on_source(source);
}

void IngestContext::give_up(const Error& error)
{
    {
        const std::lock_guard lock{mutex};
        if (!fatal) fatal = error;
    }
    stop.request_stop();
}

} // namespace app

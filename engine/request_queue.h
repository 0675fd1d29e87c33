#pragma once

#include "engine/worker.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace engine {

/// What waits for the engine thread: 64 places, most urgent first, then first come. Safe from any
/// thread.
///
/// Jobs that will never run (stopped, or their owner is being cancelled) are handed out before all
/// others, so that their failed() is heard soon and on the engine thread like everything else.
class RequestQueue {
public:
    static constexpr int kPlaces = 64;

    enum class Fate { Run, Cancelled };
    struct Next {
        Worker::Job job;
        Fate fate = Fate::Run;
    };

    /// Errors: QueueFull; Cancelled once the queue is closed.
    Result<void> push(Worker::Job job);
    /// The next part of the running job: goes before what came later and behind what is more
    /// urgent. Never refused.
    void push_rest(Worker::Job job);
    /// Work that a caller waits for takes no place: that caller cannot pile it up. Errors:
    /// Cancelled once closed.
    Result<void> push_awaited(Worker::Job job);

    /// Waits for work. Its job counts as running until done() is called. Empty once the queue is
    /// closed and drained.
    std::optional<Next> pop();
    void done();

    /// From now until all jobs of this owner are handed out and done; waits for that. Not from the
    /// engine thread.
    void cancel(const void* owner);
    /// The same from inside a running job of somebody else: hands the waiting ones over, waits for
    /// nothing.
    std::vector<Worker::Job> take(const void* owner);
    /// Nothing new is taken, everything that waits is handed out as Cancelled.
    void close();

    int waiting() const;

private:
    using Lane = std::deque<Worker::Job>;

    bool doomed(const Worker::Job& job) const;
    bool has(const void* owner) const;
    int waiting_unlocked() const;

    mutable std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable progress_; // a job was taken or ended; cancel() waits for it
    std::array<Lane, 3> lanes_;        // one a Priority
    std::vector<const void*> cancelling_;
    const void* running_ = nullptr;
    bool closed_ = false;
};

} // namespace engine

#pragma once

#include "engine/result.h"
#include "engine/types.h"
#include "kernels/backend.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace engine {

/// The engine thread: it alone touches weights, caches and the device. Belongs to the application
/// and is passed to every open(); all models share it, its backend and its queue of 64 places (most
/// urgent first, then first come).
class Worker {
public:
    explicit Worker(const DeviceChoice& device = {});
    /// Drops what waits (each job hears Cancelled) and lets the current step end.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// One unit of work: run() on the engine thread; a thrown std::bad_alloc or DeviceError, a
    /// mapped file that shrank (BadModelFile) and a stop before it began (Cancelled) reach failed()
    /// instead of, or in the middle of, run().
    struct Job {
        std::function<void(kernels::Backend&)> run;
        std::function<void(Error)> failed;
        Priority priority = Priority::Interactive;
        std::stop_token stop;
        const void* owner = nullptr; // the model; see cancel()
    };
    /// From any thread. Errors: QueueFull.
    Result<void> post(Job job);
    /// From inside run(): the next part of the same work (a window, a few decode steps). It goes
    /// before what came later and behind what is more urgent, and is never refused. A long job is a
    /// chain of short ones, so that a typed question waits for one part only and a stop is heard
    /// between two.
    void post_rest(Job job);
    /// Runs on the engine thread and waits for it; for loading. Takes no place of the queue. Not
    /// from the engine thread.
    Result<void> run_now(std::function<Result<void>(kernels::Backend&)> work);
    /// The same for work whose result is a value.
    template <typename Work>
    auto make_now(Work work) -> std::invoke_result_t<Work, kernels::Backend&>
    {
        std::optional<std::invoke_result_t<Work, kernels::Backend&>> made;
        const auto done = run_now([&](kernels::Backend& backend) -> Result<void> {
            made.emplace(work(backend));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        return std::move(*made);
    }
    /// Drops the waiting jobs of one owner (each hears Cancelled, on the engine thread) and waits
    /// until a running one ended. From the engine thread too, though not from a job of that owner.
    void cancel(const void* owner);

    /// "CPU, AVX-512 VNNI, 2 threads"
    std::string device_description() const;
    int waiting() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace engine

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace kernels {

/// Shares the rows of one op among a few threads. The caller takes part, so a pool of one thread
/// starts none.
///
/// Waits spin for at most 20 µs and then sleep. When the machine is busy (waits cost more than they
/// bring), the pool uses fewer threads by itself and tries again later: with one other busy process
/// two spinning threads fall to a third of the speed of one.
///
/// One parallel_for at a time; called from the engine thread only. An exception in `body` ends the
/// program.
class ThreadPool {
public:
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Threads that the next call may use, the caller included.
    int threads() const { return alone_ ? 1 : size_; }
    /// Threads that the pool was made with, the caller included.
    int size() const { return size_; }
    /// Calls body(first, last) for disjoint ranges that cover [0, count), in parts of at least
    /// `grain`.
    void parallel_for(
        std::int64_t count,
        std::int64_t grain,
        const std::function<void(std::int64_t first, std::int64_t last)>& body);

private:
    using Clock = std::chrono::steady_clock;

    void worker_loop();
    void take_parts();
    void join();
    void note(Clock::duration waited, Clock::duration total);
    void maybe_probe();

    const int size_;
    std::vector<std::thread> workers_;

    // The job. Written while no worker is inside, read only inside.
    const std::function<void(std::int64_t, std::int64_t)>* body_ = nullptr;
    std::int64_t count_ = 0;
    std::int64_t part_ = 0;

    // Each on its own line: workers poll the ticket while others count parts.
    alignas(64) std::atomic<std::uint32_t> ticket_{0}; // odd: a job is open; changes wake workers
    alignas(64) std::atomic<std::int64_t> next_{0};    // first index that nobody took yet
    alignas(64) std::atomic<int> inside_{0};           // workers that may touch the job
    std::atomic<bool> caller_sleeps_{false};
    alignas(64) std::atomic<bool> quit_{false};
    std::atomic<int> sleepers_{0};

    // Only the caller touches what follows.
    bool alone_ = false;
    Clock::time_point alone_until_{};
    Clock::duration alone_for_{};
    Clock::duration window_waited_{};
    Clock::duration window_total_{};
};

} // namespace kernels

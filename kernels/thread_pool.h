#pragma once

#include <cstdint>
#include <functional>

namespace kernels {

/// Shares the rows of one op among a few threads. The caller takes part, so a pool of one thread
/// starts none.
///
/// Waits spin for at most 20 µs and then sleep. When the machine is busy (waits cost more than they
/// bring), the pool uses fewer threads by itself and tries again later: with one other busy process
/// two spinning threads fall to a third of the speed of one.
///
/// One parallel_for at a time; called from the engine thread only.
class ThreadPool {
public:
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Threads that the next call may use, the caller included.
    int threads() const;
    /// Calls body(first, last) for disjoint ranges that cover [0, count), in parts of at least
    /// `grain`.
    void parallel_for(
        std::int64_t count,
        std::int64_t grain,
        const std::function<void(std::int64_t first, std::int64_t last)>& body);
};

} // namespace kernels

#include "kernels/thread_pool.h"

#include "base/expects.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kernels {
namespace {

using namespace std::chrono_literals;

constexpr auto kSpin = 20us;
// Parts a thread: enough that a late thread leaves its share to the others, few enough that taking
// one (a contended cache line, 50-100 ns) stays small beside a part of a decode step.
constexpr std::int64_t kPartsPerThread = 4;

// The machine counts as busy when the caller's sleeps take more than a quarter of a window. Without
// other programs the caller hardly ever sleeps, since every worker ends within one part. 3 ms is
// about one time slice of the scheduler.
constexpr auto kWindow = 3ms;
constexpr int kBusyShare = 4;
constexpr auto kFirstPause = 50ms;
constexpr auto kLongestPause = 800ms;

void relax()
{
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

/// Polls `done` for at most kSpin; false when the time is over.
template <typename Done>
bool spin_until(Done done)
{
    const auto start = std::chrono::steady_clock::now();
    do {
        for (int i = 0; i < 32; ++i) {
            if (done()) return true;
            relax();
        }
    } while (std::chrono::steady_clock::now() - start < kSpin);
    return false;
}

} // namespace

ThreadPool::ThreadPool(int threads) : size_(threads)
{
    EXPECTS(threads >= 1);
    workers_.reserve(static_cast<std::size_t>(threads - 1));
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { worker_loop(); });
}

ThreadPool::~ThreadPool()
{
    quit_ = true;
    ticket_ += 2; // stays even: no job
    ticket_.notify_all();
    for (auto& worker : workers_) worker.join();
}

void ThreadPool::worker_loop()
{
    std::uint32_t seen = 0;
    const auto called = [&] {
        const std::uint32_t ticket = ticket_;
        return (ticket % 2 == 1 && ticket != seen) || quit_;
    };
    while (!quit_) {
        if (!spin_until(called)) {
            // The caller reads sleepers_ after it has changed the ticket, we read the ticket after
            // we have changed sleepers_: one of the two sees the other.
            ++sleepers_;
            const std::uint32_t ticket = ticket_;
            if (!called()) ticket_.wait(ticket);
            --sleepers_;
            continue;
        }
        // Enter first, look second: a caller that has closed the job and sees nobody inside may
        // rewrite it.
        ++inside_;
        seen = ticket_;
        if (seen % 2 == 1) take_parts();
        if (--inside_ == 0 && caller_sleeps_) inside_.notify_one();
    }
}

void ThreadPool::take_parts()
{
    for (;;) {
        const std::int64_t first = next_.fetch_add(part_);
        if (first >= count_) return;
        (*body_)(first, std::min(first + part_, count_));
    }
}

void ThreadPool::parallel_for(
    std::int64_t count,
    std::int64_t grain,
    const std::function<void(std::int64_t first, std::int64_t last)>& body)
{
    EXPECTS(count >= 0 && grain >= 1);
    if (count == 0) return;
    if (size_ > 1 && count > grain && alone_) maybe_probe();
    const int helpers = threads();
    if (helpers == 1 || count <= grain) {
        body(0, count);
        return;
    }
    const auto start = Clock::now();
    body_ = &body;
    count_ = count;
    part_ = std::max(grain, (count + helpers * kPartsPerThread - 1) / (helpers * kPartsPerThread));
    next_ = 0;
    ++ticket_;
    if (sleepers_ > 0) ticket_.notify_all();

    take_parts();

    ++ticket_; // closed: who comes now stays out
    const auto ready = Clock::now();
    join();
    const auto end = Clock::now();
    note(end - ready, end - start);
}

void ThreadPool::join()
{
    if (inside_ == 0 || spin_until([&] { return inside_.load() == 0; })) return;
    caller_sleeps_ = true;
    for (int left = inside_; left != 0; left = inside_) inside_.wait(left);
    caller_sleeps_ = false;
}

void ThreadPool::note(Clock::duration waited, Clock::duration total)
{
    // Short waits are the price of a barrier, not of a busy machine.
    if (waited > kSpin) window_waited_ += waited;
    window_total_ += total;
    if (window_total_ < kWindow) return;
    if (window_waited_ * kBusyShare > window_total_) {
        alone_for_ = std::clamp<Clock::duration>(alone_for_ * 2, kFirstPause, kLongestPause);
        alone_ = true;
        alone_until_ = Clock::now() + alone_for_;
    } else {
        alone_for_ = alone_for_ / 2;
    }
    window_waited_ = window_total_ = {};
}

void ThreadPool::maybe_probe()
{
    if (Clock::now() >= alone_until_) alone_ = false; // the next window decides again
}

} // namespace kernels

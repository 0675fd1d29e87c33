#include "kernels/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>

namespace kernels {
namespace {

TEST(ThreadPool, CoversEveryIndexOnce)
{
    for (const int threads : {1, 2, 3}) {
        ThreadPool pool(threads);
        for (const std::int64_t count : {0, 1, 2, 7, 64, 1000}) {
            for (const std::int64_t grain : {1, 3, 100}) {
                std::vector<int> seen(static_cast<std::size_t>(count));
                pool.parallel_for(count, grain, [&](std::int64_t first, std::int64_t last) {
                    for (std::int64_t i = first; i < last; ++i) ++seen[static_cast<std::size_t>(i)];
                });
                EXPECT_TRUE(std::ranges::all_of(seen, [](int n) { return n == 1; }));
            }
        }
    }
}

TEST(ThreadPool, ThousandsOfShortJobsSeeEachOthersWrites)
{
    ThreadPool pool(2);
    std::vector<std::int64_t> values(64);
    for (int round = 0; round < 20'000; ++round) {
        pool.parallel_for(64, 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t i = first; i < last; ++i) ++values[static_cast<std::size_t>(63 - i)];
        });
    }
    EXPECT_EQ(std::reduce(values.begin(), values.end()), 64 * 20'000);
}

TEST(ThreadPool, WakesWorkersThatWentToSleep)
{
    ThreadPool pool(2);
    for (int round = 0; round < 20; ++round) {
        // Both must be inside at once, or this never ends; the test's limit is ctest's.
        std::atomic<int> inside{0};
        if (pool.threads() == 1) continue; // a busy machine: the pool may keep to one thread
        pool.parallel_for(2, 1, [&](std::int64_t, std::int64_t) { ++inside; });
        EXPECT_EQ(inside, 2);
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
        while (std::chrono::steady_clock::now() < until) {
        } // longer than workers spin
    }
}

/// A job of two parts of which the caller takes one; the worker keeps it waiting for `held`, as it
/// does when another program has its processor.
void run_with_a_late_worker(ThreadPool& pool, std::chrono::milliseconds held)
{
    const auto caller = std::this_thread::get_id();
    std::atomic<bool> worker_came{false};
    pool.parallel_for(2, 1, [&](std::int64_t, std::int64_t) {
        const auto start = std::chrono::steady_clock::now();
        const auto since = [&] { return std::chrono::steady_clock::now() - start; };
        if (std::this_thread::get_id() != caller) {
            worker_came = true;
            while (since() < held) {
            }
        } else if (pool.threads() > 1) {
            while (!worker_came && since() < std::chrono::seconds(5)) std::this_thread::yield();
        }
    });
}

TEST(ThreadPool, KeepsToTheCallerWhileWorkersAreLateAndTriesAgainLater)
{
    ThreadPool pool(2);
    const auto start = std::chrono::steady_clock::now();
    const auto in_time = [&] {
        return std::chrono::steady_clock::now() - start < std::chrono::seconds(60);
    };
    // Three times, since every pause is longer than the one before.
    for (int round = 0; round < 3; ++round) {
        while (pool.threads() > 1 && in_time()) {
            run_with_a_late_worker(pool, std::chrono::milliseconds(2));
        }
        ASSERT_EQ(pool.threads(), 1);

        int parts = 0; // on this thread alone: the worker has nothing to do with the next job
        const auto caller = std::this_thread::get_id();
        pool.parallel_for(8, 1, [&](std::int64_t first, std::int64_t last) {
            if (pool.threads() > 1) return; // the pause was over already
            EXPECT_EQ(std::this_thread::get_id(), caller);
            EXPECT_EQ(last - first, 8);
            ++parts;
        });
        EXPECT_LE(parts, 1);

        while (pool.threads() == 1 && in_time()) {
            pool.parallel_for(2, 1, [](std::int64_t, std::int64_t) {});
        }
        ASSERT_EQ(pool.threads(), 2);
    }
}

TEST(ThreadPool, EndsWhileWorkersSleepOrSpin)
{
    for (int round = 0; round < 200; ++round) {
        ThreadPool pool(3);
        if (round % 2 == 0) pool.parallel_for(10, 1, [](std::int64_t, std::int64_t) {});
    }
}

} // namespace
} // namespace kernels

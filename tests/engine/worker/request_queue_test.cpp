#include "engine/request_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace engine {
namespace {

/// A job that is told apart by its owner.
Worker::Job job_of(const int& name, Priority priority = Priority::Interactive)
{
    Worker::Job job;
    job.run = [](kernels::Backend&) {};
    job.priority = priority;
    job.owner = &name;
    return job;
}

const void* pop_owner(RequestQueue& queue)
{
    const auto next = queue.pop();
    queue.done();
    return next ? next->job.owner : nullptr;
}

const int a = 0, b = 0, c = 0, d = 0;

TEST(RequestQueueTest, MostUrgentFirstThenFirstCome)
{
    RequestQueue queue;
    ASSERT_TRUE(queue.push(job_of(a, Priority::Background)));
    ASSERT_TRUE(queue.push(job_of(b, Priority::Live)));
    ASSERT_TRUE(queue.push(job_of(c, Priority::Interactive)));
    ASSERT_TRUE(queue.push(job_of(d, Priority::Interactive)));

    EXPECT_EQ(pop_owner(queue), &c);
    EXPECT_EQ(pop_owner(queue), &d);
    EXPECT_EQ(pop_owner(queue), &b);
    EXPECT_EQ(pop_owner(queue), &a);
}

TEST(RequestQueueTest, TheRestOfAJobGoesBeforeLaterOnesAndBehindUrgentOnes)
{
    RequestQueue queue;
    ASSERT_TRUE(queue.push(job_of(b, Priority::Background)));
    queue.push_rest(job_of(a, Priority::Background));
    ASSERT_TRUE(queue.push(job_of(c, Priority::Live)));

    EXPECT_EQ(pop_owner(queue), &c);
    EXPECT_EQ(pop_owner(queue), &a);
    EXPECT_EQ(pop_owner(queue), &b);
}

TEST(RequestQueueTest, The65thIsRefusedButNotARestNorAWaitingCaller)
{
    RequestQueue queue;
    for (int i = 0; i < RequestQueue::kPlaces; ++i) ASSERT_TRUE(queue.push(job_of(a)));

    const auto refused = queue.push(job_of(b));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::QueueFull);
    queue.push_rest(job_of(c));
    EXPECT_TRUE(queue.push_awaited(job_of(d)));
    EXPECT_EQ(queue.waiting(), RequestQueue::kPlaces + 2);
}

TEST(RequestQueueTest, AStoppedJobIsHandedOutFirstAsCancelled)
{
    RequestQueue queue;
    std::stop_source stop;
    Worker::Job stopped = job_of(a, Priority::Background);
    stopped.stop = stop.get_token();
    ASSERT_TRUE(queue.push(job_of(b)));
    ASSERT_TRUE(queue.push(std::move(stopped)));
    stop.request_stop();

    const auto next = queue.pop();

    ASSERT_TRUE(next);
    EXPECT_EQ(next->job.owner, &a);
    EXPECT_EQ(next->fate, RequestQueue::Fate::Cancelled);
}

TEST(RequestQueueTest, CancelOutlivesAJobThatAlwaysHasANextPart)
{
    RequestQueue queue;
    ASSERT_TRUE(queue.push(job_of(a)));
    ASSERT_TRUE(queue.push(job_of(b)));
    std::atomic<bool> told = false;
    std::thread engine_thread([&] {
        while (!told) {
            const auto next = queue.pop();
            EXPECT_EQ(next->job.owner, &a);
            if (next->fate == RequestQueue::Fate::Run)
                queue.push_rest(next->job);
            else
                told = true;
            queue.done();
        }
    });

    queue.cancel(&a);

    EXPECT_TRUE(told);
    engine_thread.join();
    EXPECT_EQ(queue.waiting(), 1);
    EXPECT_EQ(pop_owner(queue), &b);
}

TEST(RequestQueueTest, ClosingCancelsWhatWaitsAndRefusesWhatComes)
{
    RequestQueue queue;
    ASSERT_TRUE(queue.push(job_of(a)));
    queue.close();

    EXPECT_EQ(queue.push(job_of(b)).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(queue.pop()->fate, RequestQueue::Fate::Cancelled);
    queue.done();
    EXPECT_FALSE(queue.pop());
}

} // namespace
} // namespace engine

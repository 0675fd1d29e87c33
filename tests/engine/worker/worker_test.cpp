#include "engine/formats/mapped_file.h"
#include "engine/worker.h"
#include "kernels/device_error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <latch>
#include <memory>
#include <new>
#include <thread>

namespace engine {
namespace {

const int model_a = 0, model_b = 0;

DeviceChoice one_thread()
{
    DeviceChoice device;
    device.threads = 1;
    return device;
}

/// Keeps the engine thread busy until it is let go, so that a test decides what waits behind it.
class Gate {
public:
    explicit Gate(
        Worker& worker,
        const void* owner = nullptr,
        Priority priority = Priority::Interactive)
    {
        Worker::Job job;
        job.run = [this](kernels::Backend&) {
            entered_.count_down();
            open_.wait();
        };
        job.owner = owner;
        job.priority = priority;
        EXPECT_TRUE(worker.post(std::move(job)));
        entered_.wait();
    }
    void open() { open_.count_down(); }

private:
    std::latch entered_{1}, open_{1};
};

/// A chain of parts that ends only when it is cancelled.
class EndlessJob {
public:
    EndlessJob(Worker& worker, const void* owner) : worker_(worker), owner_(owner)
    {
        EXPECT_TRUE(worker_.post(part()));
    }
    bool cancelled() const { return *cancelled_; }

private:
    Worker::Job part() const
    {
        Worker::Job job;
        job.owner = owner_;
        // Copies, since the worker may end later than this object.
        job.run = [copy = *this](kernels::Backend&) { copy.worker_.post_rest(copy.part()); };
        job.failed = [cancelled = cancelled_](const Error& error) {
            *cancelled = error.code == ErrorCode::Cancelled;
        };
        return job;
    }

    Worker& worker_;
    const void* owner_;
    std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
};

Worker::Job throwing(std::function<void()> thrower, std::promise<Error>& heard)
{
    Worker::Job job;
    job.run = [thrower = std::move(thrower)](kernels::Backend&) { thrower(); };
    job.failed = [&heard](const Error& error) { heard.set_value(error); };
    return job;
}

TEST(WorkerTest, RunsOnItsOwnThreadWithItsBackend)
{
    Worker worker(one_thread());
    std::thread::id ran_on;

    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        ran_on = std::this_thread::get_id();
        EXPECT_EQ(backend.description(), worker.device_description());
        return {};
    });

    EXPECT_TRUE(done);
    EXPECT_NE(ran_on, std::this_thread::get_id());
    EXPECT_NE(worker.device_description(), "");
}

TEST(WorkerTest, RunNowHandsTheErrorOfTheWorkBack)
{
    Worker worker(one_thread());

    const auto done = worker.run_now(
        [](kernels::Backend&) -> Result<void> { return fail(ErrorCode::BadModelFile, "Odd."); });

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::BadModelFile);
}

TEST(WorkerTest, ExceptionsBecomeSentencesAndTheNextJobRuns)
{
    Worker worker(one_thread());
    std::promise<Error> memory, device, other;

    ASSERT_TRUE(worker.post(throwing([] { throw std::bad_alloc(); }, memory)));
    ASSERT_TRUE(worker.post(throwing([] { throw kernels::DeviceError("lost"); }, device)));
    ASSERT_TRUE(worker.post(throwing([] { throw std::logic_error("odd"); }, other)));

    EXPECT_EQ(memory.get_future().get().code, ErrorCode::OutOfMemory);
    const Error lost = device.get_future().get();
    EXPECT_EQ(lost.code, ErrorCode::DeviceFailed);
    EXPECT_NE(lost.message.find("lost"), std::string::npos);
    EXPECT_EQ(other.get_future().get().code, ErrorCode::Internal);
    EXPECT_TRUE(worker.run_now([](kernels::Backend&) -> Result<void> { return {}; }));
}

TEST(WorkerTest, AFileThatShrinksUnderAJobIsASentenceAndEndsItsChain)
{
    const support::TemporaryFolder folder;
    const auto path = folder.write("weights.bin", std::string(64 << 10, 'w'));
    const auto file = formats::MappedFile::open(path);
    ASSERT_TRUE(file);
    Worker worker(one_thread());
    std::promise<Error> heard;
    Worker::Job job;
    job.run = [&](kernels::Backend&) {
        Worker::Job rest;
        rest.run = [](kernels::Backend&) { ADD_FAILURE() << "went on with what it read"; };
        worker.post_rest(std::move(rest));
        std::filesystem::resize_file(path, 4096);
        EXPECT_EQ((*file)->bytes().back(), std::byte{0}); // a page of zeros instead of a signal
    };
    job.failed = [&](const Error& error) { heard.set_value(error); };
    ASSERT_TRUE(worker.post(std::move(job)));

    const Error error = heard.get_future().get();

    EXPECT_EQ(error.code, ErrorCode::BadModelFile);
    EXPECT_NE(error.message.find("weights.bin"), std::string::npos);
    EXPECT_TRUE(worker.run_now([](kernels::Backend&) -> Result<void> { return {}; }));
}

TEST(WorkerTest, AJobStoppedWhileItWaitsHearsCancelledAndNeverRuns)
{
    Worker worker(one_thread());
    Gate gate(worker);
    std::stop_source stop;
    std::promise<Error> heard;
    Worker::Job job = throwing([] { FAIL() << "ran"; }, heard);
    job.stop = stop.get_token();
    ASSERT_TRUE(worker.post(std::move(job)));

    stop.request_stop();
    gate.open();

    EXPECT_EQ(heard.get_future().get().code, ErrorCode::Cancelled);
}

TEST(WorkerTest, AnUrgentJobRunsBetweenThePartsOfALongOne)
{
    Worker worker(one_thread());
    std::vector<std::string> order; // written on the engine thread only
    std::promise<void> finished;
    std::latch first_part_runs(1), urgent_posted(1);

    std::function<void(int)> post_part;
    const auto part_job = [&](int part) {
        Worker::Job job;
        job.priority = Priority::Background;
        job.run = [&, part](kernels::Backend&) {
            order.push_back("part " + std::to_string(part));
            if (part == 0) {
                first_part_runs.count_down();
                urgent_posted.wait();
            }
            if (part < 2)
                post_part(part + 1);
            else
                finished.set_value();
        };
        return job;
    };
    post_part = [&](int part) { worker.post_rest(part_job(part)); };
    ASSERT_TRUE(worker.post(part_job(0)));
    first_part_runs.wait();
    Worker::Job urgent;
    urgent.run = [&](kernels::Backend&) { order.emplace_back("urgent"); };
    ASSERT_TRUE(worker.post(std::move(urgent)));
    urgent_posted.count_down();
    finished.get_future().get();

    EXPECT_EQ(order, (std::vector<std::string>{"part 0", "urgent", "part 1", "part 2"}));
}

TEST(WorkerTest, The65thWaitingJobIsRefused)
{
    Worker worker(one_thread());
    Gate gate(worker);
    Worker::Job job;
    job.run = [](kernels::Backend&) {};
    for (int i = 0; i < 64; ++i) ASSERT_TRUE(worker.post(job));

    const auto refused = worker.post(job);
    gate.open();

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::QueueFull);
    EXPECT_NE(refused.error().hint, "");
}

TEST(WorkerTest, CancellingAModelEndsItsLongJobAndLeavesTheOthersAlone)
{
    Worker worker(one_thread());
    EndlessJob endless(worker, &model_a);
    std::atomic<int> cancelled_a = 0, ran_b = 0;
    for (int i = 0; i < 5; ++i) {
        Worker::Job job;
        job.owner = &model_a;
        job.run = [](kernels::Backend&) { ADD_FAILURE() << "ran before the endless one ended"; };
        job.failed = [&](const Error& error) {
            cancelled_a += error.code == ErrorCode::Cancelled ? 1 : 0;
        };
        ASSERT_TRUE(worker.post(std::move(job)));
        Worker::Job other;
        other.owner = &model_b;
        other.run = [&](kernels::Backend&) { ++ran_b; };
        ASSERT_TRUE(worker.post(std::move(other)));
    }

    worker.cancel(&model_a);

    EXPECT_TRUE(endless.cancelled());
    EXPECT_EQ(cancelled_a, 5);
    EXPECT_TRUE(worker.run_now([](kernels::Backend&) -> Result<void> { return {}; }));
    EXPECT_EQ(ran_b, 5);
}

TEST(WorkerTest, AModelMayBeCancelledFromAJobOfAnother)
{
    Worker worker(one_thread());
    bool heard = false;
    Gate gate(worker);
    Worker::Job canceller;
    canceller.owner = &model_b;
    canceller.run = [&](kernels::Backend&) {
        worker.cancel(&model_a);
        EXPECT_TRUE(heard);
    };
    Worker::Job waiting;
    waiting.owner = &model_a;
    waiting.run = [](kernels::Backend&) { ADD_FAILURE() << "a cancelled job ran"; };
    waiting.failed = [&](const Error& error) { heard = error.code == ErrorCode::Cancelled; };
    ASSERT_TRUE(worker.post(std::move(canceller)));
    ASSERT_TRUE(worker.post(std::move(waiting)));
    gate.open();

    ASSERT_TRUE(worker.run_now([](kernels::Backend&) -> Result<void> { return {}; }));
    EXPECT_TRUE(heard);
}

TEST(WorkerTest, DestructionTellsEveryWaitingJob)
{
    std::atomic<int> cancelled = 0;
    {
        Worker worker(one_thread());
        EndlessJob endless(worker, &model_a);
        for (int i = 0; i < 10; ++i) {
            Worker::Job job;
            job.priority = Priority::Background;
            job.run = [](kernels::Backend&) { ADD_FAILURE() << "overtook an urgent job"; };
            job.failed = [&](const Error& error) {
                cancelled += error.code == ErrorCode::Cancelled ? 1 : 0;
            };
            ASSERT_TRUE(worker.post(std::move(job)));
        }
    }
    EXPECT_EQ(cancelled, 10);
}

TEST(WorkerTest, ManyCallersAtOnce)
{
    Worker worker(one_thread());
    std::atomic<int> ran = 0, refused = 0;
    std::vector<std::thread> callers;
    callers.reserve(4);
    for (int t = 0; t < 4; ++t)
        callers.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                Worker::Job job;
                job.run = [&](kernels::Backend&) { ++ran; };
                if (!worker.post(std::move(job))) ++refused;
            }
        });
    for (std::thread& caller : callers) caller.join();
    ASSERT_TRUE(worker.run_now([](kernels::Backend&) -> Result<void> { return {}; }));

    EXPECT_EQ(ran + refused, 800);
}

} // namespace
} // namespace engine

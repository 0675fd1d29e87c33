#include "engine/worker.h"

#include "base/expects.h"
#include "engine/formats/mapped_file.h"
#include "engine/request_queue.h"
#include "kernels/device_error.h"

#include <exception>
#include <future>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace engine {
namespace {

Error out_of_memory()
{
    return {
        ErrorCode::OutOfMemory,
        "There is not enough memory for this request.",
        "Close other programs, or ask with less text at once."};
}

/// The one place where an exception from deep inside becomes a sentence.
std::optional<Error> run_guarded(const std::function<void()>& work)
{
    try {
        work();
        return std::nullopt;
    } catch (const std::bad_alloc&) {
        return out_of_memory();
    } catch (const kernels::DeviceError& error) {
        return Error{
            ErrorCode::DeviceFailed,
            std::string("The processor that runs the model failed: ") + error.what(),
            "Start the program again; if it happens again, choose the CPU."};
    } catch (const std::exception& error) {
        return Error{
            ErrorCode::Internal,
            std::string("The engine made a mistake: ") + error.what()};
    }
}

} // namespace

struct Worker::State {
    RequestQueue queue;
    std::string description;
    std::unique_ptr<kernels::Backend> backend; // the engine thread's own, like
    std::optional<Job> rest;                   // what the running job goes on with
    std::thread thread;

    bool on_engine_thread() const { return std::this_thread::get_id() == thread.get_id(); }

    void loop()
    {
        while (std::optional<RequestQueue::Next> next = queue.pop()) {
            perform(next->job, next->fate);
            next.reset(); // what the job holds is gone before cancel() returns
            queue.done();
        }
    }

    void perform(Job& job, RequestQueue::Fate fate)
    {
        std::optional<Error> error;
        const formats::MappingWatch watch;
        if (fate == RequestQueue::Fate::Cancelled)
            error = Error{ErrorCode::Cancelled, "The request was cancelled."};
        else
            error = run_guarded([&] { job.run(*backend); });
        // What was computed while a mapped file lost pages was computed from zeros.
        if (!error) error = watch.damage();
        if (rest && !error) queue.push_rest(std::move(*rest));
        rest.reset(); // a part that failed has no next one
        // A handler that throws while it is told of a failure has nobody left to tell.
        if (error && job.failed) run_guarded([&] { job.failed(*error); });
    }
};

Worker::Worker(const DeviceChoice& device) : state_(std::make_unique<State>())
{
    // Made on the engine thread: a device context belongs to the thread that made it.
    const auto ready = std::make_shared<std::promise<void>>();
    state_->thread = std::thread([state = state_.get(), ready, threads = device.threads] {
        try {
            state->backend = kernels::make_cpu_backend(threads);
            state->description = state->backend->description();
            ready->set_value();
        } catch (...) {
            ready->set_exception(std::current_exception());
            return;
        }
        state->loop();
        state->backend.reset();
    });
    try {
        ready->get_future().get();
    } catch (...) {
        state_->thread.join();
        throw;
    }
}

Worker::~Worker()
{
    EXPECTS(!state_->on_engine_thread());
    state_->queue.close();
    state_->thread.join();
}

Result<void> Worker::post(Job job)
{
    EXPECTS(job.run != nullptr);
    return state_->queue.push(std::move(job));
}

void Worker::post_rest(Job job)
{
    EXPECTS(job.run != nullptr && state_->on_engine_thread() && !state_->rest);
    state_->rest = std::move(job);
}

Result<void> Worker::run_now(std::function<Result<void>(kernels::Backend&)> work)
{
    EXPECTS(work != nullptr && !state_->on_engine_thread());
    // Shared, since this caller may return while the engine thread is still inside set_value().
    const auto outcome = std::make_shared<std::promise<Result<void>>>();
    Job job;
    job.run = [outcome, work = std::move(work)](kernels::Backend& backend) {
        outcome->set_value(work(backend));
    };
    job.failed = [outcome](Error error) {
        outcome->set_value(tl::unexpected<Error>(std::move(error)));
    };
    if (auto pushed = state_->queue.push_awaited(std::move(job)); !pushed) return pushed;
    return outcome->get_future().get();
}

void Worker::cancel(const void* owner)
{
    if (!state_->on_engine_thread()) return state_->queue.cancel(owner);
    for (Job& job : state_->queue.take(owner)) state_->perform(job, RequestQueue::Fate::Cancelled);
}

std::string Worker::device_description() const
{
    return state_->description;
}

int Worker::waiting() const
{
    return state_->queue.waiting();
}

} // namespace engine

#include "engine/request_queue.h"

#include "base/expects.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

constexpr std::size_t lane_of(Priority priority)
{
    return static_cast<std::size_t>(priority);
}

tl::unexpected<Error> closed_error()
{
    return fail(ErrorCode::Cancelled, "The engine is shutting down.");
}

} // namespace

Result<void> RequestQueue::push(Worker::Job job)
{
    const std::scoped_lock lock(mutex_);
    if (closed_) return closed_error();
    if (waiting_unlocked() >= kPlaces)
        return fail(
            ErrorCode::QueueFull,
            "The engine already has " + std::to_string(kPlaces) + " requests waiting.",
            "Wait for one of them to finish, or cancel some.");
    lanes_[lane_of(job.priority)].push_back(std::move(job));
    work_.notify_one();
    return {};
}

void RequestQueue::push_rest(Worker::Job job)
{
    const std::scoped_lock lock(mutex_);
    lanes_[lane_of(job.priority)].push_front(std::move(job));
    work_.notify_one();
}

Result<void> RequestQueue::push_awaited(Worker::Job job)
{
    const std::scoped_lock lock(mutex_);
    if (closed_) return closed_error();
    lanes_[lane_of(job.priority)].push_back(std::move(job));
    work_.notify_one();
    return {};
}

std::optional<RequestQueue::Next> RequestQueue::pop()
{
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return closed_ || waiting_unlocked() > 0; });

    const auto take_from = [this](Lane& lane, std::ptrdiff_t place, Fate fate) {
        Next next{std::move(lane[static_cast<std::size_t>(place)]), fate};
        lane.erase(lane.begin() + place);
        running_ = next.job.owner;
        return next;
    };
    for (Lane& lane : lanes_) {
        const auto at = std::find_if(lane.begin(), lane.end(), [this](const Worker::Job& job) {
            return doomed(job);
        });
        if (at != lane.end()) return take_from(lane, at - lane.begin(), Fate::Cancelled);
    }
    for (Lane& lane : lanes_)
        if (!lane.empty()) return take_from(lane, 0, Fate::Run);
    return std::nullopt;
}

void RequestQueue::done()
{
    const std::scoped_lock lock(mutex_);
    running_ = nullptr;
    progress_.notify_all();
}

void RequestQueue::cancel(const void* owner)
{
    EXPECTS(owner != nullptr);
    std::unique_lock lock(mutex_);
    cancelling_.push_back(owner);
    progress_.wait(lock, [&] { return !has(owner) && running_ != owner; });
    cancelling_.erase(std::find(cancelling_.begin(), cancelling_.end(), owner));
}

std::vector<Worker::Job> RequestQueue::take(const void* owner)
{
    const std::scoped_lock lock(mutex_);
    EXPECTS(running_ != owner); // a job cannot wait for its own end
    std::vector<Worker::Job> taken;
    for (Lane& lane : lanes_) {
        for (Worker::Job& job : lane)
            if (job.owner == owner) taken.push_back(std::move(job));
        std::erase_if(lane, [&](const Worker::Job& job) { return job.owner == owner; });
    }
    return taken;
}

void RequestQueue::close()
{
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    work_.notify_all();
}

int RequestQueue::waiting() const
{
    const std::scoped_lock lock(mutex_);
    return waiting_unlocked();
}

bool RequestQueue::doomed(const Worker::Job& job) const
{
    return closed_ || job.stop.stop_requested() ||
           std::find(cancelling_.begin(), cancelling_.end(), job.owner) != cancelling_.end();
}

bool RequestQueue::has(const void* owner) const
{
    return std::any_of(lanes_.begin(), lanes_.end(), [&](const Lane& lane) {
        return std::any_of(lane.begin(), lane.end(), [&](const Worker::Job& job) {
            return job.owner == owner;
        });
    });
}

int RequestQueue::waiting_unlocked() const
{
    std::size_t count = 0;
    for (const Lane& lane : lanes_) count += lane.size();
    return static_cast<int>(count);
}

} // namespace engine

#include "app/desktop/background.h"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace app::desktop {
namespace {

constexpr int kNiceness = 5; // below the window; what these threads start inherits it

} // namespace

Background::Background()
{
    quick_.most_threads = 2;
    job_.most_threads = 8;
    ingest_.most_threads = 1;
    store_.most_threads = 1;
}

Background::~Background()
{
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
        for (auto& stop : running_) stop.request_stop();
        for (Queue* queue : {&quick_, &job_, &ingest_, &store_}) {
            for (auto& task : queue->waiting) task.stop.request_stop();
        }
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

Background::Queue& Background::queue(Lane lane)
{
    switch (lane) {
    case Lane::Quick:
        return quick_;
    case Lane::Job:
        return job_;
    case Lane::Ingest:
        return ingest_;
    case Lane::Store:
        break;
    }
    return store_;
}

void Background::add(Lane lane, Task task)
{
    const std::scoped_lock lock{mutex_};
    Queue& chosen = queue(lane);
    chosen.waiting.push_back(std::move(task));
    const bool busy = chosen.idle < static_cast<int>(chosen.waiting.size());
    if (busy && chosen.threads < chosen.most_threads) {
        ++chosen.threads;
        threads_.emplace_back([this, &chosen] { serve(chosen); });
    }
    changed_.notify_all();
}

void Background::serve(Queue& queue)
{
    // On Linux a priority belongs to a thread, and new threads and processes take it over.
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
    std::unique_lock lock{mutex_};
    for (;;) {
        ++queue.idle;
        changed_.wait(lock, [&] { return ending_ || !queue.waiting.empty(); });
        --queue.idle;
        if (queue.waiting.empty()) return;
        Task task = std::move(queue.waiting.front());
        queue.waiting.pop_front();
        if (ending_) task.stop.request_stop();
        running_.push_back(task.stop);
        lock.unlock();
        task.run();
        task.run = nullptr; // its captures go outside the lock
        lock.lock();
        std::erase(running_, task.stop);
    }
}

} // namespace app::desktop

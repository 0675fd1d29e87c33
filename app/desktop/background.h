#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <vector>

namespace app::desktop {

/// Which threads do a piece of work. The window waits for none of them.
enum class Lane {
    Quick,  // rows of a list, one page: milliseconds; two threads, in order
    Job,    // a question, a summary, a download: as long as it takes; up to eight at once
    Ingest, // reading files: one after the other
    Store,  // what the user chose, stored and read back: milliseconds; one after the other
};

/// Work away from the UI thread. run() is called there; `work` runs in a lane, then `then` gets its
/// result on the UI thread, unless `context` is gone by that time. Threads run at a lower priority
/// than the window, and so does what they start (engine threads, reader processes).
class Background {
public:
    Background();
    /// Asks everything to stop (the tokens given to work) and waits for it.
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    /// `work` is called with a stop token of this call; requesting a stop through the returned
    /// source (or the end of this object) reaches it. Work that was not begun is then still run:
    /// its `then` is how the caller learns the end.
    template <typename Work, typename Then>
    std::stop_source run(Lane lane, QObject* context, Work work, Then then)
    {
        std::stop_source stop;
        post(
            lane,
            stop,
            [context = QPointer<QObject>{context},
             stop,
             work = std::move(work),
             then = std::move(then)]() mutable {
                using Value = std::invoke_result_t<Work, std::stop_token>;
                if constexpr (std::is_void_v<Value>) {
                    work(stop.get_token());
                    onUiThread([context, then = std::move(then)]() mutable {
                        if (context) then();
                    });
                } else {
                    auto value = std::make_shared<Value>(work(stop.get_token()));
                    onUiThread([context, value, then = std::move(then)]() mutable {
                        if (context) then(std::move(*value));
                    });
                }
            });
        return stop;
    }

    /// Runs `call` on the UI thread soon, in the order of the calls. From any thread; what an
    /// observer reports on its own thread comes through here.
    template <typename Call>
    static void onUiThread(Call call)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [call = std::make_shared<Call>(std::move(call))] { (*call)(); },
            Qt::QueuedConnection);
    }

private:
    struct Task {
        std::stop_source stop;
        std::function<void()> run;
    };
    struct Queue {
        std::deque<Task> waiting;
        int idle = 0;
        int threads = 0;
        int most_threads = 1;
    };

    template <typename Run>
    void post(Lane lane, std::stop_source stop, Run run)
    {
        // std::function copies; the work may hold what cannot be copied.
        auto shared = std::make_shared<Run>(std::move(run));
        add(lane, {std::move(stop), [shared] { (*shared)(); }});
    }
    void add(Lane lane, Task task);
    void serve(Queue& queue);
    Queue& queue(Lane lane);

    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    Queue quick_;
    Queue job_;
    Queue ingest_;
    Queue store_;
    std::vector<std::stop_source> running_;
    std::vector<std::thread> threads_;
    bool ending_ = false;
};

} // namespace app::desktop

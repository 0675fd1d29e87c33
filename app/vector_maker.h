#pragma once

#include "app/engines.h"
#include "app/result.h"
#include "storage/library.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace app {

/// Makes the vectors of passages that have none, on a thread of its own, while pages are still
/// being read. Search by words does not wait for it. What a stopped program left without vectors is
/// made up for by the next one.
class VectorMaker {
public:
    VectorMaker(
        storage::Library& library,
        Engines& engines,
        std::function<void(int done, int total)> on_progress,
        std::stop_token stop);
    ~VectorMaker();
    VectorMaker(const VectorMaker&) = delete;
    VectorMaker& operator=(const VectorMaker&) = delete;

    /// `count` passages were stored.
    void added(int count);
    /// Waits until every passage has its vector, or a stop. Errors: NoModel and those of embedder
    /// and library.
    Result<void> finish();

private:
    void run();
    /// False when there was nothing to do.
    Result<bool> make_some(engine::TextEmbedder& embedder);

    storage::Library& library_;
    Engines& engines_;
    std::function<void(int, int)> on_progress_;
    std::stop_token stop_;

    std::mutex mutex_; // guards what follows
    std::condition_variable_any changed_;
    int total_ = 0;
    int done_ = 0;
    bool fresh_ = true; // passages may wait: at the start those of an earlier program
    bool complete_ = false;
    std::optional<Error> error_;
    std::thread thread_;
};

} // namespace app

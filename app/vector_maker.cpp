#include "app/vector_maker.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace app {
namespace {

// Large enough to keep two threads in matrix products, small enough that a question waits a tenth
// of a second.
constexpr int kBatch = 16;

} // namespace

VectorMaker::VectorMaker(
    storage::Library& library,
    Engines& engines,
    std::function<void(int, int)> on_progress,
    std::stop_token stop)
    : library_(library), engines_(engines), on_progress_(std::move(on_progress)),
      stop_(std::move(stop)), thread_([this] { run(); })
{
}

VectorMaker::~VectorMaker()
{
    {
        const std::lock_guard lock{mutex_};
        complete_ = true;
        if (!error_) error_ = Error{ErrorCode::Cancelled, "Stopped."};
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void VectorMaker::added(int count)
{
    {
        const std::lock_guard lock{mutex_};
        total_ += count;
        fresh_ = true;
    }
    changed_.notify_all();
}

Result<void> VectorMaker::finish()
{
    {
        const std::lock_guard lock{mutex_};
        complete_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (error_) return tl::unexpected(*error_);
    return {};
}

Result<bool> VectorMaker::make_some(engine::TextEmbedder& embedder)
{
    const auto waiting = library_.passages_without_vector(kBatch);
    if (!waiting) return tl::unexpected(waiting.error());
    if (waiting->empty()) return false;
    engine::EmbedRequest request;
    request.priority = engine::Priority::Background;
    request.stop = stop_;
    std::vector<storage::PassageId> ids;
    for (const auto& passage : *waiting) {
        ids.push_back(passage.id);
        request.texts.push_back(passage.text);
    }
    const auto vectors = embedder.embed(std::move(request));
    if (!vectors) return tl::unexpected(vectors.error());
    if (auto stored = library_.add_vectors(ids, *vectors); !stored)
        return tl::unexpected(stored.error());
    const std::lock_guard lock{mutex_};
    done_ += static_cast<int>(ids.size());
    total_ = std::max(total_, done_);
    if (on_progress_) on_progress_(done_, total_);
    return true;
}

void VectorMaker::run()
{
    const auto failed = [this](const Error& error) {
        const std::lock_guard lock{mutex_};
        if (!error_) error_ = error;
    };
    const auto embedder = engines_.embedder();
    if (!embedder) return failed(embedder.error());
    while (!stop_.stop_requested()) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, stop_, [this] { return fresh_ || complete_; });
            if (error_ || (!fresh_ && complete_)) return;
            fresh_ = false;
        }
        while (!stop_.stop_requested()) {
            const auto made = make_some(**embedder);
            if (!made) return failed(made.error());
            if (!*made) break;
        }
    }
    failed({ErrorCode::Cancelled, "Stopped."});
}

} // namespace app

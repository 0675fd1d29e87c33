#include "storage/reader_pool.h"

namespace storage {
namespace {

// More than the threads of the application that read at once; further ones are closed after use.
constexpr std::size_t kIdleConnections = 4;

} // namespace

Result<std::unique_ptr<Database>> ReaderPool::take()
{
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto database = std::move(idle_.back());
            idle_.pop_back();
            return database;
        }
    }
    return Database::open(file_, Database::Mode::Read);
}

void ReaderPool::give_back(std::unique_ptr<Database> database)
{
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kIdleConnections) idle_.push_back(std::move(database));
}

} // namespace storage

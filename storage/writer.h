#pragma once

#include "base/blocking.h"
#include "storage/database.h"

#include <memory>
#include <mutex>
#include <optional>

namespace storage {

/// The writing connection, which is also the only one that checkpoints. Closures run on the
/// caller's thread, one at a time, each in a transaction of its own that is on disk when write()
/// returns.
///
/// After a failed fsync, or any other device error while writing, it takes nothing more: what the
/// kernel still has of the failed pages is unknown, and only a new start reads what the disk really
/// holds.
class Writer {
public:
    explicit Writer(std::unique_ptr<Database> database);
    /// Checkpoints the rest. What does not succeed then succeeds at the next start.
    ~Writer();

    /// `work` gets the Database and returns a Result; its error rolls everything back.
    template <typename Work>
    auto write(Work work) -> decltype(work(std::declval<Database&>()))
    {
        BASE_MAY_BLOCK();
        const std::lock_guard lock(mutex_);
        if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
        auto result = work(*database_);
        if (!result) {
            roll_back(result.error());
            return result;
        }
        if (auto done = commit(); !done) return tl::unexpected(done.error());
        return result;
    }

    /// Keeps everybody from writing while `work` only reads; when that succeeded, for good: all
    /// later writes answer `reason`.
    template <typename Work>
    auto write_last(Work work, const Error& reason) -> decltype(work(std::declval<Database&>()))
    {
        const std::lock_guard lock(mutex_);
        if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
        auto result = work(*database_);
        if (result)
            end_with(reason);
        else
            roll_back(result.error());
        return result;
    }

    /// Whether the last transaction may be there after the next start although it failed: its pages
    /// were written, only their arrival is unknown. The next one that succeeds takes their place.
    bool unsure();

    /// Moves everything into the database file and empties the log beside it, so that deleted text
    /// is in neither. False: a reader still needs the log; it is tried again after the next writes.
    Result<bool> empty_log();

private:
    Result<void> begin();
    Result<void> commit();
    void roll_back(const Error& error);
    void end_with(const Error& reason);
    Result<void> checkpoint();
    void note(const Error& error);

    std::mutex mutex_;
    std::unique_ptr<Database> database_;
    std::optional<Error> broken_;
    bool commit_failed_ = false;
    bool log_to_empty_ = true; // an earlier program may have left deleted text in it
    int log_pages_ = 0;        // in the write-ahead log after the last commit
};

} // namespace storage

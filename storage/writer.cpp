#include "storage/writer.h"

#include <sqlite3.h>

namespace storage {
namespace {

// SQLite's own default: about 4 MB of log. A later checkpoint makes commits cheaper and starts
// slower.
constexpr int kPagesBeforeCheckpoint = 1000;

int keep_log_size(void* log_pages, sqlite3*, const char*, int pages)
{
    *static_cast<int*>(log_pages) = pages;
    return SQLITE_OK;
}

} // namespace

Writer::Writer(std::unique_ptr<Database> database) : database_(std::move(database))
{
    // SQLite's automatic checkpoint drops its errors, and a failed fsync must not go unseen.
    sqlite3_wal_hook(database_->handle(), keep_log_size, &log_pages_);
}

Writer::~Writer()
{
    if (!broken_) static_cast<void>(empty_log());
    // Closing would checkpoint once more, onto a disk that has failed.
    if (broken_)
        sqlite3_db_config(database_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<void> Writer::begin()
{
    if (broken_) return tl::unexpected(*broken_);
    return database_->script("BEGIN IMMEDIATE");
}

Result<void> Writer::commit()
{
    if (auto done = database_->script("COMMIT"); !done) {
        // Also where the disk says "full" only then, as some do.
        if (sqlite3_extended_errcode(database_->handle()) == SQLITE_IOERR_FSYNC)
            broken_ = done.error();
        commit_failed_ = true;
        roll_back(done.error());
        return done;
    }
    commit_failed_ = false;
    if (log_to_empty_ || log_pages_ >= kPagesBeforeCheckpoint) {
        // The commit is on disk; a checkpoint that fails costs nothing but the next write, see
        // note().
        if (auto done = checkpoint(); !done) note(done.error());
    }
    return {};
}

void Writer::roll_back(const Error& error)
{
    // Some errors have rolled back already; then there is nothing to undo.
    if (sqlite3_get_autocommit(database_->handle()) == 0)
        static_cast<void>(database_->script("ROLLBACK"));
    note(error);
}

void Writer::end_with(const Error& reason)
{
    roll_back(reason);
    broken_ = reason;
}

Result<void> Writer::checkpoint()
{
    const int mode = log_to_empty_ ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    // Waiting for readers would hold up the caller; what they block is done after a later commit.
    sqlite3_busy_timeout(database_->handle(), 0);
    const int code =
        sqlite3_wal_checkpoint_v2(database_->handle(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(database_->handle(), 5000);
    if (code == SQLITE_OK) {
        log_to_empty_ = false;
        log_pages_ = 0;
    }
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) return {};
    return tl::unexpected(sqlite_error(database_->handle(), code));
}

Result<bool> Writer::empty_log()
{
    const std::lock_guard lock(mutex_);
    if (broken_) return tl::unexpected(*broken_);
    log_to_empty_ = true;
    if (auto done = checkpoint(); !done) {
        note(done.error());
        return tl::unexpected(done.error());
    }
    return !log_to_empty_;
}

bool Writer::unsure()
{
    const std::lock_guard lock(mutex_);
    return broken_.has_value() || commit_failed_;
}

void Writer::note(const Error& error)
{
    if (error.code == ErrorCode::DeviceFailed || error.code == ErrorCode::LibraryDamaged)
        broken_ = error;
}

} // namespace storage

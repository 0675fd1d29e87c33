#include "storage/database.h"

#include "storage/okapi.h"

#include <cerrno>
#include <sqlite3.h>
#include <utility>

namespace storage {

Error sqlite_error(sqlite3* handle, int code)
{
    const int system_error = handle ? sqlite3_system_errno(handle) : 0;
    const std::string said = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {
            ErrorCode::NoSpace,
            "The disk is full; the library could not store this.",
            "Free some space on the disk of the data folder and try again."};
    case SQLITE_IOERR:
        if (system_error == ENOSPC || system_error == EDQUOT)
            return sqlite_error(handle, SQLITE_FULL);
        return {
            ErrorCode::DeviceFailed,
            "The disk failed while the library was used (" + said + ").",
            "Check the disk of the data folder, then start again."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {
            ErrorCode::LibraryDamaged,
            "The library's database is damaged (" + said + ").",
            "Restore a backup, or move percept.sqlite out of the data folder to begin anew."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorCode::LibraryInUse,
            "The library is locked by another program (" + said + ").",
            "Close the other program and try again."};
    case SQLITE_CONSTRAINT:
        if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
            return {
                ErrorCode::NotFound,
                "This belongs to a session or source that is no longer in the library.",
                "It was deleted meanwhile; add the file again."};
        return {ErrorCode::Internal, "The library's database said: " + said + ".", {}};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, "Stopped before the library was looked through.", {}};
    case SQLITE_NOMEM:
        return {ErrorCode::OutOfMemory, "Out of memory in the library.", {}};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return {
            ErrorCode::FileUnreadable,
            "The library's database cannot be opened (" + said + ").",
            "Check the permissions of the data folder."};
    default:
        return {ErrorCode::Internal, "The library's database said: " + said + ".", {}};
    }
}

Statement::Statement(sqlite3* connection, sqlite3_stmt* handle, int code, bool* in_use)
    : connection_(connection), handle_(handle), code_(code), in_use_(in_use)
{
    if (in_use_) *in_use_ = true;
}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), handle_(std::exchange(other.handle_, nullptr)),
      code_(other.code_), in_use_(std::exchange(other.in_use_, nullptr)),
      parameter_(other.parameter_)
{
}

Statement::~Statement()
{
    if (!handle_) return;
    if (!in_use_) {
        sqlite3_finalize(handle_);
        return;
    }
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
    *in_use_ = false;
}

bool Statement::next()
{
    if (code_ != SQLITE_OK && code_ != SQLITE_ROW) return false;
    code_ = sqlite3_step(handle_);
    return code_ == SQLITE_ROW;
}

Result<void> Statement::finish()
{
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW || code_ == SQLITE_DONE) {
        // A finished reader must not hold its snapshot until the handle goes out of scope.
        if (handle_) sqlite3_reset(handle_);
        return {};
    }
    return tl::unexpected(sqlite_error(connection_, code_));
}

void Statement::bind_integer(std::int64_t value)
{
    if (code_ == SQLITE_OK) code_ = sqlite3_bind_int64(handle_, ++parameter_, value);
}

void Statement::bind_real(double value)
{
    if (code_ == SQLITE_OK) code_ = sqlite3_bind_double(handle_, ++parameter_, value);
}

void Statement::bind_text(std::string_view text)
{
    if (code_ != SQLITE_OK) return;
    // A null pointer would be NULL, and an empty view may have one.
    const char* data = text.empty() ? "" : text.data();
    code_ =
        sqlite3_bind_text64(handle_, ++parameter_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_blob(std::span<const std::byte> bytes)
{
    if (code_ != SQLITE_OK) return;
    code_ =
        bytes.empty()
            ? sqlite3_bind_zeroblob(handle_, ++parameter_, 0)
            : sqlite3_bind_blob64(handle_, ++parameter_, bytes.data(), bytes.size(), SQLITE_STATIC);
}

void Statement::bind_null()
{
    if (code_ == SQLITE_OK) code_ = sqlite3_bind_null(handle_, ++parameter_);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(handle_, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(handle_, column);
}

std::optional<double> Statement::maybe_real(int column) const
{
    if (is_null(column)) return std::nullopt;
    return real(column);
}

std::string Statement::text(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (!data) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::byte> Statement::blob(int column) const
{
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
    return {data, data ? static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)) : 0};
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode)
{
    const int access =
        mode == Mode::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(),
        &handle,
        access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (code != SQLITE_OK) return tl::unexpected(sqlite_error(handle, code));
    if (auto done = database->configure(mode); !done) return tl::unexpected(done.error());
    return database;
}

Database::~Database()
{
    for (const auto& [sql, cached] : statements_) sqlite3_finalize(cached.handle);
    sqlite3_close(handle_);
}

Result<void> Database::configure(Mode mode)
{
    sqlite3_busy_timeout(handle_, 5000);
    // A file that someone else put there may hold a hostile schema: views and triggers run no
    // functions with side effects, and cells are checked before they are read.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    if (const int code = add_okapi(handle_); code != SQLITE_OK)
        return tl::unexpected(sqlite_error(handle_, code));
    if (mode == Mode::Read) {
        // SQLite before 3.51.3 can lose commits when two connections checkpoint at the same moment,
        // and the last connection to close would. Only the writer may.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return script("PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
                      "PRAGMA temp_store = MEMORY;");
    }
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return script("PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
                  "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                  "PRAGMA wal_autocheckpoint = 0;");
}

Statement Database::prepare(std::string_view sql)
{
    const std::string key(sql);
    const auto found = statements_.find(key);
    if (found != statements_.end() && !found->second.in_use)
        return {handle_, found->second.handle, SQLITE_OK, &found->second.in_use};
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(
        handle_,
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr);
    if (code != SQLITE_OK) return {handle_, nullptr, code, nullptr};
    if (found != statements_.end()) return {handle_, statement, SQLITE_OK, nullptr};
    Cached& cached = statements_[key];
    cached.handle = statement;
    return {handle_, statement, SQLITE_OK, &cached.in_use};
}

Result<void> Database::script(std::string_view sql)
{
    const std::string text(sql);
    const int code = sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(sqlite_error(handle_, code));
    return {};
}

Database::Stoppable::Stoppable(Database& database, const std::stop_token& stop)
    : handle_(database.handle()), stop_(stop)
{
    constexpr int kSteps = 1000; // of SQLite's machine between two looks
    sqlite3_progress_handler(
        handle_,
        kSteps,
        [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; },
        &stop_);
}

Database::Stoppable::~Stoppable()
{
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
}

std::int64_t Database::last_rowid() const
{
    return sqlite3_last_insert_rowid(handle_);
}

int Database::changes() const
{
    return sqlite3_changes(handle_);
}

} // namespace storage

#pragma once

#include "storage/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace storage {

/// The Error for what SQLite last said on `handle`: NoSpace for a full disk, LibraryDamaged for a
/// malformed file, DeviceFailed for a disk that fails, LibraryInUse for a lock.
Error sqlite_error(sqlite3* handle, int code);

/// A prepared statement in use. It belongs to its Database's cache and is reset when this goes.
/// Errors stick: bind and next() do nothing after the first one, finish() reports it, so that a
/// loop over rows needs one check.
class Statement {
public:
    /// `in_use` is the cache's mark, cleared when this goes; nullptr: the handle is finalised
    /// instead.
    Statement(sqlite3* connection, sqlite3_stmt* handle, int code, bool* in_use);
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// In order, from the first parameter on. Text and blobs are not copied: they outlive the
    /// statement's use.
    template <typename... Values>
    Statement& bind(const Values&... values)
    {
        (bind_one(values), ...);
        return *this;
    }
    bool next();
    Result<void> finish();

    std::int64_t integer(int column) const;
    int number(int column) const { return static_cast<int>(integer(column)); }
    double real(int column) const;
    std::optional<double> maybe_real(int column) const;
    std::string text(int column) const;
    /// Valid until next().
    std::span<const std::byte> blob(int column) const;
    bool is_null(int column) const;

private:
    template <std::integral Integer>
    void bind_one(Integer value)
    {
        bind_integer(static_cast<std::int64_t>(value));
    }
    template <std::floating_point Real>
    void bind_one(Real value)
    {
        bind_real(value);
    }
    void bind_one(std::string_view text) { bind_text(text); }
    void bind_one(const std::string& text) { bind_text(text); }
    void bind_one(const char* text) { bind_text(text); }
    void bind_one(std::span<const std::byte> bytes) { bind_blob(bytes); }
    void bind_one(const std::vector<std::byte>& bytes) { bind_blob(bytes); }
    template <typename T>
    void bind_one(const std::optional<T>& value)
    {
        if (value)
            bind_one(*value);
        else
            bind_null();
    }
    void bind_integer(std::int64_t value);
    void bind_real(double value);
    void bind_text(std::string_view text);
    void bind_blob(std::span<const std::byte> bytes);
    void bind_null();

    sqlite3* connection_;
    sqlite3_stmt* handle_;
    int code_;
    bool* in_use_;
    int parameter_ = 0;
};

/// One SQLite connection with its prepared statements. Used by one thread at a time (Writer and
/// ReaderPool see to it).
class Database {
public:
    enum class Mode {
        Read,  // never writes the database and never checkpoints, not even when it is the last to
               // close
        Write, // creates where missing
    };
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// From the cache where this text was prepared before.
    Statement prepare(std::string_view sql);
    /// Several statements without parameters.
    Result<void> script(std::string_view sql);
    template <typename... Values>
    Result<void> run(std::string_view sql, const Values&... values)
    {
        Statement statement = prepare(sql);
        statement.bind(values...).next();
        return statement.finish();
    }
    /// The rowid of the new row.
    template <typename... Values>
    Result<std::int64_t> insert(std::string_view sql, const Values&... values)
    {
        if (auto done = run(sql, values...); !done) return tl::unexpected(done.error());
        return last_rowid();
    }
    template <typename Read, typename... Values>
    auto rows(std::string_view sql, Read read, const Values&... values)
        -> Result<std::vector<decltype(read(std::declval<Statement&>()))>>
    {
        std::vector<decltype(read(std::declval<Statement&>()))> found;
        Statement statement = prepare(sql);
        statement.bind(values...);
        while (statement.next()) found.push_back(read(statement));
        if (auto done = statement.finish(); !done) return tl::unexpected(done.error());
        return found;
    }
    template <typename Read, typename... Values>
    auto row(std::string_view sql, Read read, const Values&... values)
        -> Result<std::optional<decltype(read(std::declval<Statement&>()))>>
    {
        std::optional<decltype(read(std::declval<Statement&>()))> found;
        Statement statement = prepare(sql);
        statement.bind(values...);
        if (statement.next()) found = read(statement);
        if (auto done = statement.finish(); !done) return tl::unexpected(done.error());
        return found;
    }
    /// The first column of the only row; 0 where there is none.
    template <typename... Values>
    Result<std::int64_t> value(std::string_view sql, const Values&... values)
    {
        auto found = row(
            sql,
            [](Statement& s) { return s.integer(0); },
            values...);
        if (!found) return tl::unexpected(found.error());
        return found->value_or(0);
    }

    std::int64_t last_rowid() const;
    /// Rows changed by the last statement.
    int changes() const;
    sqlite3* handle() const { return handle_; }

    /// While this lives a stop ends what runs with Cancelled, within milliseconds but for the walk
    /// over pages at the beginning of a check.
    class Stoppable {
    public:
        Stoppable(Database& database, const std::stop_token& stop);
        ~Stoppable();
        Stoppable(const Stoppable&) = delete;
        Stoppable& operator=(const Stoppable&) = delete;

    private:
        sqlite3* handle_;
        std::stop_token stop_;
    };

private:
    explicit Database(sqlite3* handle) : handle_(handle) {}
    Result<void> configure(Mode mode);

    sqlite3* handle_;
    struct Cached {
        sqlite3_stmt* handle = nullptr;
        bool in_use = false;
    };
    std::unordered_map<std::string, Cached> statements_; // nodes stay where they are
};

} // namespace storage

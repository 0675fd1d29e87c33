#include "storage/source_store.h"

#include "storage/clock.h"
#include "storage/media_store.h"
#include "storage/packing.h"

#include <filesystem>
#include <fmt/format.h>

namespace storage {
namespace {

constexpr std::string_view kColumns =
    "SELECT source.id, session, source.path, kind, format, title, media, media.path, version, "
    "status, "
    "source.size_bytes, pages, duration_s, warnings, error, elapsed_s, created "
    "FROM source JOIN media ON media.sha256 = source.media ";

Source read_source(Statement& row)
{
    Source source;
    source.id = row.integer(0);
    source.session = row.integer(1);
    source.path = row.text(2);
    source.kind = row.text(3);
    source.format = row.text(4);
    source.title = row.text(5);
    source.sha256 = row.text(6);
    if (row.is_null(7)) source.stored_path = MediaStore::relative_path(source.sha256);
    source.version = row.number(8);
    source.status = static_cast<SourceStatus>(row.number(9));
    source.size_bytes = static_cast<std::uint64_t>(row.integer(10));
    source.pages = row.number(11);
    source.duration_s = row.real(12);
    source.warnings = split_lines(row.text(13));
    source.error = row.text(14);
    source.elapsed_s = row.real(15);
    source.created = row.text(16);
    return source;
}

tl::unexpected<Error> no_source(SourceId id)
{
    return fail(
        ErrorCode::NotFound,
        fmt::format("There is no source {}.", id),
        "Show the session to see its sources.");
}

} // namespace

Result<SourceId> SourceStore::begin(SessionId session, const Source& described)
{
    const auto there =
        database_.value("SELECT count(*) FROM session WHERE id = ? AND trashed = 0", session);
    if (!there) return tl::unexpected(there.error());
    if (*there == 0)
        return fail(ErrorCode::NotFound, fmt::format("There is no session {}.", session));
    const auto version = database_.value(
        "SELECT ifnull(max(CASE WHEN media = ?3 THEN version ELSE version + 1 END), 1) "
        "FROM source WHERE session = ?1 AND path = ?2",
        session,
        described.path,
        described.sha256);
    if (!version) return tl::unexpected(version.error());
    auto id = database_.insert(
        "INSERT INTO source (session, path, version, kind, format, title, media, status, "
        "size_bytes,"
        " pages, duration_s, warnings, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        session,
        described.path,
        *version,
        described.kind,
        described.format,
        described.title,
        described.sha256,
        static_cast<int>(SourceStatus::Reading),
        static_cast<std::int64_t>(described.size_bytes),
        described.pages,
        described.duration_s,
        join_lines(described.warnings),
        described.created.empty() ? utc_now() : described.created);
    if (!id) return id;
    auto indexed = database_.run(
        "INSERT INTO words_file (rowid, name) VALUES (?, ?)",
        *id,
        std::filesystem::path(described.path).filename().string());
    if (!indexed) return tl::unexpected(indexed.error());
    return id;
}

Result<void> SourceStore::finish(const Source& source)
{
    auto done = database_.run(
        "UPDATE source SET kind = ?, format = ?, title = ?, status = ?, pages = ?, duration_s = ?,"
        " warnings = ?, error = ?, elapsed_s = ? WHERE id = ?",
        source.kind,
        source.format,
        source.title,
        static_cast<int>(source.status),
        source.pages,
        source.duration_s,
        join_lines(source.warnings),
        source.error,
        source.elapsed_s,
        source.id);
    if (!done) return done;
    if (database_.changes() == 0) return no_source(source.id);
    return {};
}

Result<std::vector<Source>> SourceStore::list(SessionId session)
{
    return database_.rows(
        std::string(kColumns) + "WHERE session = ? AND trashed = 0 ORDER BY source.id",
        read_source,
        session);
}

Result<Source> SourceStore::get(SourceId id)
{
    auto found = database_.row(
        std::string(kColumns) + "WHERE source.id = ? AND trashed = 0",
        read_source,
        id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return no_source(id);
    return std::move(**found);
}

Result<std::optional<Source>> SourceStore::find_ready(SessionId session, std::string_view sha256)
{
    return database_.row(
        std::string(kColumns) + "WHERE session = ? AND media = ? AND status = ? AND trashed = 0 "
                                "ORDER BY source.id DESC LIMIT 1",
        read_source,
        session,
        sha256,
        static_cast<int>(SourceStatus::Ready));
}

Result<std::vector<Source>> SourceStore::interrupted()
{
    // finish() leaves a time, also after an error or a stop.
    return database_.rows(
        std::string(kColumns) +
            "WHERE trashed = 0 AND elapsed_s = 0 AND status IN (?, ?) ORDER BY source.id DESC",
        read_source,
        static_cast<int>(SourceStatus::Reading),
        static_cast<int>(SourceStatus::Partial));
}

Result<void> SourceStore::remove(SourceId id)
{
    if (auto done = database_.run("DELETE FROM source WHERE id = ?", id); !done) return done;
    if (database_.changes() == 0) return no_source(id);
    return {};
}

Result<void> SourceStore::set_trashed(SourceId id, bool trashed)
{
    // By itself: bit 1, see migrations.cpp.
    auto done = database_.run(
        "UPDATE source SET trashed = CASE WHEN ?2 THEN trashed | 1 ELSE trashed & ~1 END "
        "WHERE id = ?1",
        id,
        static_cast<int>(trashed));
    if (!done) return done;
    if (database_.changes() == 0) return no_source(id);
    return {};
}

Result<int> SourceStore::close_interrupted()
{
    const auto done = database_.run(
        "UPDATE source SET status = ?1, warnings = trim(warnings || char(10) || ?2, char(10)) "
        "WHERE status = ?3",
        static_cast<int>(SourceStatus::Partial),
        "Reading was interrupted; what was read until then is kept. Add the file again to read "
        "the rest.",
        static_cast<int>(SourceStatus::Reading));
    if (!done) return tl::unexpected(done.error());
    return database_.changes();
}

} // namespace storage

// Opening, sessions, sources, deleting, backup.
#include "storage/data_folder.h"

#include "base/io.h"
#include "storage/backup.h"
#include "storage/clock.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "storage/passage_index.h"
#include "storage/session_store.h"
#include "storage/source_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

// A copy of a larger file would be felt, in time and on the disk.
constexpr std::uint64_t kCopyLimitBytes = 2'000'000'000;

/// Write-ahead logging: readers and the writer do not wait for one another.
Result<void> use_log(Database& database, const fs::path& data_dir)
{
    const auto mode =
        database.row("PRAGMA journal_mode = WAL", [](Statement& row) { return row.text(0); });
    if (!mode) return tl::unexpected(mode.error());
    if (mode->value_or("") == "wal") return {};
    return fail(
        ErrorCode::Unavailable,
        fmt::format("The file system of {} cannot share memory.", data_dir.string()),
        "Keep the data folder on a local disk.");
}

} // namespace

Result<std::unique_ptr<Library>> Library::open(const fs::path& data_dir, Access access)
{
    auto opened = DataFolder::open(data_dir, access);
    if (!opened) return tl::unexpected(opened.error());
    return std::move(*opened);
}

DataFolder::DataFolder(const fs::path& data_dir)
    : data_dir_(data_dir), file_(data_dir / "percept.sqlite"), readers_(file_), media_(data_dir)
{
}

Result<std::unique_ptr<DataFolder>> DataFolder::open(const fs::path& data_dir, Access access)
{
    std::unique_ptr<DataFolder> folder(new DataFolder(data_dir));
    const auto opened =
        access == Access::Write ? folder->open_for_writing() : folder->open_for_reading();
    if (!opened) return tl::unexpected(folder->with_copy_aside(opened.error()));
    return folder;
}

Error DataFolder::with_copy_aside(const Error& error) const
{
    if (error.code != ErrorCode::LibraryDamaged) return error;
    Error told = error;
    const auto copy = copy_aside(file_);
    told.message += copy ? fmt::format(" A copy lies in {}.", copy->string())
                         : fmt::format(" It could not be copied: {}", copy.error().message);
    return told;
}

Result<void> DataFolder::open_for_writing()
{
    if (auto made = base::make_folders(data_dir_ / "media"); !made) return made;
    auto lock = WriterLock::take(data_dir_);
    if (!lock) return tl::unexpected(lock.error());
    lock_ = std::move(*lock);

    const auto probed = probe(file_, true);
    if (!probed) return tl::unexpected(probed.error());
    if (probed->version > 0 && probed->version < latest_version())
        if (auto done = back_up_before_migration(probed->version); !done) return done;
    auto database = Database::open(file_, Database::Mode::Write);
    if (!database) return tl::unexpected(database.error());
    if (auto done = use_log(**database, data_dir_); !done) return done;
    if (auto done = migrate(**database); !done) return done;
    writer_ = std::make_unique<Writer>(std::move(*database));

    return writer_->write([&](Database& db) -> Result<void> {
        const auto interrupted = SourceStore(db).close_interrupted();
        if (!interrupted) return tl::unexpected(interrupted.error());
        if (*interrupted > 0)
            notes_.push_back(fmt::format(
                "The last program ended while it read {} file{}; what was read is kept.",
                *interrupted,
                *interrupted == 1 ? "" : "s"));
        auto mended = media_.reconcile(db);
        if (!mended) return tl::unexpected(mended.error());
        notes_.insert(notes_.end(), mended->begin(), mended->end());
        return {};
    });
}

Result<void> DataFolder::open_for_reading()
{
    auto probed = probe(file_, false);
    if (!probed) return tl::unexpected(probed.error());
    if (!probed->there || probed->version == 0)
        return fail(
            ErrorCode::NotFound,
            fmt::format("There is no library in {} yet.", data_dir_.string()),
            "Add a file first, or name another data folder.");
    if (probed->version == latest_version()) return {};
    // An older form: whoever writes next brings it up to date, so do it now.
    auto upgraded = DataFolder::open(data_dir_, Access::Write);
    if (!upgraded) return tl::unexpected(upgraded.error());
    return {};
}

Result<void> DataFolder::back_up_before_migration(int version)
{
    const fs::path copy =
        data_dir_ / "backup" / fmt::format("percept-v{}-{}.sqlite", version, utc_now());
    if (auto made = base::make_folders(copy.parent_path()); !made) return made;
    const auto copied = read([&](Database& db) { return copy_database(db, copy, {}); });
    if (!copied) return tl::unexpected(copied.error());
    notes_.push_back(fmt::format(
        "The library had an older form and was brought up to date; the old one is kept as {}.",
        copy.string()));
    return {};
}

Result<SessionId> DataFolder::create_session(std::string_view name)
{
    return write([&](Database& db) { return SessionStore(db).create(name); });
}

Result<std::vector<Session>> DataFolder::sessions(int limit, int offset)
{
    return read([&](Database& db) { return SessionStore(db).list(limit, offset); });
}

Result<Session> DataFolder::session(SessionId id)
{
    return read([&](Database& db) { return SessionStore(db).get(id); });
}

Result<void> DataFolder::rename_session(SessionId id, std::string_view name)
{
    return write([&](Database& db) { return SessionStore(db).rename(id, name); });
}

Result<Removed> DataFolder::delete_session(SessionId id)
{
    return remove({{id}, {}, {}}, [&](Database& db) { return SessionStore(db).remove(id); });
}

Result<Removed> DataFolder::remove_source(SourceId id)
{
    return remove({{}, {id}, {}}, [&](Database& db) { return SourceStore(db).remove(id); });
}

template <typename RemoveRows>
Result<Removed> DataFolder::remove(const SearchScope& scope, RemoveRows remove_rows)
{
    const std::unique_lock files(media_.files());
    std::vector<MediaStore::Stored> gone;
    auto removed = write([&](Database& db) -> Result<Removed> {
        Removed counts;
        counts.sessions = static_cast<int>(scope.sessions.size());
        if (counts.sessions == 0) {
            counts.sources = 1;
        } else {
            const auto sources =
                db.value("SELECT count(*) FROM source WHERE session = ?", scope.sessions.front());
            if (!sources) return tl::unexpected(sources.error());
            counts.sources = static_cast<int>(*sources);
        }
        PassageIndex index(db);
        const auto passages = index.remove(scope);
        if (!passages) return tl::unexpected(passages.error());
        counts.passages = *passages;
        if (auto done = remove_rows(db); !done) return tl::unexpected(done.error());
        auto unused = MediaStore::forget_unused(db);
        if (!unused) return tl::unexpected(unused.error());
        gone = std::move(*unused);
        if (auto done = index.forget_deleted_words(); !done) return tl::unexpected(done.error());
        return counts;
    });
    if (!removed) return removed;
    for (const MediaStore::Stored& stored : gone)
        if (stored.referenced_path.empty()) removed->media_bytes += stored.size_bytes;
    media_.remove_files(gone);
    // Deleted means gone: the log still holds the old pages until it is emptied.
    if (auto emptied = writer_->empty_log(); !emptied) return tl::unexpected(emptied.error());
    return removed;
}

Result<SourceId>
DataFolder::begin_source(SessionId session_id, const fs::path& file, const Source& described)
{
    // Before the copy, which may be long.
    if (auto there = session(session_id); !there) return tl::unexpected(there.error());
    std::shared_lock files(media_.files());
    const auto stored = media_.adopt(file, described.sha256, kCopyLimitBytes);
    if (!stored) return tl::unexpected(stored.error());
    auto id = write([&](Database& db) -> Result<SourceId> {
        if (auto done = MediaStore::record(db, *stored); !done) return tl::unexpected(done.error());
        Source source = described;
        source.sha256 = stored->sha256;
        source.size_bytes = stored->size_bytes;
        return SourceStore(db).begin(session_id, source);
    });
    files.unlock();
    if (!id) drop_unless_used(*stored);
    return id;
}

void DataFolder::drop_unless_used(const MediaStore::Stored& stored)
{
    // The transaction may turn out to be there after all, and then it needs its file.
    if (!writer_ || writer_->broken()) return;
    const std::unique_lock files(media_.files());
    const auto used = read([&](Database& db) {
        return db.value("SELECT count(*) FROM media WHERE sha256 = ?", stored.sha256);
    });
    if (used && *used == 0) media_.remove_files({&stored, 1});
}

Result<void> DataFolder::finish_source(const Source& source)
{
    return write([&](Database& db) { return SourceStore(db).finish(source); });
}

Result<std::vector<Source>> DataFolder::sources(SessionId session)
{
    return read([&](Database& db) { return SourceStore(db).list(session); });
}

Result<Source> DataFolder::source(SourceId id)
{
    return read([&](Database& db) { return SourceStore(db).get(id); });
}

Result<std::optional<Source>>
DataFolder::find_by_content(SessionId session, std::string_view sha256)
{
    return read([&](Database& db) { return SourceStore(db).find_ready(session, sha256); });
}

Result<fs::path> DataFolder::media_path(SourceId id)
{
    const auto found = source(id);
    if (!found) return tl::unexpected(found.error());
    fs::path path = data_dir_ / found->stored_path;
    if (found->stored_path.empty()) {
        const auto place = read([&](Database& db) {
            return db.row(
                "SELECT path FROM media WHERE sha256 = ?",
                [](Statement& row) { return row.text(0); },
                found->sha256);
        });
        if (!place) return tl::unexpected(place.error());
        path = place->value_or(found->path);
    }
    std::error_code ignored;
    if (fs::exists(path, ignored)) return path;
    return fail(
        ErrorCode::FileNotFound,
        fmt::format("{} is no longer there.", path.string()),
        "Put it back, or add the file again from where it is now.");
}

Result<std::uint64_t> DataFolder::backup(
    const fs::path& folder,
    bool with_media,
    const std::function<void(double)>& progress)
{
    std::error_code ignored;
    if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored))
        return fail(
            ErrorCode::AlreadyExists,
            folder.string() + " is not empty; a backup overwrites nothing.",
            "Name a new folder.");
    if (auto made = base::make_folders(folder); !made) return tl::unexpected(made.error());
    const std::shared_lock files(media_.files());
    const double database_share = with_media ? 0.5 : 1.0;
    auto copied = read([&](Database& db) -> Result<std::uint64_t> {
        auto bytes = copy_database(db, folder / file_.filename(), [&](double share) {
            if (progress) progress(share * database_share);
        });
        if (!bytes || !with_media) return bytes;
        auto media = copy_media(db, media_, folder, [&](double share) {
            if (progress) progress(database_share + share * (1 - database_share));
        });
        if (!media) return media;
        return *bytes + *media;
    });
    if (!copied) {
        // Half a backup would be taken for a whole one; the folder was empty before.
        fs::remove_all(folder / "media", ignored);
        static_cast<void>(base::remove_file(folder / file_.filename()));
    }
    return copied;
}

Result<std::vector<std::string>> DataFolder::check()
{
    auto sentences = read([&](Database& db) -> Result<std::vector<std::string>> {
        auto found = db.rows("PRAGMA quick_check(20)", [](Statement& row) { return row.text(0); });
        if (!found) return found;
        if (*found == std::vector<std::string>{"ok"}) found->clear();
        auto missing = media_.missing(db);
        if (!missing) return missing;
        found->insert(found->end(), missing->begin(), missing->end());
        return found;
    });
    if (!sentences || !writer_) return sentences;
    // The index checks itself through a write, which a program that only reads cannot ask for.
    auto fits = write([&](Database& db) -> Result<bool> { return PassageIndex(db).fits(); });
    if (!fits) return tl::unexpected(fits.error());
    if (!*fits) sentences->emplace_back("The word index does not fit the passages.");
    return sentences;
}

} // namespace storage

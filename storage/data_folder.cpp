// Sources, backup; data_folder_opening.cpp opens, data_folder_ordering.cpp has sessions and
// deleting.
#include "storage/data_folder.h"

#include "storage/backup.h"
#include "storage/passage_index.h"
#include "storage/source_store.h"

#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

// A copy of a larger file would be felt, in time and on the disk.
constexpr std::uint64_t kCopyLimitBytes = 2'000'000'000;

} // namespace

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
    if (!writer_ || writer_->unsure()) return;
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

Result<std::vector<Source>> DataFolder::interrupted_sources()
{
    return read([&](Database& db) { return SourceStore(db).interrupted(); });
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
    const fs::path& file,
    const std::function<void(double)>& progress,
    const std::stop_token& stop)
{
    const std::shared_lock files(media_.files());
    return read([&](Database& db) { return write_backup(db, media_, file, progress, stop); });
}

Result<std::vector<std::string>> DataFolder::check(const std::stop_token& stop)
{
    auto sentences = read([&](Database& db) -> Result<std::vector<std::string>> {
        const Database::Stoppable stoppable(db, stop);
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
    auto fits = write([&](Database& db) -> Result<bool> {
        const Database::Stoppable stoppable(db, stop);
        return PassageIndex(db).fits();
    });
    if (!fits) return tl::unexpected(fits.error());
    if (!*fits) sentences->emplace_back("The word index does not fit the passages.");
    return sentences;
}

} // namespace storage

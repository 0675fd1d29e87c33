// A folder becomes a library: lock, probe, migrate, mend what a killed program left.
#include "base/io.h"
#include "storage/backup.h"
#include "storage/clock.h"
#include "storage/data_folder.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "storage/source_store.h"

#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

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

    // What the user had thrown away when the last program ended; no undo reaches back over that.
    const auto emptied = empty_trash();
    if (!emptied) return tl::unexpected(emptied.error());
    if (emptied->sessions + emptied->sources > 0)
        notes_.push_back(fmt::format(
            "Deleted for good what was in the trash: {} session{}, {} file{}.",
            emptied->sessions,
            emptied->sessions == 1 ? "" : "s",
            emptied->sources,
            emptied->sources == 1 ? "" : "s"));

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

} // namespace storage

#include "storage/backup.h"

#include "base/io.h"
#include "storage/archive.h"

#include <fmt/format.h>
#include <map>
#include <memory>
#include <sqlite3.h>

namespace storage {
namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(double)>;

constexpr int kPagesAStep = 1024; // 4 MB: progress moves about a hundred times a second
// Of the time: copying the database, writing the archive; the rest is reading it back.
constexpr double kDatabaseShare = 0.3;
constexpr double kArchiveShare = 0.4;

struct CloseConnection {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

/// A file that goes with this unless it was kept.
class Temporary {
public:
    explicit Temporary(fs::path path) : path_(std::move(path)) {}
    ~Temporary()
    {
        if (!kept_) static_cast<void>(base::remove_file(path_));
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    const fs::path& path() const { return path_; }
    void keep() { kept_ = true; }

private:
    fs::path path_;
    bool kept_ = false;
};

Result<void> check_integrity(sqlite3* copy)
{
    std::string said;
    const auto hear = [](void* to, int, char** columns, char**) {
        *static_cast<std::string*>(to) = columns[0] != nullptr ? columns[0] : "";
        return 0;
    };
    const int code = sqlite3_exec(copy, "PRAGMA integrity_check(1)", hear, &said, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(sqlite_error(copy, code));
    if (said == "ok") return {};
    return fail(
        ErrorCode::LibraryDamaged,
        fmt::format("The library is damaged, so its copy would be too: {}", said),
        "Look at it with percept-cli doctor.");
}

Result<void> copy_pages(
    Database& from,
    const fs::path& target,
    const Progress& progress,
    const std::stop_token& stop)
{
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        target.c_str(),
        &opened,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
        nullptr);
    const std::unique_ptr<sqlite3, CloseConnection> to(opened);
    if (code != SQLITE_OK) return tl::unexpected(sqlite_error(opened, code));
    sqlite3_backup* backup = sqlite3_backup_init(opened, "main", from.handle(), "main");
    if (!backup) return tl::unexpected(sqlite_error(opened, sqlite3_errcode(opened)));
    int step = SQLITE_OK;
    while (step == SQLITE_OK && !stop.stop_requested()) {
        step = sqlite3_backup_step(backup, kPagesAStep);
        const int total = sqlite3_backup_pagecount(backup);
        if (progress && total > 0)
            progress(1.0 - static_cast<double>(sqlite3_backup_remaining(backup)) / total);
    }
    const int finished = sqlite3_backup_finish(backup);
    if (step == SQLITE_OK)
        return fail(ErrorCode::Cancelled, "The copy was stopped; nothing of it was kept.");
    if (step != SQLITE_DONE) return tl::unexpected(sqlite_error(opened, step));
    if (finished != SQLITE_OK) return tl::unexpected(sqlite_error(opened, finished));
    return check_integrity(opened);
}

/// Names, sizes and hashes of the files that the backup takes along.
struct StoredFiles {
    std::vector<std::string> sha256;
    std::uint64_t size_bytes = 0;
};
Result<StoredFiles> stored_files(Database& from)
{
    StoredFiles files;
    auto hashes = from.rows("SELECT sha256 FROM media WHERE path IS NULL", [](Statement& row) {
        return row.text(0);
    });
    if (!hashes) return tl::unexpected(hashes.error());
    files.sha256 = std::move(*hashes);
    const auto total =
        from.value("SELECT ifnull(sum(size_bytes), 0) FROM media WHERE path IS NULL");
    if (!total) return tl::unexpected(total.error());
    files.size_bytes = static_cast<std::uint64_t>(*total);
    return files;
}

} // namespace

Result<std::uint64_t> copy_database(
    Database& from,
    const fs::path& target,
    const Progress& progress,
    const std::stop_token& stop)
{
    // Inside the caller's read transaction the source cannot change, so the copy never starts over.
    Temporary copy(target);
    const Temporary journal(target.string() + "-journal");
    if (auto done = copy_pages(from, target, progress, stop); !done)
        return tl::unexpected(done.error());
    auto written = base::File::open(target, base::File::Mode::Update);
    if (!written) return tl::unexpected(written.error());
    if (auto done = written->sync(); !done) return tl::unexpected(done.error());
    if (auto done = base::sync_folder(target.parent_path()); !done)
        return tl::unexpected(done.error());
    copy.keep();
    return written->size();
}

Result<std::uint64_t> write_backup(
    Database& from,
    const MediaStore& media,
    const fs::path& target,
    const Progress& progress,
    const std::stop_token& stop)
{
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(target, ignored)))
        return fail(
            ErrorCode::AlreadyExists,
            fmt::format("{} is there already; a backup overwrites nothing.", target.string()),
            "Name a new file.");
    // First, because it begins the moment that the copy is of: SQLite's backup alone holds none.
    const auto files = stored_files(from);
    if (!files) return tl::unexpected(files.error());
    const auto tell = [&](double share) {
        if (progress) progress(share);
    };
    // What a killed backup of this name left; SQLite would take it for a database to continue.
    const Temporary database(target.string() + ".database.part");
    if (auto done = base::remove_file(database.path()); !done) return tl::unexpected(done.error());
    Temporary part(target.string() + ".part");
    // Before the long part: a folder that is not there or may not be written is named at once.
    auto archive = ArchiveWriter::create(part.path());
    if (!archive) return tl::unexpected(archive.error());
    auto database_bytes = copy_database(
        from,
        database.path(),
        [&](double share) { tell(share * kDatabaseShare); },
        stop);
    if (!database_bytes) return database_bytes;
    const auto total = static_cast<double>(*database_bytes + files->size_bytes);
    double written = 0;
    const auto on_bytes = [&](std::uint64_t bytes) {
        written += static_cast<double>(bytes);
        tell(kDatabaseShare + kArchiveShare * std::min(1.0, written / total));
    };
    std::map<std::string, std::string> expected;
    const auto add = [&](const std::string& name, const fs::path& file) -> Result<std::string> {
        auto hash = (*archive)->add(name, file, on_bytes, stop);
        if (hash) expected.emplace(name, *hash);
        return hash;
    };
    if (auto hash = add("percept.sqlite", database.path()); !hash)
        return tl::unexpected(hash.error());
    for (const std::string& sha256 : files->sha256) {
        const std::string name = MediaStore::relative_path(sha256);
        const auto hash = add(name, media.path_of(sha256));
        if (!hash && hash.error().code == ErrorCode::FileNotFound)
            return fail(
                ErrorCode::FileNotFound,
                fmt::format("The stored file {} is gone.", name),
                "Start the backup again if a source was deleted just now; else ask percept-cli "
                "doctor.");
        if (!hash) return tl::unexpected(hash.error());
        if (*hash != sha256)
            return fail(
                ErrorCode::LibraryDamaged,
                fmt::format("The stored file {} has changed since it was stored.", name),
                "Delete its source (percept-cli sessions remove-source), then back up again.");
    }
    auto size = (*archive)->finish();
    if (!size) return size;

    const auto found = archive_hashes(part.path(), stop);
    if (!found) return tl::unexpected(found.error());
    if (*found != expected)
        return fail(
            ErrorCode::DeviceFailed,
            fmt::format("{} does not hold what was written to it.", part.path().string()),
            "Check that disk, or write the backup to another one.");
    if (auto named = base::rename_atomically(part.path(), target); !named)
        return tl::unexpected(named.error());
    part.keep();
    tell(1);
    return size;
}

} // namespace storage

#include "storage/backup.h"

#include "base/io.h"

#include <fmt/format.h>
#include <memory>
#include <sqlite3.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAStep = 1024; // 4 MB: progress moves about a hundred times a second

struct CloseConnection {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

Result<void>
copy_pages(Database& from, const fs::path& target, const std::function<void(double)>& progress)
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
    while (step == SQLITE_OK) {
        step = sqlite3_backup_step(backup, kPagesAStep);
        const int total = sqlite3_backup_pagecount(backup);
        if (progress && total > 0)
            progress(1.0 - static_cast<double>(sqlite3_backup_remaining(backup)) / total);
    }
    const int finished = sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE) return tl::unexpected(sqlite_error(opened, step));
    if (finished != SQLITE_OK) return tl::unexpected(sqlite_error(opened, finished));
    return {};
}

Result<std::uint64_t> copy_synced(const fs::path& source, const fs::path& target)
{
    auto from = base::File::open(source, base::File::Mode::Read);
    if (!from) return tl::unexpected(from.error());
    auto to = base::File::open(target, base::File::Mode::CreateNew);
    if (!to) return tl::unexpected(to.error());
    if (auto done = base::copy_contents(*from, *to); !done) return tl::unexpected(done.error());
    if (auto done = to->sync(); !done) return tl::unexpected(done.error());
    return to->size();
}

} // namespace

Result<std::uint64_t>
copy_database(Database& from, const fs::path& target, const std::function<void(double)>& progress)
{
    // Inside the caller's read transaction the source cannot change, so the copy never starts over.
    if (auto done = copy_pages(from, target, progress); !done) {
        static_cast<void>(base::remove_file(target));
        static_cast<void>(base::remove_file(target.string() + "-journal"));
        return tl::unexpected(done.error());
    }
    auto written = base::File::open(target, base::File::Mode::Update);
    if (!written) return tl::unexpected(written.error());
    if (auto done = written->sync(); !done) return tl::unexpected(done.error());
    if (auto done = base::sync_folder(target.parent_path()); !done)
        return tl::unexpected(done.error());
    return written->size();
}

Result<std::uint64_t> copy_media(
    Database& from,
    const MediaStore& media,
    const fs::path& folder,
    const std::function<void(double)>& progress)
{
    const auto total =
        from.value("SELECT ifnull(sum(size_bytes), 0) FROM media WHERE path IS NULL");
    if (!total) return tl::unexpected(total.error());
    const auto hashes =
        from.rows("SELECT sha256 FROM media WHERE path IS NULL", [](Statement& row) {
            return row.text(0);
        });
    if (!hashes) return tl::unexpected(hashes.error());
    std::uint64_t copied = 0;
    for (const std::string& sha256 : *hashes) {
        const fs::path target = folder / MediaStore::relative_path(sha256);
        if (auto made = base::make_folders(target.parent_path()); !made)
            return tl::unexpected(made.error());
        const auto size = copy_synced(media.path_of(sha256), target);
        if (!size) return tl::unexpected(size.error());
        if (auto done = base::sync_folder(target.parent_path()); !done)
            return tl::unexpected(done.error());
        copied += *size;
        if (progress && *total > 0)
            progress(static_cast<double>(copied) / static_cast<double>(*total));
    }
    return copied;
}

} // namespace storage

#include "storage/media_store.h"

#include "base/hash.h"
#include "base/io.h"

#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unordered_map>

namespace storage {
namespace {

namespace fs = std::filesystem;

Result<std::uint64_t> regular_size(const fs::path& file)
{
    // A device or a pipe has no content that could be kept, and may never end.
    struct stat status = {};
    if (::stat(file.c_str(), &status) < 0)
        return tl::unexpected(base::io_error("read", file, errno));
    if (!S_ISREG(status.st_mode))
        return fail(
            ErrorCode::FileUnreadable,
            file.string() + " is not a file.",
            "Give a file; folders, devices and pipes cannot be stored.");
    return static_cast<std::uint64_t>(status.st_size);
}

struct Row {
    std::string sha256;
    std::uint64_t size_bytes = 0;
    std::string path;
};

Result<std::vector<Row>> all_rows(Database& database)
{
    return database.rows("SELECT sha256, size_bytes, path FROM media", [](Statement& s) {
        return Row{s.text(0), static_cast<std::uint64_t>(s.integer(1)), s.text(2)};
    });
}

} // namespace

std::string MediaStore::relative_path(std::string_view sha256)
{
    return fmt::format("media/{}/{}", sha256.substr(0, 2), sha256);
}

fs::path MediaStore::path_of(std::string_view sha256) const
{
    return data_dir_ / relative_path(sha256);
}

fs::path MediaStore::new_part()
{
    return data_dir_ / "media" / fmt::format("{}.part", parts_.fetch_add(1));
}

Result<MediaStore::Stored> MediaStore::adopt(
    const fs::path& file,
    std::string_view known_sha256,
    std::uint64_t copy_limit_bytes)
{
    const auto size = regular_size(file);
    if (!size) return tl::unexpected(size.error());
    Stored stored;
    stored.size_bytes = *size;
    if (*size > copy_limit_bytes) {
        std::error_code ignored;
        stored.referenced_path = fs::absolute(file, ignored).string();
        stored.sha256 = known_sha256;
        if (!stored.sha256.empty()) return stored;
        auto hash = base::sha256_of_file(file);
        if (!hash) return tl::unexpected(hash.error());
        stored.sha256 = std::move(*hash);
        return stored;
    }

    const fs::path part = new_part();
    auto copied = [&]() -> Result<void> {
        auto from = base::File::open(file, base::File::Mode::Read);
        if (!from) return tl::unexpected(from.error());
        auto to = base::File::open(part, base::File::Mode::Create);
        if (!to) return tl::unexpected(to.error());
        if (auto done = base::copy_contents(*from, *to); !done) return done;
        if (auto done = to->sync(); !done) return done;
        const auto copied_size = to->size();
        if (!copied_size) return tl::unexpected(copied_size.error());
        stored.size_bytes = *copied_size;
        // Of the copy, not of the original: that one may change while it is read.
        auto hash = base::sha256_of_file(part);
        if (!hash) return tl::unexpected(hash.error());
        stored.sha256 = std::move(*hash);
        return place(part, stored);
    }();
    if (!copied) {
        static_cast<void>(base::remove_file(part));
        return tl::unexpected(copied.error());
    }
    return stored;
}

Result<MediaStore::Stored> MediaStore::add(std::span<const std::byte> bytes)
{
    Stored stored{base::sha256_of(bytes), bytes.size(), {}};
    std::error_code ignored;
    if (fs::file_size(path_of(stored.sha256), ignored) == stored.size_bytes) return stored;
    const fs::path part = new_part();
    auto written = [&]() -> Result<void> {
        auto file = base::File::open(part, base::File::Mode::Create);
        if (!file) return tl::unexpected(file.error());
        if (auto done = file->write_all(bytes); !done) return done;
        if (auto done = file->sync(); !done) return done;
        return place(part, stored);
    }();
    if (!written) {
        static_cast<void>(base::remove_file(part));
        return tl::unexpected(written.error());
    }
    return stored;
}

Result<void> MediaStore::place(const fs::path& part, const Stored& stored) const
{
    const fs::path target = path_of(stored.sha256);
    std::error_code ignored;
    if (!fs::is_directory(target.parent_path(), ignored)) {
        if (auto made = base::make_folders(target.parent_path()); !made) return made;
        if (auto done = base::sync_folder(target.parent_path().parent_path()); !done) return done;
    }
    return base::rename_atomically(part, target);
}

Result<void> MediaStore::record(Database& database, const Stored& stored)
{
    const std::optional<std::string> path =
        stored.referenced_path.empty() ? std::nullopt : std::optional(stored.referenced_path);
    // A file once referenced and now copied (or moved) is found at its newest place.
    return database.run(
        "INSERT INTO media (sha256, size_bytes, path) VALUES (?, ?, ?) "
        "ON CONFLICT (sha256) DO UPDATE SET path = excluded.path",
        stored.sha256,
        static_cast<std::int64_t>(stored.size_bytes),
        path);
}

Result<std::vector<MediaStore::Stored>> MediaStore::forget_unused(Database& database)
{
    return database.rows(
        "DELETE FROM media WHERE NOT EXISTS (SELECT 1 FROM source WHERE media = sha256) "
        "AND NOT EXISTS (SELECT 1 FROM frame WHERE media = sha256) "
        "RETURNING sha256, size_bytes, path",
        [](Statement& s) {
            return Stored{s.text(0), static_cast<std::uint64_t>(s.integer(1)), s.text(2)};
        });
}

void MediaStore::remove_files(std::span<const Stored> gone) const
{
    // What cannot be removed now has no row any more and goes at the next start.
    for (const Stored& stored : gone)
        if (stored.referenced_path.empty())
            static_cast<void>(base::remove_file(path_of(stored.sha256)));
}

Result<std::vector<std::string>> MediaStore::reconcile(Database& database) const
{
    const auto rows = all_rows(database);
    if (!rows) return tl::unexpected(rows.error());
    std::unordered_map<std::string, const Row*> known;
    for (const Row& row : *rows) known.emplace(row.sha256, &row);

    std::vector<std::string> notes;
    int removed = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(data_dir_ / "media", error), end;
         !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored)) continue;
        const auto row = known.find(entry->path().filename().string());
        const bool wanted =
            row != known.end() && row->second->path.empty() && entry->path() == path_of(row->first);
        if (wanted) continue;
        if (base::remove_file(entry->path())) ++removed;
    }
    if (removed > 0)
        notes.push_back(fmt::format(
            "Removed {} file{} that an interrupted program left in the media folder.",
            removed,
            removed == 1 ? "" : "s"));
    auto lost = missing(database);
    if (!lost) return tl::unexpected(lost.error());
    notes.insert(notes.end(), lost->begin(), lost->end());
    return notes;
}

Result<std::vector<std::string>> MediaStore::missing(Database& database) const
{
    const auto rows = all_rows(database);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<std::string> sentences;
    for (const Row& row : *rows) {
        const fs::path path = row.path.empty() ? path_of(row.sha256) : fs::path(row.path);
        std::error_code error;
        const auto size = fs::file_size(path, error);
        if (error)
            sentences.push_back(fmt::format(
                "{} is missing{}.",
                path.string(),
                row.path.empty() ? "" : "; it was too large to copy and was used where it lay"));
        else if (size != row.size_bytes)
            sentences.push_back(fmt::format(
                "{} has {} bytes, but {} were stored.",
                path.string(),
                size,
                row.size_bytes));
    }
    return sentences;
}

} // namespace storage

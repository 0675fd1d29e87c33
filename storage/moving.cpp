#include "storage/moving.h"

#include "base/hash.h"
#include "base/io.h"
#include "storage/backup.h"

#include <array>
#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "moving-here"; // a move began and did not end
constexpr const char* kMovedTo = "moved-to";
// What a move may have left in its target, and so may take away again.
constexpr std::array kOurs = {"percept.sqlite", "percept.sqlite-journal", "media", "models", kMark};
constexpr int kMostMoves = 16; // a circle of folders that point to one another ends here
constexpr std::size_t kBlock = std::size_t{1} << 20;

Result<void> claim(const fs::path& to)
{
    std::error_code ignored;
    if (fs::exists(to / kMark, ignored)) return {};
    if (fs::exists(fs::symlink_status(to, ignored)) && !fs::is_directory(to, ignored))
        return fail(
            ErrorCode::AlreadyExists,
            fmt::format("{} is a file.", to.string()),
            "Name a folder that is empty or not there yet.");
    if (fs::is_directory(to, ignored) && !fs::is_empty(to, ignored))
        return fail(
            ErrorCode::AlreadyExists,
            fmt::format("{} is not empty; nothing in it was touched.", to.string()),
            "Name a folder that is empty or not there yet.");
    return {};
}

bool is_inside(const fs::path& inner, const fs::path& outer)
{
    const fs::path way = inner.lexically_relative(outer);
    return !way.empty() && *way.begin() != "..";
}

} // namespace

Result<std::string> copy_checked(
    const fs::path& from,
    const fs::path& to,
    const std::function<void(std::uint64_t)>& on_bytes,
    const std::stop_token& stop)
{
    auto source = base::File::open(from, base::File::Mode::Read);
    if (!source) return tl::unexpected(source.error());
    auto target = base::File::open(to, base::File::Mode::Create);
    if (!target) return tl::unexpected(target.error());
    base::Sha256 hash;
    std::vector<std::byte> block(kBlock);
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "The move was stopped; the old place stays in use.");
        const auto size = source->read(block);
        if (!size) return tl::unexpected(size.error());
        if (*size == 0) break;
        const std::span bytes(block.data(), *size);
        hash.add(bytes);
        if (auto written = target->write_all(bytes); !written)
            return tl::unexpected(written.error());
        if (on_bytes) on_bytes(*size);
    }
    if (auto synced = target->sync(); !synced) return tl::unexpected(synced.error());
    const std::string expected = hash.hex();
    auto there = base::sha256_of_file(to, stop);
    if (!there) return there;
    if (*there == expected) return expected;
    return fail(
        ErrorCode::DeviceFailed,
        fmt::format("{} does not hold what was written to it.", to.string()),
        "Check that disk, or move to another one. The old place stays in use.");
}

Result<Move> Move::begin(const fs::path& from, const fs::path& to)
{
    if (is_inside(to, from) || is_inside(from, to))
        return fail(
            ErrorCode::BadUsage,
            fmt::format("{} and the library are one inside the other.", to.string()),
            "Name a folder outside of the library.");
    if (auto free = claim(to); !free) return tl::unexpected(free.error());
    Move move(from, to);
    move.clear(); // what a killed move left
    if (auto made = base::make_folders(to / "media"); !made) return tl::unexpected(made.error());
    if (auto marked = base::write_text_atomically(to / kMark, from.string()); !marked)
        return tl::unexpected(marked.error());
    return move;
}

Move::Move(Move&& other) noexcept
    : from_(std::move(other.from_)), to_(std::move(other.to_)), copied_(std::move(other.copied_)),
      finished_(std::exchange(other.finished_, true))
{
}

Move::~Move()
{
    if (!finished_) clear();
}

void Move::clear() const
{
    std::error_code ignored;
    for (const char* name : kOurs) fs::remove_all(to_ / name, ignored);
}

Result<void> Move::copy_media(
    Database& from,
    const MediaStore& media,
    const std::function<void(std::uint64_t)>& on_bytes,
    const std::stop_token& stop)
{
    const auto hashes =
        from.rows("SELECT sha256 FROM media WHERE path IS NULL", [](Statement& row) {
            return row.text(0);
        });
    if (!hashes) return tl::unexpected(hashes.error());
    for (const std::string& sha256 : *hashes) {
        if (copied_.contains(sha256)) continue;
        const fs::path target = to_ / MediaStore::relative_path(sha256);
        if (auto made = base::make_folders(target.parent_path()); !made) return made;
        const auto hash = copy_checked(media.path_of(sha256), target, on_bytes, stop);
        if (!hash) return tl::unexpected(hash.error());
        if (*hash != sha256)
            return fail(
                ErrorCode::LibraryDamaged,
                fmt::format(
                    "The stored file {} has changed since it was stored.",
                    MediaStore::relative_path(sha256)),
                "Delete its source, then move again.");
        if (auto synced = base::sync_folder(target.parent_path()); !synced) return synced;
        copied_.insert(sha256);
    }
    return base::sync_folder(to_ / "media");
}

Result<void> Move::copy_rows(
    Database& from,
    const std::function<void(double)>& progress,
    const std::stop_token& stop)
{
    const auto copied = copy_database(from, to_ / "percept.sqlite", progress, stop);
    if (!copied) return tl::unexpected(copied.error());
    return {};
}

Result<void> Move::finish()
{
    // The mark goes first: a folder that still carries it may be cleared.
    if (auto gone = base::remove_file(to_ / kMark); !gone) return gone;
    if (auto synced = base::sync_folder(to_); !synced) return synced;
    const fs::path pointer = from_ / kMovedTo;
    if (auto told = base::write_text_atomically(pointer, to_.string()); !told) {
        // It may have its name and only not be known to be on disk. What the next start would read
        // decides: a pointer that cannot be taken back counts.
        if (base::remove_file(pointer)) return told;
        std::error_code ignored;
        if (!fs::exists(pointer, ignored)) return told;
    }
    finished_ = true;
    return {};
}

fs::path present_place(const fs::path& data_dir)
{
    fs::path place = data_dir;
    for (int moves = 0; moves < kMostMoves; ++moves) {
        const auto next = base::read_text(place / kMovedTo, 4096);
        if (!next || next->empty() || !fs::path{*next}.is_absolute()) return place;
        place = *next;
    }
    return data_dir;
}

} // namespace storage

// The library goes to another folder; how much it holds.
#include "storage/data_folder.h"
#include "storage/moving.h"

#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

std::uint64_t file_bytes(const fs::path& file)
{
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    return failed ? 0 : size;
}

Result<void> enough_room(const fs::path& target, std::uint64_t needed_bytes)
{
    fs::path there = target;
    std::error_code failed;
    while (!fs::exists(there, failed) && there != there.parent_path()) there = there.parent_path();
    const auto space = fs::space(there, failed);
    if (failed || space.available > needed_bytes + needed_bytes / 20) return {};
    return fail(
        ErrorCode::NoSpace,
        fmt::format(
            "The library has {} MB, {} has {} MB free.",
            needed_bytes / 1'000'000,
            there.string(),
            space.available / 1'000'000),
        "Free some space there, or name a folder on another disk.");
}

} // namespace

std::uint64_t Usage::total_bytes() const
{
    std::uint64_t total = database_bytes + frame_bytes;
    for (const auto& [kind, bytes] : bytes_by_kind) total += bytes;
    return total;
}

Result<Usage> DataFolder::usage()
{
    return read([&](Database& db) -> Result<Usage> {
        Usage usage;
        usage.database_bytes = file_bytes(file_) + file_bytes(file_.string() + "-wal");
        // Content that several sources share is stored once and counted once.
        auto kinds = db.rows(
            "SELECT kind, sum(size_bytes) FROM ("
            " SELECT min(s.kind) AS kind, m.size_bytes FROM media m"
            " JOIN source s ON s.media = m.sha256 WHERE m.path IS NULL GROUP BY m.sha256"
            ") GROUP BY kind ORDER BY kind",
            [](Statement& row) {
                return std::pair{row.text(0), static_cast<std::uint64_t>(row.integer(1))};
            });
        if (!kinds) return tl::unexpected(kinds.error());
        usage.bytes_by_kind.insert(kinds->begin(), kinds->end());
        const auto frames = db.value("SELECT ifnull(sum(size_bytes), 0) FROM media"
                                     " WHERE path IS NULL AND sha256 IN (SELECT media FROM frame)"
                                     " AND sha256 NOT IN (SELECT media FROM source)");
        if (!frames) return tl::unexpected(frames.error());
        usage.frame_bytes = static_cast<std::uint64_t>(*frames);
        return usage;
    });
}

Result<void> DataFolder::move_to(
    const fs::path& target,
    const std::function<Result<void>(const fs::path&)>& along,
    const std::function<void(double)>& progress,
    const std::stop_token& stop)
{
    if (!writer_)
        return fail(
            ErrorCode::BadUsage,
            "The library was opened for reading; it cannot be moved.",
            "Close the program that writes to it first.");
    const auto held = usage();
    if (!held) return tl::unexpected(held.error());
    const std::uint64_t total = held->total_bytes();
    if (auto room = enough_room(target, total); !room) return room;
    auto move = Move::begin(data_dir_, target);
    if (!move) return tl::unexpected(move.error());
    if (along)
        if (auto done = along(target); !done) return done;

    // Nothing is deleted meanwhile; what is added is copied in the second round.
    const std::shared_lock files(media_.files());
    std::uint64_t copied = 0;
    double told = 0;
    const auto tell = [&](double bytes) {
        told = std::max(
            told,
            std::min(1.0, bytes / static_cast<double>(std::max<std::uint64_t>(total, 1))));
        if (progress) progress(told);
    };
    const auto on_bytes = [&](std::uint64_t bytes) {
        copied += bytes;
        tell(static_cast<double>(copied));
    };
    const auto media = [&] {
        return read([&](Database& db) { return move->copy_media(db, media_, on_bytes, stop); });
    };
    if (auto done = media(); !done) return done;

    // From here on nothing is stored, and after it nothing more in this folder.
    const Error moved{
        ErrorCode::Unavailable,
        fmt::format("The library has moved to {}.", target.string()),
        "Start Percept again; it opens the new place."};
    return writer_->write_last(
        [&](Database&) -> Result<void> {
            if (auto done = media(); !done) return done;
            auto rows = read([&](Database& db) {
                return move->copy_rows(
                    db,
                    [&](double share) {
                        tell(
                            static_cast<double>(copied) +
                            share * static_cast<double>(held->database_bytes));
                    },
                    stop);
            });
            if (!rows) return rows;
            if (stop.stop_requested())
                return fail(
                    ErrorCode::Cancelled,
                    "The move was stopped; the old place stays in use.");
            if (auto done = move->finish(); !done) return done;
            if (progress) progress(1);
            return {};
        },
        moved);
}

} // namespace storage

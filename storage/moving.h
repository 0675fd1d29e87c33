#pragma once

#include "storage/database.h"
#include "storage/media_store.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>

namespace storage {

/// Copies a file into a folder that is there, brings it to the disk, reads it back and compares;
/// its SHA-256. `on_bytes` hears the size of each piece written. Errors: DeviceFailed where the
/// copy holds something else, Cancelled, those of reading and writing.
Result<std::string> copy_checked(
    const std::filesystem::path& from,
    const std::filesystem::path& to,
    const std::function<void(std::uint64_t)>& on_bytes,
    const std::stop_token& stop);

/// A library on its way to another folder. The old one is only read, so it stays what it was until
/// finish(), and after it until somebody deletes it. What was copied goes with this object unless
/// finish() succeeded.
class Move {
public:
    /// Takes the target: a folder that is missing, empty, or holds what a killed move left.
    /// Errors: AlreadyExists (something else is in it), BadUsage (it is the old folder or inside
    /// of it), those of writing.
    static Result<Move> begin(const std::filesystem::path& from, const std::filesystem::path& to);
    Move(Move&& other) noexcept;
    Move& operator=(Move&&) = delete;
    ~Move();

    /// Stored files that are not in the target yet; again and again as more are stored.
    Result<void> copy_media(
        Database& from,
        const MediaStore& media,
        const std::function<void(std::uint64_t)>& on_bytes,
        const std::stop_token& stop);
    /// The database as it is at this moment; nothing may be stored between this and finish().
    Result<void> copy_rows(
        Database& from,
        const std::function<void(double)>& progress,
        const std::stop_token& stop);
    /// From here on the old folder points to the new one.
    Result<void> finish();

private:
    Move(std::filesystem::path from, std::filesystem::path to)
        : from_(std::move(from)), to_(std::move(to))
    {
    }
    void clear() const;

    std::filesystem::path from_;
    std::filesystem::path to_;
    std::set<std::string> copied_; // hashes
    bool finished_ = false;
};

/// Where the library of `data_dir` lies now: itself, or the folder that moves have led to.
std::filesystem::path present_place(const std::filesystem::path& data_dir);

} // namespace storage

#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace base {

/// The Error of a failed system call: "Cannot write /data/x: no space left on device." ENOSPC and
/// EDQUOT are NoSpace, ENOENT FileNotFound, EEXIST AlreadyExists, EIO DeviceFailed, all else
/// FileUnreadable.
Error io_error(std::string_view doing, const std::filesystem::path& path, int error_number);

/// An open file. Interrupted calls go on, short writes are completed; one object belongs to one
/// thread at a time.
///
/// After a failed write or sync the file stays failed: the kernel has marked the lost pages clean
/// by then, so a second fsync would answer "done" for bytes that are nowhere (Rebello et al., ATC
/// 2020).
class File {
public:
    enum class Mode {
        Read,
        Create,    // empty: what was there is gone
        CreateNew, // AlreadyExists where the name is taken
        Append,    // created where missing
        Update,    // read and write in place, created where missing
    };
    static Result<File> open(const std::filesystem::path& path, Mode mode);
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();

    /// Bytes read; fewer than asked for only at the end of the file.
    Result<std::size_t> read(std::span<std::byte> into);
    Result<std::size_t> read_at(std::span<std::byte> into, std::uint64_t offset);
    Result<void> write_all(std::span<const std::byte> bytes);
    Result<void> write_all(std::string_view text);
    Result<void> truncate(std::uint64_t size);
    Result<void> sync();
    Result<std::uint64_t> size() const;
    /// An exclusive lock of this open file (flock), not waited for. False: another one holds it.
    Result<bool> try_lock();

    const std::filesystem::path& path() const { return path_; }
    int descriptor() const { return descriptor_; }

private:
    File(std::filesystem::path path, int descriptor);
    Result<void> failed(std::string_view doing, int error_number);

    std::filesystem::path path_;
    int descriptor_ = -1;
    int failure_ = 0; // errno of the first failed write or sync
};

/// Makes the names in `folder` durable.
Result<void> sync_folder(const std::filesystem::path& folder);
/// `to` is the old file or the whole new one, also after a power cut; `from` was synced by the
/// caller.
Result<void> rename_atomically(const std::filesystem::path& from, const std::filesystem::path& to);
/// Shared blocks where the file system can, else copied in the kernel, else by reading and writing.
/// Not synced.
Result<void> copy_contents(File& from, File& to);
/// Also well when nothing is there.
Result<void> remove_file(const std::filesystem::path& path);
/// With its parents, readable by this user only.
Result<void> make_folders(const std::filesystem::path& folder);
/// Errors: LimitExceeded past `limit_bytes`.
Result<std::string> read_text(const std::filesystem::path& path, std::uint64_t limit_bytes);
/// Whole or not at all: written beside it as `<name>.part`, synced, renamed.
Result<void> write_text_atomically(const std::filesystem::path& path, std::string_view text);

} // namespace base

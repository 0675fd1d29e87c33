#pragma once

#include "base/io.h"
#include "storage/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

struct archive;

namespace storage {

/// A tar file (pax) in the making: files go in one after the other, nothing is compressed, since
/// what is large (pictures, sound) is so already. Every system can unpack it without us.
class ArchiveWriter {
public:
    static Result<std::unique_ptr<ArchiveWriter>> create(const std::filesystem::path& path);
    ~ArchiveWriter();
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    /// The SHA-256 of what was written under `name`. `on_bytes` hears the size of each piece.
    /// Errors: those of reading and writing; Cancelled.
    Result<std::string>
    add(const std::string& name,
        const std::filesystem::path& file,
        const std::function<void(std::uint64_t)>& on_bytes,
        const std::stop_token& stop);
    /// Ends the archive and brings it to the disk; its size.
    Result<std::uint64_t> finish();

private:
    explicit ArchiveWriter(base::File file);
    Result<void> write(const void* data, std::size_t size);
    /// What libarchive reported, or the failed write behind it.
    Error failure() const;

    base::File file_;
    std::optional<Error> write_error_;
    archive* handle_;
};

/// Reads a tar file back, past the page cache where the kernel allows: SHA-256 by name. Errors:
/// LibraryDamaged where it cannot be read to its end; Cancelled.
Result<std::map<std::string, std::string>>
archive_hashes(const std::filesystem::path& path, const std::stop_token& stop);

} // namespace storage

#pragma once

#include "engine/formats/mapped_file.h"
#include "engine/result.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace engine::formats {

/// A tar archive whose members are looked at where they lie; nothing is ever unpacked under a name
/// that the archive chose.
///
/// Stricter than tar: plain files and folders only (no links, devices, sparse files), names are
/// relative without "..", control characters or backslashes, no name occurs twice, checksums are
/// right, and nothing but zeros stands behind the end. Of pax headers `path` and `size` count.
/// At most 4,096 members. Source: POSIX.1-2017, pax, "ustar interchange format".
class TarFile {
public:
    /// Errors: those of MappedFile::open, BadModelFile, LimitExceeded.
    static Result<TarFile> open(const std::filesystem::path& path);

    /// Plain files by their names, a leading "./" removed.
    const std::map<std::string, std::span<const std::byte>, std::less<>>& members() const
    {
        return members_;
    }
    const std::shared_ptr<const MappedFile>& file() const { return file_; }

private:
    explicit TarFile(std::shared_ptr<const MappedFile> file) : file_(std::move(file)) {}

    std::shared_ptr<const MappedFile> file_;
    std::map<std::string, std::span<const std::byte>, std::less<>> members_;
};

/// Whether a file begins as gzip does.
bool is_gzip(std::span<const std::byte> bytes);
/// Unpacks one gzip stream into a new file. At most 20 times as many bytes come out as went in,
/// which weights are far from. Errors: BadModelFile, LimitExceeded, NoSpace, FileUnreadable.
Result<void> gunzip(const MappedFile& from, const std::filesystem::path& to);

} // namespace engine::formats

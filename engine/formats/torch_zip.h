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

/// The zip that torch.save and torch.jit.save write: what we read of it are entries stored without
/// compression, the raw tensors among them. Programs and pickles inside are never run, nor
/// compressed entries unpacked.
///
/// Every record of the central directory is checked against its local header and the file's size;
/// entries may not overlap, names may not occur twice. Refused: several disks, encryption, sizes
/// that need ZIP64, more than 65,534 entries. Source: PKWARE APPNOTE 6.3.
class TorchZip {
public:
    /// Errors: those of MappedFile::open, BadModelFile.
    static Result<TorchZip> open(const std::filesystem::path& path);
    /// One that lies in a larger file; `name` is what the sentences call it. Errors: BadModelFile.
    static Result<TorchZip> open(
        std::shared_ptr<const MappedFile> file,
        std::span<const std::byte> part,
        const std::string& name);

    /// The bytes of a stored entry, verified against its CRC-32. The name is the one in the zip,
    /// folders included. Errors: BadModelFile (missing, compressed, checksum).
    Result<std::span<const std::byte>> read(std::string_view name) const;

    struct Entry {
        std::span<const std::byte> bytes; // as they lie in the zip
        std::uint32_t crc = 0;
        bool stored = false; // false: compressed
    };
    const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }
    const std::shared_ptr<const MappedFile>& file() const { return file_; }
    const std::string& name() const { return name_; }

private:
    TorchZip(std::shared_ptr<const MappedFile> file, std::string name)
        : file_(std::move(file)), name_(std::move(name))
    {
    }

    std::shared_ptr<const MappedFile> file_;
    std::string name_;
    std::map<std::string, Entry, std::less<>> entries_;
};

} // namespace engine::formats

#pragma once

#include "engine/formats/mapped_file.h"
#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace engine::formats {

/// A safetensors checkpoint: 8 bytes header length, a JSON header, the tensors' bytes.
///
/// Stricter than the reference reader: the header begins with '{', nests three levels at most, is
/// at most 32 MiB with at most 65,536 tensors, every tensor has exactly dtype, shape and
/// data_offsets, no name occurs twice, shape x element size equals the span, and the spans cover
/// the data from its first to its last byte without hole or overlap. Source: the safetensors format
/// description.
class SafetensorsFile {
public:
    /// Errors: those of MappedFile::open, BadModelFile, ModelUnsupported (an element type that we
    /// do not know).
    static Result<SafetensorsFile> open(const std::filesystem::path& path);

    const TensorTable& tensors() const { return tensors_; }
    /// The strings of "__metadata__".
    const std::map<std::string, std::string>& metadata() const { return metadata_; }
    const std::shared_ptr<const MappedFile>& file() const { return file_; }

private:
    explicit SafetensorsFile(std::shared_ptr<const MappedFile> file);

    std::shared_ptr<const MappedFile> file_;
    std::map<std::string, std::string> metadata_;
    TensorTable tensors_;
};

/// One tensor to write.
struct TensorToWrite {
    std::string name;
    ElementFormat format = ElementFormat::F32; // a format that safetensors has a name for
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

/// Writes a safetensors file whose bytes depend on the tensors alone: sorted by name, no metadata,
/// header padded with spaces to 8 bytes. A temporary file beside `path` is flushed to the disk and
/// then renamed over it. Errors: NoSpace, FileUnreadable (the folder cannot be written).
Result<void>
write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors);

} // namespace engine::formats

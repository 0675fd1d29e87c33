#pragma once

#include "engine/formats/mapped_file.h"
#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace engine::formats {

/// A CTranslate2 `model.bin`, binary version 6, little endian: a specification name and revision,
/// variables (name, shape, type, bytes) and aliases, up to the last byte of the file. Aliases
/// appear in the table beside their targets.
///
/// Refused: other versions (their layout differs), counts without room, duplicate names, unknown
/// types, a byte count that is not shape x element size, aliases of nothing, bytes behind the end,
/// and `weight_scale` variables (a conversion with 8-bit weights, whose arithmetic we do not know).
class Ctranslate2File {
public:
    /// Errors: those of MappedFile::open, BadModelFile, ModelUnsupported (version, quantised
    /// conversion).
    static Result<Ctranslate2File> open(const std::filesystem::path& path);

    const TensorTable& tensors() const { return tensors_; }
    /// "WhisperSpec", and its revision.
    const std::string& specification() const { return specification_; }
    std::uint32_t revision() const { return revision_; }
    const std::shared_ptr<const MappedFile>& file() const { return file_; }

private:
    explicit Ctranslate2File(std::shared_ptr<const MappedFile> file);

    std::shared_ptr<const MappedFile> file_;
    std::string specification_;
    std::uint32_t revision_ = 0;
    TensorTable tensors_;
};

} // namespace engine::formats

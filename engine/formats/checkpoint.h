#pragma once

#include "engine/formats/safetensors.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace engine::formats {

/// The safetensors of a folder as one table: model.safetensors, or the shards that
/// model.safetensors.index.json names. Mapped, checked, nothing read ahead.
///
/// Of an index every tensor must lie in the shard that it names, every tensor of a shard must be in
/// the index, and shards are plain file names of the same folder. Source: the format that
/// transformers writes.
class Checkpoint {
public:
    /// Errors: FileNotFound (neither file; a shard that is not there), those of
    /// SafetensorsFile::open, BadModelFile (index and shards disagree), LimitExceeded (more than
    /// 200 shards, an index above 32 MiB).
    static Result<Checkpoint> open(const std::filesystem::path& folder);

    const TensorTable& tensors() const { return tensors_; }
    std::span<const std::shared_ptr<const MappedFile>> files() const { return files_; }
    /// BadModelFile once a page of any of the files was missing; see MappedFile::check.
    Result<void> check() const;

private:
    explicit Checkpoint(std::string name) : tensors_(std::move(name)) {}

    std::vector<std::shared_ptr<const MappedFile>> files_;
    TensorTable tensors_;
};

/// Whether open() would find something to try.
bool has_checkpoint(const std::filesystem::path& folder);

} // namespace engine::formats

#pragma once

#include "engine/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace engine::formats {

/// A model file, mapped read-only and shared with the page cache: loading costs no copy and no
/// memory of our own.
///
/// A file that shrinks while it is mapped makes the kernel send SIGBUS to whoever touches a page
/// that is gone. The first open() installs a handler that puts zero pages over the rest of that
/// mapping and marks it, so that the work goes on (with zeros) to its next check and ends there
/// with BadModelFile. Unwinding out of the handler (siglongjmp, throw) would skip destructors of
/// frames that hold locks; a helper process would copy every weight. A SIGBUS anywhere else goes to
/// the handler that was installed before.
///
/// Thread: open, check and destroy from any thread; nobody may read bytes() while the object dies.
class MappedFile {
public:
    /// Errors: FileNotFound, FileUnreadable (no permission, not a regular file), BadModelFile
    /// (empty), LimitExceeded (more than 256 files mapped at once).
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return bytes_; }
    const std::filesystem::path& path() const { return path_; }
    /// "model.safetensors", as the sentences name it.
    std::string name() const { return path_.filename().string(); }

    /// BadModelFile once a page of this mapping was missing. Costs one atomic load: call it after a
    /// parse, and before a result that was computed from mapped weights is handed out.
    Result<void> check() const;
    /// The pages of `part` of bytes() may leave memory: repacked weights are not needed twice.
    /// Reading them again works and costs a trip to the page cache.
    void release(std::span<const std::byte> part) const;
    /// Asks the kernel to read the file ahead; returns at once.
    void prefetch() const;

private:
    MappedFile(std::filesystem::path path, std::span<const std::byte> bytes, int slot);

    std::filesystem::path path_;
    std::span<const std::byte> bytes_;
    int slot_; // place in the table that the signal handler reads
};

/// Notices a mapping that lost pages while one piece of work ran, on whichever thread of the pool
/// it was met:
///
///     const formats::MappingWatch watch;
///     job.run(backend);
///     if (auto error = watch.damage()) job.failed(*error);
///
/// Costs two atomic loads where all is well.
class MappingWatch {
public:
    MappingWatch();
    /// The sentence for the file that lost pages since this object was made.
    std::optional<Error> damage() const;

private:
    std::uint64_t faults_before_;
};

/// Reads a small file (configuration, vocabulary) into memory.
/// Errors: FileNotFound, FileUnreadable, LimitExceeded when it is larger than `limit_bytes`.
Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t limit_bytes);

} // namespace engine::formats

#pragma once

#include "storage/database.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

namespace storage {

/// Content-addressed files: `media/ab/<sha256>`. A file is complete and synced before its row
/// exists, and its row is gone before the file is: a crash leaves files without rows, which the
/// next start removes, never the reverse.
///
/// Threads: files(), below, is shared by those who add a file and its row and exclusive for those
/// who delete, so that a file is not taken away between being found and being referenced.
class MediaStore {
public:
    explicit MediaStore(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

    struct Stored {
        std::string sha256;
        std::uint64_t size_bytes = 0;
        std::string referenced_path; // not empty: too large to copy, lies here
    };
    /// Copies (or references, above `copy_limit_bytes`) a regular file. `known_sha256` saves the
    /// reading of a large one.
    Result<Stored> adopt(
        const std::filesystem::path& file,
        std::string_view known_sha256,
        std::uint64_t copy_limit_bytes);
    Result<Stored> add(std::span<const std::byte> bytes);
    /// The row, where there is none yet. Inside the caller's transaction.
    static Result<void> record(Database& database, const Stored& stored);
    /// Deletes rows that nothing refers to any more and says which files are to go after the
    /// commit.
    static Result<std::vector<Stored>> forget_unused(Database& database);
    void remove_files(std::span<const Stored> gone) const;

    /// Removes files without rows and what interrupted copies left; names rows without files.
    Result<std::vector<std::string>> reconcile(Database& database) const;
    /// One sentence for each row whose file is missing or has another size.
    Result<std::vector<std::string>> missing(Database& database) const;

    /// "media/ab/<sha256>".
    static std::string relative_path(std::string_view sha256);
    std::filesystem::path path_of(std::string_view sha256) const;
    std::shared_mutex& files() { return files_; }

private:
    Result<void> place(const std::filesystem::path& part, const Stored& stored) const;
    std::filesystem::path new_part();

    std::filesystem::path data_dir_;
    std::shared_mutex files_;
    std::atomic<int> parts_{0};
};

} // namespace storage

#pragma once

#include "base/io.h"
#include "storage/result.h"

#include <filesystem>
#include <string>

namespace storage {

/// The right to write to a data folder, over all processes: a lock on `writer.lock`, which also
/// names its holder. The kernel lets go of it when the program ends, however it ends; the name that
/// stays behind means nothing then.
class WriterLock {
public:
    /// Errors: LibraryInUse with the holder's name; those of opening the file.
    static Result<WriterLock> take(const std::filesystem::path& data_dir);

private:
    explicit WriterLock(base::File file) : file_(std::move(file)) {}
    base::File file_;
};

/// "percept (process 4711, since 2026-11-22T09:00:00Z)", or empty where the lock file says nothing.
std::string holder_of(const std::filesystem::path& data_dir);

} // namespace storage

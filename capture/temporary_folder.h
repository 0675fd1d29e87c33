#pragma once

#include "capture/result.h"

#include <filesystem>
#include <memory>

namespace capture {

/// A new folder in the system's temporary folder that only this user may enter; removed with all it
/// holds.
class TemporaryFolder {
public:
    /// Errors: NoSpace, FileUnreadable.
    static Result<std::unique_ptr<TemporaryFolder>> make();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

} // namespace capture

#pragma once

#include "capture/result.h"

#include <filesystem>
#include <string>

namespace capture {

/// A descriptor that closes itself.
class OpenFile {
public:
    explicit OpenFile(int fd) : fd_(fd) {}
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
    OpenFile& operator=(OpenFile&& other) noexcept;
    int fd() const { return fd_; }

private:
    int fd_;
};

/// Opens for reading what is a regular file and nothing else, without waiting for a pipe or waking
/// a device. Errors: FileNotFound, FileUnreadable.
Result<OpenFile> open_regular_file(const std::filesystem::path& path, const std::string& name);

/// The last part of `path` for messages: valid UTF-8, line breaks and direction marks replaced, at
/// most 200 bytes.
std::string shown_name(const std::filesystem::path& path);

} // namespace capture

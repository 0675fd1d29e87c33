#pragma once

#include "capture/reader_client.h"
#include "capture/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace capture::reader {

/// The file that the client opened, and what may be done with it. Lives as long as its Document.
class Input {
public:
    Input(int fd, OpenOptions options, ReaderLimits limits);
    ~Input();
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    int fd() const
    {
        return fd_;
    } // for libraries that seek by themselves; its offset is shared with nobody
    std::uint64_t size_bytes() const { return size_bytes_; }
    const OpenOptions& options() const { return options_; }
    const ReaderLimits& limits() const { return limits_; }

    /// Up to the first 64 KiB, for telling kinds apart.
    std::span<const std::byte> head();
    /// The whole file, mapped. LimitExceeded above 2 GiB: parsers that want it whole count in int.
    /// A file that shrinks meanwhile ends this process (SIGBUS), which the client reports.
    Result<std::span<const std::byte>> bytes();

private:
    int fd_;
    std::uint64_t size_bytes_ = 0;
    OpenOptions options_;
    ReaderLimits limits_;
    std::vector<std::byte> head_;
    std::span<const std::byte> mapped_;
};

} // namespace capture::reader

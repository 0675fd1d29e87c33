#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {

/// Bytes as a file that lives in memory: the parsers open paths, and a fuzzer should not wait for a
/// disk.
class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : fd_(::memfd_create("fuzz", MFD_CLOEXEC))
    {
        if (fd_ < 0) std::abort();
        std::size_t done = 0;
        while (done < size) {
            const ssize_t count = ::write(fd_, data + done, size - done);
            if (count <= 0) std::abort();
            done += static_cast<std::size_t>(count);
        }
    }
    ~MemoryFile() { ::close(fd_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
    int fd_;
};

/// Makes sure that a value was really computed, and every byte of a span readable.
template <typename Span>
void touch(const Span& bytes)
{
    unsigned sum = 0;
    for (const auto byte : bytes) sum += static_cast<unsigned>(byte);
    volatile unsigned keep = sum;
    static_cast<void>(keep);
}

} // namespace fuzz

#include "capture/reader/input.h"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace capture::reader {
namespace {

constexpr std::size_t kHeadBytes = 64u << 10;

} // namespace

Input::Input(int fd, OpenOptions options, ReaderLimits limits)
    : fd_(fd), options_(std::move(options)), limits_(limits)
{
    struct stat status {};
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
        size_bytes_ = static_cast<std::uint64_t>(status.st_size);
    }
}

Input::~Input()
{
    if (!mapped_.empty()) munmap(const_cast<std::byte*>(mapped_.data()), mapped_.size());
}

std::span<const std::byte> Input::head()
{
    if (head_.empty()) {
        head_.resize(std::min<std::uint64_t>(kHeadBytes, size_bytes_));
        std::size_t got = 0;
        while (got < head_.size()) {
            const ssize_t n =
                pread(fd_, head_.data() + got, head_.size() - got, static_cast<off_t>(got));
            if (n <= 0) break;
            got += static_cast<std::size_t>(n);
        }
        head_.resize(got);
    }
    return head_;
}

Result<std::span<const std::byte>> Input::bytes()
{
    if (mapped_.empty()) {
        if (size_bytes_ >= (1ull << 31)) {
            return fail(
                ErrorCode::LimitExceeded,
                fmt::format("{} is larger than 2 GiB.", options_.name),
                "Split the document into smaller files.");
        }
        void* const at = mmap(nullptr, size_bytes_, PROT_READ, MAP_PRIVATE, fd_, 0);
        if (at == MAP_FAILED) {
            return fail(
                ErrorCode::FileUnreadable,
                fmt::format("{} cannot be read: {}.", options_.name, std::strerror(errno)));
        }
        mapped_ = {static_cast<const std::byte*>(at), static_cast<std::size_t>(size_bytes_)};
    }
    return mapped_;
}

} // namespace capture::reader

#include "base/io.h"

#include "base/io_system.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace base {
namespace {

/// Calls until no signal came between.
template <typename Call>
auto uninterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

int open_flags(File::Mode mode)
{
    switch (mode) {
    case File::Mode::Read:
        return O_RDONLY;
    case File::Mode::Create:
        return O_RDWR | O_CREAT | O_TRUNC;
    case File::Mode::CreateNew:
        return O_RDWR | O_CREAT | O_EXCL;
    case File::Mode::Append:
        return O_WRONLY | O_CREAT | O_APPEND;
    case File::Mode::Update:
        return O_RDWR | O_CREAT;
    }
    return O_RDONLY;
}

} // namespace

Error io_error(std::string_view doing, const std::filesystem::path& path, int error_number)
{
    Error error;
    error.message = "Cannot " + std::string(doing) + " " + path.string() + ": " +
                    std::generic_category().message(error_number) + ".";
    switch (error_number) {
    case ENOSPC:
    case EDQUOT:
        error.code = ErrorCode::NoSpace;
        error.hint = "Free some space on that disk and try again.";
        break;
    case ENOENT:
        error.code = ErrorCode::FileNotFound;
        error.hint = "Check the path.";
        break;
    case EEXIST:
        error.code = ErrorCode::AlreadyExists;
        error.hint = "Choose another name.";
        break;
    case EIO:
        error.code = ErrorCode::DeviceFailed;
        error.hint = "The disk reports an error; check it before storing anything more on it.";
        break;
    case EACCES:
    case EPERM:
        error.code = ErrorCode::FileUnreadable;
        error.hint = "Check its permissions.";
        break;
    case EROFS:
        error.code = ErrorCode::FileUnreadable;
        error.hint = "Choose a place that can be written to.";
        break;
    default:
        error.code = ErrorCode::FileUnreadable;
        break;
    }
    return error;
}

File::File(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor)
{
}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)),
      failure_(other.failure_)
{
}

File& File::operator=(File&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(failure_, other.failure_);
    return *this;
}

File::~File()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<File> File::open(const std::filesystem::path& path, Mode mode)
{
    const int flags = open_flags(mode) | O_CLOEXEC;
    const int descriptor =
        uninterrupted([&] { return io_system().open(path.c_str(), flags, 0600); });
    if (descriptor < 0)
        return tl::unexpected(
            io_error(mode == Mode::Read ? "open" : "open for writing", path, errno));
    return File(path, descriptor);
}

Result<std::size_t> File::read(std::span<std::byte> into)
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = uninterrupted(
            [&] { return io_system().read(descriptor_, into.data() + done, into.size() - done); });
        if (n < 0) return tl::unexpected(io_error("read", path_, errno));
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<std::size_t> File::read_at(std::span<std::byte> into, std::uint64_t offset)
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = uninterrupted([&] {
            return io_system().pread(
                descriptor_,
                into.data() + done,
                into.size() - done,
                static_cast<off_t>(offset + done));
        });
        if (n < 0) return tl::unexpected(io_error("read", path_, errno));
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<void> File::write_all(std::span<const std::byte> bytes)
{
    if (failure_ != 0) return failed("write", failure_);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = uninterrupted([&] {
            return io_system().write(descriptor_, bytes.data() + done, bytes.size() - done);
        });
        if (n < 0) return failed("write", errno);
        // A device that takes nothing and reports nothing would keep us here for ever.
        if (n == 0) return failed("write", ENOSPC);
        done += static_cast<std::size_t>(n);
    }
    return {};
}

Result<void> File::write_all(std::string_view text)
{
    return write_all(std::as_bytes(std::span(text.data(), text.size())));
}

Result<void> File::truncate(std::uint64_t size)
{
    if (failure_ != 0) return failed("shorten", failure_);
    if (uninterrupted([&] { return io_system().truncate(descriptor_, static_cast<off_t>(size)); }) <
        0)
        return failed("shorten", errno);
    return {};
}

Result<void> File::sync()
{
    if (failure_ != 0) return failed("store", failure_);
    // Not repeated after EINTR either: whether the bytes arrived is unknown.
    if (io_system().fsync(descriptor_) < 0) return failed("store", errno);
    return {};
}

Result<std::uint64_t> File::size() const
{
    struct stat status = {};
    if (::fstat(descriptor_, &status) < 0) return tl::unexpected(io_error("measure", path_, errno));
    return static_cast<std::uint64_t>(status.st_size);
}

Result<bool> File::try_lock()
{
    if (uninterrupted([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    return tl::unexpected(io_error("lock", path_, errno));
}

Result<void> File::failed(std::string_view doing, int error_number)
{
    failure_ = error_number;
    return tl::unexpected(io_error(doing, path_, error_number));
}

} // namespace base

#include "capture/open_file.h"

#include "capture/utf8.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace capture {
namespace {

const char* kind_of(mode_t mode)
{
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

Error cannot_open(const std::string& name, int reason)
{
    switch (reason) {
    case ENOENT:
    case ENOTDIR:
        return {
            ErrorCode::FileNotFound,
            fmt::format("There is no file {}.", name),
            "Check the path."};
    case ELOOP:
        return {
            ErrorCode::FileUnreadable,
            fmt::format("{} is a symbolic link that leads back to itself.", name),
            "Give the path of the file itself."};
    case EACCES:
    case EPERM:
        return {
            ErrorCode::FileUnreadable,
            fmt::format("You may not read {}.", name),
            "Ask its owner, or change its permissions."};
    case ENXIO:
        return {
            ErrorCode::FileUnreadable,
            fmt::format("{} is a socket or a device, not a file.", name),
            "Give a file."};
    default:
        return {
            ErrorCode::FileUnreadable,
            fmt::format("{} cannot be opened: {}.", name, std::strerror(reason)),
            ""};
    }
}

/// Marks that turn the direction of writing make "gpj.exe" look like "exe.jpg".
bool changes_direction(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F;
}

} // namespace

OpenFile::~OpenFile()
{
    if (fd_ >= 0) close(fd_);
}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept
{
    std::swap(fd_, other.fd_);
    return *this;
}

Result<OpenFile> open_regular_file(const std::filesystem::path& path, const std::string& name)
{
    // O_NONBLOCK: opening a pipe would wait for its writer. It has no effect on files.
    OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.fd() < 0) return tl::unexpected(cannot_open(name, errno));
    struct stat status {};
    if (fstat(file.fd(), &status) != 0) return tl::unexpected(cannot_open(name, errno));
    if (!S_ISREG(status.st_mode)) {
        return fail(
            ErrorCode::FileUnreadable,
            fmt::format("{} is {}, not a file.", name, kind_of(status.st_mode)),
            S_ISDIR(status.st_mode) ? "Give the files in it." : "Give a file.");
    }
    return file;
}

std::string shown_name(const std::filesystem::path& path)
{
    constexpr std::size_t kMaxBytes = 200;
    const std::string raw = path.has_filename() ? path.filename().string() : path.string();
    const std::string valid = to_valid_utf8(raw);
    std::string out;
    for (std::string_view rest = valid; !rest.empty() && out.size() < kMaxBytes;) {
        const CodePoint point = first_code_point(rest);
        const bool odd = point.value < 0x20 || changes_direction(point.value);
        append_utf8(out, odd ? U'\uFFFD' : point.value);
        rest.remove_prefix(static_cast<std::size_t>(point.size_bytes));
    }
    return out;
}

} // namespace capture

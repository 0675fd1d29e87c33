// The functions of base/io.h that work on names and whole files.
#include "base/io.h"
#include "base/io_system.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace base {
namespace {

constexpr std::size_t kCopyBytes = std::size_t{1} << 20;

Result<bool> copy_in_kernel(File& from, File& to)
{
    bool copied_any = false;
    for (;;) {
        const ssize_t n =
            io_system().copy_range(from.descriptor(), to.descriptor(), std::size_t{1} << 30);
        if (n == 0) return copied_any;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            // Unsupported pairs of file systems say so at once; later failures are real.
            const bool unsupported = errno == EXDEV || errno == EINVAL || errno == ENOSYS ||
                                     errno == EOPNOTSUPP || errno == EBADF;
            if (!copied_any && unsupported) return false;
            return tl::unexpected(io_error("write", to.path(), errno));
        }
        copied_any = true;
    }
}

} // namespace

Result<void> copy_contents(File& from, File& to)
{
    if (io_system().clone(to.descriptor(), from.descriptor()) == 0) return {};
    const auto in_kernel = copy_in_kernel(from, to);
    if (!in_kernel) return tl::unexpected(in_kernel.error());
    // Some special file systems answer "0 bytes" for files that have content: reading decides.
    std::vector<std::byte> block(kCopyBytes);
    for (;;) {
        const auto n = from.read(block);
        if (!n) return tl::unexpected(n.error());
        if (*n == 0) return {};
        if (auto written = to.write_all(std::span(block).first(*n)); !written) return written;
    }
}

Result<void> sync_folder(const std::filesystem::path& folder)
{
    const int descriptor = io_system().open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (descriptor < 0) return tl::unexpected(io_error("open the folder", folder, errno));
    const int result = io_system().fsync(descriptor);
    const int error_number = errno;
    ::close(descriptor);
    if (result < 0) return tl::unexpected(io_error("store the folder", folder, error_number));
    return {};
}

Result<void> rename_atomically(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (io_system().rename(from.c_str(), to.c_str()) < 0)
        return tl::unexpected(io_error("rename a file to", to, errno));
    return sync_folder(to.parent_path().empty() ? "." : to.parent_path());
}

Result<void> remove_file(const std::filesystem::path& path)
{
    if (io_system().unlink(path.c_str()) < 0 && errno != ENOENT)
        return tl::unexpected(io_error("remove", path, errno));
    return {};
}

Result<void> make_folders(const std::filesystem::path& folder)
{
    std::error_code ignored;
    if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return {};
    if (auto made = make_folders(folder.parent_path()); !made) return made;
    if (io_system().make_folder(folder.c_str(), 0700) < 0 && errno != EEXIST)
        return tl::unexpected(io_error("make the folder", folder, errno));
    return {};
}

Result<std::string> read_text(const std::filesystem::path& path, std::uint64_t limit_bytes)
{
    auto file = File::open(path, File::Mode::Read);
    if (!file) return tl::unexpected(file.error());
    const auto size = file->size();
    if (!size) return tl::unexpected(size.error());
    // Files of /proc say 0 and have content, so the size is a first guess only.
    std::string text;
    std::vector<std::byte> block(std::min<std::uint64_t>(*size + 4096, kCopyBytes));
    for (;;) {
        const auto n = file->read(block);
        if (!n) return tl::unexpected(n.error());
        if (*n == 0) return text;
        if (text.size() + *n > limit_bytes)
            return fail(
                ErrorCode::LimitExceeded,
                path.string() + " is larger than " + std::to_string(limit_bytes) + " bytes.");
        text.append(reinterpret_cast<const char*>(block.data()), *n);
    }
}

Result<void> write_text_atomically(const std::filesystem::path& path, std::string_view text)
{
    const std::filesystem::path part = path.string() + ".part";
    auto written = [&]() -> Result<void> {
        auto file = File::open(part, File::Mode::Create);
        if (!file) return tl::unexpected(file.error());
        if (auto done = file->write_all(text); !done) return done;
        if (auto done = file->sync(); !done) return done;
        return rename_atomically(part, path);
    }();
    if (!written) static_cast<void>(remove_file(part));
    return written;
}

} // namespace base

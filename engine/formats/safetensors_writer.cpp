#include "engine/formats/safetensors.h"

#include "base/expects.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace engine::formats {

namespace {

/// The header as text: nlohmann::json keeps object keys sorted, so equal tensors give equal bytes.
std::string header_text(const std::vector<TensorToWrite>& tensors)
{
    nlohmann::json header = nlohmann::json::object();
    std::size_t offset = 0;
    for (const TensorToWrite& tensor : tensors) {
        header[tensor.name] = {
            {"dtype", name(tensor.format)},
            {"shape", tensor.shape},
            {"data_offsets", {offset, offset + tensor.bytes.size()}}};
        offset += tensor.bytes.size();
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

bool write_all(int fd, const void* data, std::size_t size)
{
    const char* next = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t count = ::write(fd, next, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        next += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

Result<void>
write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors)
{
    std::sort(tensors.begin(), tensors.end(), [](const TensorToWrite& a, const TensorToWrite& b) {
        return a.name < b.name;
    });
    for (const TensorToWrite& tensor : tensors)
        EXPECTS(
            stored_bytes(tensor.format, tensor.shape) ==
            static_cast<std::int64_t>(tensor.bytes.size()));

    const std::string header = header_text(tensors);
    const std::uint64_t length = header.size();
    std::string temporary = path.string() + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    bool written = fd >= 0 && write_all(fd, &length, sizeof(length)) &&
                   write_all(fd, header.data(), header.size());
    for (const TensorToWrite& tensor : tensors)
        written = written && write_all(fd, tensor.bytes.data(), tensor.bytes.size());
    // mkostemp makes it private to us; a model is as public as its folder.
    written = written && ::fchmod(fd, 0644) == 0 && ::fsync(fd) == 0;
    written = written && ::rename(temporary.c_str(), path.c_str()) == 0;
    const int problem = errno;
    if (fd >= 0) ::close(fd);
    if (written) return {};
    if (fd >= 0) ::unlink(temporary.c_str());
    return fail(
        problem == ENOSPC || problem == EDQUOT ? ErrorCode::NoSpace : ErrorCode::FileUnreadable,
        "Cannot write " + path.string() + ": " + std::strerror(problem) + ".",
        problem == ENOSPC ? "Free some space and try again." : "");
}

} // namespace engine::formats

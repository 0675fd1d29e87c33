#include "app/folder_limit.h"

#include "base/blocking.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <vector>

namespace app {

namespace fs = std::filesystem;

bool touch(const fs::path& file)
{
    return ::utimensat(AT_FDCWD, file.c_str(), nullptr, 0) == 0;
}

void limit_folder(const fs::path& folder, std::uint64_t max_bytes, const fs::path& in_use)
{
    BASE_MAY_BLOCK();
    struct File {
        fs::path path;
        std::uint64_t size_bytes = 0;
        fs::file_time_type used;
    };
    std::vector<File> files;
    std::uint64_t bytes = 0;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        std::error_code gone;
        if (!at->is_regular_file(gone)) continue;
        File file{at->path(), at->file_size(gone), at->last_write_time(gone)};
        if (gone) continue;
        bytes += file.size_bytes;
        if (file.path != in_use) files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) {
        return a.used < b.used;
    });
    for (const File& file : files) {
        if (bytes <= max_bytes) return;
        std::error_code refused;
        if (fs::remove(file.path, refused)) bytes -= file.size_bytes;
    }
}

} // namespace app

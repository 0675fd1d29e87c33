#include "app/library_move.h"

#include "base/io.h"
#include "storage/moving.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::array kOfLibrary = {
    "percept.sqlite",
    "percept.sqlite-wal",
    "percept.sqlite-shm",
    "media",
    "backup",
    "damaged",
    "cache",
    "log"};
constexpr const char* kModels = "models";

std::uint64_t bytes_below(const fs::path& path)
{
    std::error_code failed;
    if (fs::is_regular_file(fs::symlink_status(path, failed)))
        return failed ? 0 : fs::file_size(path, failed);
    std::uint64_t bytes = 0;
    for (fs::recursive_directory_iterator entry(path, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
    }
    return bytes;
}

/// Whole files of models; halves of downloads start again in the new place.
std::vector<fs::path> model_files(const fs::path& models)
{
    std::vector<fs::path> files;
    std::error_code failed;
    for (fs::recursive_directory_iterator entry(models, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const fs::path name = entry->path().filename();
        std::error_code ignored;
        if (name.string().starts_with('.')) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file(ignored) && name.extension() != ".part") {
            files.push_back(fs::relative(entry->path(), models, ignored));
        }
    }
    return files;
}

Result<void> delete_below(const fs::path& path)
{
    std::error_code failed;
    fs::remove_all(path, failed);
    if (!failed) return {};
    return tl::unexpected(base::io_error("Cannot delete", path, failed.value()));
}

} // namespace

Result<void> move_library(
    const Paths& paths,
    storage::Library& library,
    const fs::path& target,
    const std::function<void(double)>& progress,
    const std::stop_token& stop)
{
    const bool with_models = paths.models == paths.data / kModels;
    const std::uint64_t model_bytes = with_models ? bytes_below(paths.models) : 0;
    const auto usage = library.usage();
    if (!usage) return tl::unexpected(usage.error());
    const double total =
        static_cast<double>(model_bytes + std::max<std::uint64_t>(usage->total_bytes(), 1));
    std::uint64_t copied = 0;
    const auto tell = [&](double bytes) {
        if (progress) progress(std::min(1.0, bytes / total));
    };
    // The models first: when the library has moved, the next start looks for them beside it.
    const auto copy_models = [&](const fs::path& to) -> Result<void> {
        if (!with_models) return {};
        for (const fs::path& file : model_files(paths.models)) {
            const fs::path copy = to / kModels / file;
            if (auto made = base::make_folders(copy.parent_path()); !made) return made;
            const auto hash = storage::copy_checked(
                paths.models / file,
                copy,
                [&](std::uint64_t bytes) {
                    copied += bytes;
                    tell(static_cast<double>(copied));
                },
                stop);
            if (!hash) return tl::unexpected(hash.error());
        }
        return {};
    };
    return library.move_to(
        target,
        copy_models,
        [&](double share) {
            tell(static_cast<double>(copied) + share * static_cast<double>(usage->total_bytes()));
        },
        stop);
}

Result<std::uint64_t> forget_old_place(const fs::path& old_data)
{
    if (storage::present_place(old_data) == old_data)
        return fail(
            ErrorCode::BadUsage,
            fmt::format("The library lies in {}.", old_data.string()),
            "Move it first.");
    std::uint64_t bytes = 0;
    for (const char* name : kOfLibrary) {
        bytes += bytes_below(old_data / name);
        if (auto gone = delete_below(old_data / name); !gone) return tl::unexpected(gone.error());
    }
    bytes += bytes_below(old_data / kModels);
    if (auto gone = delete_below(old_data / kModels); !gone) return tl::unexpected(gone.error());
    return bytes;
}

Result<void> delete_all_data(const Paths& paths, bool models_too)
{
    for (const char* name : kOfLibrary)
        if (auto gone = delete_below(paths.data / name); !gone) return gone;
    if (models_too) return delete_below(paths.models);
    return {};
}

} // namespace app

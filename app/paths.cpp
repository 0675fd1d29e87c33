#include "app/paths.h"

#include "storage/moving.h"

#include <cstdlib>

namespace app {

Result<Paths> make_paths(const std::filesystem::path& data, const std::filesystem::path& models)
{
    Paths paths{data, models};
    if (paths.data.empty()) {
        const char* share = std::getenv("XDG_DATA_HOME");
        const char* home = std::getenv("HOME");
        // The XDG specification ignores relative paths.
        if (share != nullptr && share[0] == '/') {
            paths.data = std::filesystem::path{share} / "percept";
        } else if (home != nullptr && home[0] == '/') {
            paths.data = std::filesystem::path{home} / ".local/share/percept";
        } else {
            return fail(
                ErrorCode::BadUsage,
                "There is no HOME to keep the library in.",
                "Name a folder with --data DIR.");
        }
    }
    std::error_code failed;
    paths.data = std::filesystem::absolute(paths.data, failed).lexically_normal();
    paths.data = storage::present_place(paths.data);
    if (paths.models.empty()) paths.models = paths.data / "models";
    paths.models = std::filesystem::absolute(paths.models, failed).lexically_normal();
    return paths;
}

std::filesystem::path program_folder()
{
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
}

} // namespace app

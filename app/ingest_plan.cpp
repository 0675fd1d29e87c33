#include "app/ingest_plan.h"

#include "app/text.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 100'000;
constexpr int kMaxDepth = 64;

struct Plan {
    std::vector<PlannedFile> files;
    std::set<std::string> seen; // canonical paths

    void add(const fs::path& path)
    {
        std::error_code failed;
        const fs::path real = fs::canonical(path, failed);
        if (seen.insert(failed ? path.string() : real.string()).second)
            files.push_back({path, std::nullopt});
    }
    void refuse(const fs::path& path, ErrorCode code, std::string message, std::string hint)
    {
        files.push_back({path, Error{code, std::move(message), std::move(hint)}});
    }
};

void add_folder(Plan& plan, const fs::path& folder, int depth)
{
    std::vector<fs::directory_entry> entries;
    std::error_code failed;
    for (fs::directory_iterator at{folder, failed}; !failed && at != fs::directory_iterator{};
         at.increment(failed)) {
        entries.push_back(*at);
    }
    if (failed) {
        plan.refuse(
            folder,
            ErrorCode::FileUnreadable,
            fmt::format("The folder {} cannot be read: {}.", folder.string(), failed.message()),
            "Check its permissions.");
        return;
    }
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
        if (plan.files.size() > kMaxFiles) return;
        std::error_code ignored;
        if (entry.path().filename().string().starts_with('.')) continue;
        if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
            if (depth < kMaxDepth) add_folder(plan, entry.path(), depth + 1);
        } else if (entry.is_regular_file(ignored)) {
            plan.add(entry.path());
        }
    }
}

} // namespace

Result<std::vector<PlannedFile>> plan_files(std::span<const fs::path> inputs)
{
    Plan plan;
    for (const auto& input : inputs) {
        std::error_code failed;
        const fs::path path = fs::absolute(input, failed).lexically_normal();
        const fs::file_status status = fs::status(path, failed);
        if (fs::is_directory(status)) {
            add_folder(plan, path, 0);
        } else if (fs::is_regular_file(status)) {
            plan.add(path);
        } else if (status.type() == fs::file_type::not_found) {
            plan.refuse(
                path,
                ErrorCode::FileNotFound,
                fmt::format("There is no file {}.", clean_utf8(input.string())),
                "Check the path.");
        } else if (fs::exists(status)) {
            plan.refuse(
                path,
                ErrorCode::FileUnreadable,
                fmt::format(
                    "{} is no file but a device, pipe or socket.",
                    clean_utf8(input.string())),
                "Give files or folders.");
        } else {
            plan.refuse(
                path,
                ErrorCode::FileUnreadable,
                fmt::format(
                    "{} cannot be looked at: {}.",
                    clean_utf8(input.string()),
                    failed.message()),
                "Check the permissions of its folder.");
        }
    }
    if (plan.files.size() > kMaxFiles) {
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("These folders hold more than {} files.", kMaxFiles),
            "Give fewer folders at once.");
    }
    return std::move(plan.files);
}

} // namespace app

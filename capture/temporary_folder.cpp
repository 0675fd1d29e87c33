#include "capture/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>

namespace capture {

Result<std::unique_ptr<TemporaryFolder>> TemporaryFolder::make()
{
    std::error_code ignored;
    std::filesystem::path base = std::filesystem::temp_directory_path(ignored);
    if (base.empty()) base = "/tmp";
    std::string name = base / "percept-office-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
        const int reason = errno;
        return fail(
            reason == ENOSPC ? ErrorCode::NoSpace : ErrorCode::FileUnreadable,
            fmt::format(
                "No temporary folder can be made in {}: {}.",
                base.string(),
                std::strerror(reason)),
            "Free some space there, or set TMPDIR to another folder.");
    }
    return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(name));
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace capture

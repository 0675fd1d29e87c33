#pragma once

#include "tests/support/run_command.h"

#include <filesystem>

namespace support {

/// Unpacks a tar file as a user would; the exit status of tar.
inline int unpack(const std::filesystem::path& file, const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    return run_command({"tar", "-xf", file.string(), "-C", folder.string()}).status;
}

} // namespace support

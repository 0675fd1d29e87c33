#pragma once

#include <cstdint>
#include <filesystem>

namespace app {

/// For caches whose files are whole in themselves: the time of its last change is that of its last
/// use. False where there is no such file.
bool touch(const std::filesystem::path& file);

/// Removes files of the folder, those used longest ago first, until they take at most `max_bytes`;
/// `in_use` stays. What another program removes meanwhile, or the disk refuses, is left out.
/// Blocks.
void limit_folder(
    const std::filesystem::path& folder,
    std::uint64_t max_bytes,
    const std::filesystem::path& in_use);

} // namespace app

#pragma once

#include "app/result.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace app {

/// A file to read, or why it cannot be.
struct PlannedFile {
    std::filesystem::path path; // absolute, as the user wrote it otherwise
    std::optional<Error> refused;
};

/// Files as they are, folders with everything in them: sorted by name, hidden names skipped, links
/// to files followed, links to folders not (they may lead in circles). Anything that is no regular
/// file (device, pipe, socket) and a path that is not there come back as refused, unless they were
/// only found inside a folder. A file named twice is read once. Errors: LimitExceeded (over 100,000
/// files).
Result<std::vector<PlannedFile>> plan_files(std::span<const std::filesystem::path> inputs);

} // namespace app

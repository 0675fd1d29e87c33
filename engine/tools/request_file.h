#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace engine::tools {

/// Reads a request in the form of the OpenAI chat API: {"messages": [{"role", "content"}], ...}.
/// Content is a string or a list of parts; files that parts name are looked for in the request's
/// folder (media_file.h). At most 64 MiB, 32 levels. Errors: FileNotFound, FileUnreadable,
/// LimitExceeded, BadFile with the place of the mistake, and those of the parts' files.
Result<Request> read_request(const std::filesystem::path& path);
Result<Request> parse_request(
    std::string_view json,
    std::string_view name,
    const std::filesystem::path& folder = {});

/// One message of the user.
Request request_from_prompt(std::string prompt);

/// A text file whole, at most 64 MiB. Errors: FileNotFound, FileUnreadable, LimitExceeded.
Result<std::string> read_text(const std::filesystem::path& path);

} // namespace engine::tools

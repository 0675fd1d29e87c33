#pragma once

#include "engine/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string_view>

namespace engine::formats {

/// True when brackets nest at most `max_depth` deep; strings are skipped. A linear scan before the
/// parser sees the text.
bool nesting_within(std::string_view json, int max_depth);

/// Parses a small trusted-by-nobody JSON file (config.json and its like): at most 1 MiB, at most 32
/// levels. Errors: FileNotFound, FileUnreadable, LimitExceeded, BadModelFile with the place of the
/// first mistake.
Result<nlohmann::json> read_json_file(const std::filesystem::path& path);

/// The integer at `key`, within [low, high]. Errors: BadModelFile naming the file, the key,
/// expected and found.
Result<std::int64_t> json_integer(
    const nlohmann::json& object,
    std::string_view file,
    const char* key,
    std::int64_t low,
    std::int64_t high);

} // namespace engine::formats

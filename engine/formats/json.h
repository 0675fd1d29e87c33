#pragma once

#include "engine/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace engine::formats {

/// True when brackets nest at most `max_depth` deep; strings are skipped. A linear scan before the
/// parser sees the text.
bool nesting_within(std::string_view json, int max_depth);

/// Parses a trusted-by-nobody JSON file (config.json and its like) of at most `limit_bytes` and 32
/// levels. The bare words Infinity, -Infinity and NaN, which Python writes and JSON does not know,
/// become null. Errors: FileNotFound, FileUnreadable, LimitExceeded, BadModelFile with the place of
/// the first mistake.
Result<nlohmann::json>
read_json_file(const std::filesystem::path& path, std::size_t limit_bytes = 1 << 20);
/// The same for a text that is here already; `name` is what the sentences call it.
Result<nlohmann::json> parse_json(std::string_view text, std::string_view name);

/// The integer at `key`, within [low, high]. Errors: BadModelFile naming the file, the key,
/// expected and found.
Result<std::int64_t> json_integer(
    const nlohmann::json& object,
    std::string_view file,
    const char* key,
    std::int64_t low,
    std::int64_t high);

} // namespace engine::formats

#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace support {

/// Where the starter models are installed: $PERCEPT_MODELS, else percept/models in the user's data
/// folder.
inline std::filesystem::path models_folder()
{
    if (const char* folder = std::getenv("PERCEPT_MODELS")) return folder;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
        return std::filesystem::path(data) / "percept/models";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr ? home : "/") / ".local/share/percept/models";
}

/// "whisper-base/model.bin", or nothing where it is not installed.
inline std::optional<std::filesystem::path> model_file(std::string_view name)
{
    auto path = models_folder() / name;
    if (!std::filesystem::exists(path)) return std::nullopt;
    return path;
}

/// The sentence for GTEST_SKIP.
inline std::string no_model(std::string_view model)
{
    return std::string(model) + " is not installed in " + models_folder().string() +
           "; set PERCEPT_MODELS to where it is.";
}

} // namespace support

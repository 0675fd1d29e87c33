#pragma once

#include "app/result.h"

#include <filesystem>

namespace app {

/// Where things lie; nothing else is written outside the folder that the user named.
struct Paths {
    std::filesystem::path data;   // the library
    std::filesystem::path models; // one folder a model, named by its id in the catalogue

    std::filesystem::path log() const { return data / "log"; }
    std::filesystem::path cache() const { return data / "cache"; } // may be deleted at any time
};

/// `data` empty: $XDG_DATA_HOME/percept, else ~/.local/share/percept. `models` empty: the folder
/// "models" in it. Both become absolute, and a library that was moved is followed to where it is.
/// Errors: BadUsage where neither XDG_DATA_HOME nor HOME is set.
Result<Paths> make_paths(const std::filesystem::path& data, const std::filesystem::path& models);

/// The folder of the running program, where its siblings stand.
std::filesystem::path program_folder();

} // namespace app

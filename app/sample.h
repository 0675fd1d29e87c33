#pragma once

#include "app/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// The bundled sample: three pages and a minute of a meeting.
struct Sample {
    std::filesystem::path document; // handbook.pdf
    std::filesystem::path sound;    // meeting.ogg
    std::vector<std::filesystem::path> files() const { return {document, sound}; }
};

/// Where the sample lies: installed (share/percept/sample beside the folder of programs), else in
/// the source tree that the program was built from. Errors: FileNotFound (names the first place).
Result<Sample> find_sample();

} // namespace app

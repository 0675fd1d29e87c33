#pragma once

#include "capture/result.h"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace capture {

/// A program to start, and all that it inherits.
struct SpawnOptions {
    std::vector<std::string> arguments;   // [0] is the program's name
    std::vector<std::string> environment; // "NAME=value"; ours is not passed on
    std::vector<std::pair<int, int>>
        inherit;                  // {ours, theirs}; 0, 1 and 2 are /dev/null unless named
    std::filesystem::path folder; // working folder; empty: /
};

/// Starts it as the leader of a process group of its own, so that Ctrl+C in our terminal reaches us
/// alone, with default signals and no other descriptor than those named. vfork underneath: no copy
/// of our page tables, however large we are. Errors: MissingTool (no such program), OutOfMemory.
Result<pid_t> spawn(const std::filesystem::path& program, const SpawnOptions& options);

/// What percept-reader's libraries need from an environment: one thread for OCR, no locale, no
/// home.
std::vector<std::string> reader_environment();

/// Where the program that is running lies, for those that stand beside it.
std::filesystem::path own_folder();

} // namespace capture

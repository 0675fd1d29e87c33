#pragma once

#include "capture/result.h"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace capture {

/// A program to run behind `percept-reader --fence`.
struct FencedProgram {
    std::filesystem::path fence;  // percept-reader
    std::filesystem::path folder; // the only one it can write
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::vector<std::string> environment;
};

struct FencedEnd {
    int status = 0;      // exit status
    std::string problem; // "" or " (it crashed)", for the end of a sentence
};

/// Runs it to its end and then kills what is left of its process group. `name` is the document, for
/// messages. Errors: Cancelled, TimedOut, Unavailable (it could not be fenced), MissingTool.
Result<FencedEnd> run_fenced_program(
    const FencedProgram& program,
    const std::string& name,
    std::chrono::steady_clock::time_point give_up,
    const std::stop_token& stop);

} // namespace capture

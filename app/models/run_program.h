#pragma once

#include "app/result.h"

#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace app::models {

struct ProgramCall {
    std::vector<std::string> words; // the program, looked for on PATH, and its arguments; no shell
    std::vector<std::pair<std::string, std::string>> environment; // besides our own
    std::function<void()> on_wait;                                // about ten times a second
};

struct ProgramResult {
    int status = 0; // exit status; 127: not found; 128 + n: ended by signal n
    std::string last_error_line;
};

/// Runs a program to its end with no input and no output of ours. A stop kills it and all that it
/// started. Errors: Cancelled; Unavailable where no process can be made.
Result<ProgramResult> run_program(const ProgramCall& call, const std::stop_token& stop);

} // namespace app::models

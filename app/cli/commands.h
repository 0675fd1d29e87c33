#pragma once

#include "app/cli/environment.h"

#include <CLI/CLI.hpp>
#include <functional>

namespace app::cli {

/// What the command line asked for: runs in the environment and returns the exit status.
using Chosen = std::function<int(Environment&)>;

// Each adds its command with options, help and example; when the user chose it, `chosen` is set.
// Commands whose capability is not built yet have no function here.
void add_ingest(CLI::App& program, Chosen& chosen);
void add_ask(CLI::App& program, Chosen& chosen);
void add_transcribe(CLI::App& program, Chosen& chosen);
void add_summarize(CLI::App& program, Chosen& chosen);
void add_search(CLI::App& program, Chosen& chosen);
void add_sessions(CLI::App& program, Chosen& chosen);
void add_export(CLI::App& program, Chosen& chosen);
void add_backup(CLI::App& program, Chosen& chosen);
void add_doctor(CLI::App& program, Chosen& chosen);
void add_models(CLI::App& program, Chosen& chosen);

/// A command with the manners that all share: global options may follow it, and its help ends with
/// the example.
CLI::App* add_command(CLI::App& program, const char* name, const char* does, const char* example);

} // namespace app::cli

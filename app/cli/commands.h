#pragma once

#include "app/cli/environment.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// What a command does to the library.
enum class Use {
    Reads,  // or does not touch it: always works
    Keeps,  // answers all the same, but keeps the answer in the library where there is one
    Writes, // cannot work without the right to write
    Hosts,  // as Writes, and long: takes jobs that other commands hand over meanwhile
};
/// What the command line asked for: runs in the environment and returns the exit status.
struct Chosen {
    std::function<int(Environment&)> run;
    Use use = Use::Reads;
};

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

/// percept-cli's words, understood.
struct CommandLine {
    GlobalOptions options;
    Chosen chosen;
    /// Where they asked for help or were wrong: what to print and the exit status; nothing is to
    /// run.
    std::optional<int> finished;
};
/// `words` without the program's name. Prints help, version and errors of usage itself.
CommandLine read_command_line(const std::vector<std::string>& words, handover::Outlet& outlet);

/// A command with the manners that all share: global options may follow it, and its help ends with
/// the example.
CLI::App* add_command(CLI::App& program, const char* name, const char* does, const char* example);

} // namespace app::cli

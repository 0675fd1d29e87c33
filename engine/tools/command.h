#pragma once

#include "engine/tools/arguments.h"
#include "engine/types.h"
#include "kernels/weight.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <stop_token>

namespace engine::tools {

/// What every command gets: the global options, checked, and the token that Ctrl+C stops.
struct Context {
    const Arguments& arguments;
    std::filesystem::path model;
    DeviceChoice device;
    kernels::Compute compute = kernels::Compute::Fast;
    bool json = false;
    bool quiet = false;
    std::stop_token stop;
};

/// What a command leaves behind: one JSON document, or the same for people. A command that streamed
/// has said it already.
struct Output {
    nlohmann::json json;
    std::string text;
    bool said_already = false;
    bool interrupted = false; // status 130, with what was finished
    /// Sentences for standard error; with any of them the status is 1.
    std::vector<std::string> problems = {};
};

struct Command {
    std::string_view name;
    std::string_view summary;
    std::string_view example;
    std::vector<Option> options;
    bool needs_model = true;
    Result<Output> (*run)(const Context& context) = nullptr;
};

/// The commands of this build, in the order of the help. One file each.
Command inspect_command();
Command tokenize_command();
Command logits_command();
Command generate_command();
Command transcribe_command();
Command convert_command();
Command embed_command();
Command bench_command();

/// The whole program: parses, runs, prints, answers the exit status.
int run_program(std::span<const std::string> words);

/// Progress for people, on standard error: overwrites its line on a terminal, a line a tenth
/// otherwise, nothing when quiet.
class Progress {
public:
    Progress(const Context& context, std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void update(double done, double total);

private:
    std::string what_;
    bool quiet_;
    bool terminal_;
    int shown_ = -1;
};

} // namespace engine::tools

#pragma once

#include "app/ask_job.h"
#include "app/cli/console.h"
#include "app/engines.h"
#include "app/handover/protocol.h"
#include "app/paths.h"
#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace app::cli {

struct GlobalOptions {
    std::filesystem::path data;
    std::filesystem::path models;
    std::string engine;
    int threads = 0;
    std::string device = "auto";
    bool json = false;
    bool quiet = false;
};

/// What a command finds when it runs. Models and library are opened when a command asks for them.
/// A command that another program handed over finds those of its host.
class Environment {
public:
    /// Errors: BadUsage, DeviceUnavailable.
    static Result<std::unique_ptr<Environment>>
    make(const GlobalOptions& options, Console& console, std::stop_token stop);
    /// For a command that was handed over: library, models and turn are `host`'s, which outlives
    /// it.
    Environment(
        Environment& host,
        const GlobalOptions& options,
        const handover::Job& job,
        Console& console,
        std::stop_token stop);

    /// Of a program that holds the library already and runs the commands of others.
    Environment(
        const Paths& paths,
        Console& console,
        std::shared_ptr<storage::Library> library,
        std::shared_ptr<Engines> engines);

    Console& console() { return console_; }
    std::stop_token stop() const { return stop_; }
    const Paths& paths() const { return paths_; }
    Engines& engines() { return *engines_; }
    /// Of a host, for the commands that are handed over from here on. From any thread.
    void use_engines(std::shared_ptr<Engines> engines);
    const GlobalOptions& options() const { return options_; }

    /// The library, kept open from the first call on. Errors: those of Library::open(); NotFound
    /// says how to begin.
    Result<std::shared_ptr<storage::Library>> open_library(storage::Access access);
    bool may_write() const { return library_ && library_writes_; }
    /// To write where that is possible; while another program writes, to read, and that is said.
    struct Opened {
        std::shared_ptr<storage::Library> library;
        bool writes = true;
    };
    Result<Opened> open_library_preferring_write();

    /// Files are read by one command at a time in one program: two would halve each other's speed
    /// and double the memory. Held until the lock goes; not held where the command was stopped
    /// meanwhile.
    std::unique_lock<std::timed_mutex> wait_for_reading_turn();
    /// A relative path means the folder in which the command was typed.
    std::filesystem::path resolve(const std::filesystem::path& path) const;
    /// The first line of standard input, without its end.
    const std::string& input_line();

private:
    Environment(
        const GlobalOptions& options,
        Paths paths,
        Console& console,
        std::stop_token stop,
        const engine::DeviceChoice& device);

    std::shared_ptr<Engines> engines_now() const;

    GlobalOptions options_;
    Paths paths_;
    Console& console_;
    std::stop_token stop_;
    mutable std::mutex engines_mutex_; // guests come while a host's engines change
    std::shared_ptr<Engines> engines_;
    std::shared_ptr<storage::Library> library_;
    bool library_writes_ = false;
    std::shared_ptr<std::timed_mutex> reading_turn_ = std::make_shared<std::timed_mutex>();
    std::filesystem::path folder_; // empty: where this program runs
    std::optional<std::string> input_line_;
};

} // namespace app::cli

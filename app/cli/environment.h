#pragma once

#include "app/ask_job.h"
#include "app/cli/console.h"
#include "app/engines.h"
#include "app/paths.h"
#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <memory>
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
class Environment {
public:
    /// Errors: BadUsage, DeviceUnavailable.
    static Result<std::unique_ptr<Environment>>
    make(const GlobalOptions& options, Console& console, std::stop_token stop);

    Console& console() { return console_; }
    std::stop_token stop() const { return stop_; }
    const Paths& paths() const { return paths_; }
    Engines& engines() { return engines_; }
    const GlobalOptions& options() const { return options_; }

    /// Errors: those of Library::open(); NotFound says how to begin.
    Result<std::unique_ptr<storage::Library>> open_library(storage::Access access);
    /// To write where that is possible; while another program writes, to read, and that is said.
    struct Opened {
        std::unique_ptr<storage::Library> library;
        bool writes = true;
    };
    Result<Opened> open_library_preferring_write();

private:
    Environment(
        const GlobalOptions& options,
        Paths paths,
        Console& console,
        std::stop_token stop,
        const engine::DeviceChoice& device);

    GlobalOptions options_;
    Paths paths_;
    Console& console_;
    std::stop_token stop_;
    Engines engines_;
};

} // namespace app::cli

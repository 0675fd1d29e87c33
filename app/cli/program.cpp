#include "app/cli/program.h"

#include "app/cli/commands.h"
#include "app/cli/guests.h"
#include "app/cli/interrupt.h"
#include "app/handover/client.h"
#include "app/handover/server.h"
#include "app/log.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fmt/format.h>
#include <mutex>
#include <string>
#include <vector>

namespace app::cli {
namespace {

// How long a short command (a question, a rename) may hold the library before another one gives up.
constexpr std::chrono::seconds kPatience{5};
constexpr std::chrono::milliseconds kBetweenTries{30};

/// Runs a command that holds the library for long, and the jobs that others hand over meanwhile.
int run_as_host(const Chosen& chosen, Environment& environment)
{
    const auto server = handover::Server::start(
        environment.paths().data,
        [&](const handover::Job& job, handover::Outlet& outlet, std::stop_token stop) {
            return run_guest(environment, job, outlet, std::move(stop));
        });
    if (!server) Log::instance().failed("handover", server.error());
    const int status = run_guarded(chosen, environment);
    if (server && (*server)->running() > 0 && !environment.stop().stop_requested()) {
        environment.console().note(
            "Another command's job still runs here; it ends this program. Ctrl+C hands it back.");
        (*server)->wait_until_idle(environment.stop());
    }
    return status;
}

void pause(const std::stop_token& stop)
{
    std::mutex mutex;
    std::unique_lock lock{mutex};
    std::condition_variable_any{}.wait_for(lock, stop, kBetweenTries, [] { return false; });
}

/// Hands the command to the program that holds the library; no status where it is to run here.
std::optional<int>
run_elsewhere(const std::vector<std::string>& words, Environment& environment, const Error& in_use)
{
    Console& console = environment.console();
    handover::Job job;
    job.words = words;
    std::error_code ignored;
    job.folder = std::filesystem::current_path(ignored);
    job.models = environment.paths().models;
    job.terminal = console.outlet().terminal();
    if (std::find(words.begin(), words.end(), "--password-stdin") != words.end())
        job.input = environment.input_line();
    const auto handed =
        handover::hand_over(environment.paths().data, job, console.outlet(), environment.stop());
    if (!handed) return console.fail(handed.error());
    using End = handover::HandedOver::End;
    if (handed->end == End::Done) return handed->status;
    if (handed->end == End::Refused)
        return console.fail(
            {in_use.code,
             in_use.message + " It does not take this job: " + handed->why,
             in_use.hint});
    if (handed->end == End::HandedBack) console.note("The other program ended; going on here.");
    return std::nullopt;
}

/// With the right to write, here or in the program that has it; else as the command itself decides.
int run_writing(
    const Chosen& chosen,
    const std::vector<std::string>& words,
    Environment& environment)
{
    std::error_code ignored;
    const bool there =
        std::filesystem::exists(environment.paths().data / "percept.sqlite", ignored);
    if (chosen.use == Use::Keeps && !there) return run_guarded(chosen, environment);
    const auto give_up = std::chrono::steady_clock::now() + kPatience;
    while (!environment.stop().stop_requested()) {
        const auto library = environment.open_library(storage::Access::Write);
        if (library || library.error().code != ErrorCode::LibraryInUse) break;
        if (const auto status = run_elsewhere(words, environment, library.error())) return *status;
        if (std::chrono::steady_clock::now() > give_up) break;
        pause(environment.stop());
    }
    return chosen.use == Use::Hosts && environment.may_write() ? run_as_host(chosen, environment)
                                                               : run_guarded(chosen, environment);
}

} // namespace

int run(int argc, char** argv)
{
    StandardOutlet outlet;
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const CommandLine line = read_command_line(words, outlet);
    if (line.finished) return *line.finished;
    Console console{line.options.json, line.options.quiet, outlet};
    const Interrupt interrupt{[&console] {
        console.warn("Stopping; what is done is kept. Press Ctrl+C again to end at once.");
    }};
    auto environment = Environment::make(line.options, console, interrupt.token());
    if (!environment) return console.fail(environment.error());
    return line.chosen.use == Use::Reads ? run_guarded(line.chosen, **environment)
                                         : run_writing(line.chosen, words, **environment);
}

} // namespace app::cli

#include "app/cli/guests.h"

#include "app/log.h"

#include <exception>
#include <fmt/format.h>
#include <new>
#include <utility>

namespace app::cli {

int run_guarded(const Chosen& chosen, Environment& environment)
{
    Console& console = environment.console();
    try {
        const int status = chosen.run(environment);
        console.end_progress();
        return status;
    } catch (const std::bad_alloc&) {
        return console.fail(
            {ErrorCode::OutOfMemory,
             "There is not enough memory.",
             "Close other programs and try again."});
    } catch (const std::exception& error) {
        return console.fail(
            {ErrorCode::Internal, fmt::format("Something broke inside: {}.", error.what()), ""});
    }
}

Result<int> run_guest(
    Environment& host,
    const handover::Job& job,
    handover::Outlet& outlet,
    std::stop_token stop)
{
    if (job.models != host.paths().models)
        return fail(ErrorCode::Unavailable, "It works with the models of another folder.");
    const CommandLine line = read_command_line(job.words, outlet);
    if (line.finished) return *line.finished;
    if (line.chosen.use == Use::Reads)
        return fail(ErrorCode::BadUsage, "It takes only jobs that write to the library.");
    Log::instance().info("handover: a job of another command begins");
    Console console{line.options.json, line.options.quiet, outlet};
    Environment guest{host, line.options, job, console, std::move(stop)};
    const int status = run_guarded(line.chosen, guest);
    Log::instance().info(
        fmt::format("handover: a job of another command ended, status {}", status));
    return status;
}

/// What a host's Environment needs of a terminal that a window does not have.
struct Guests::State {
    StandardOutlet outlet;
    Console console{false, true, outlet};
    std::unique_ptr<Environment> host;
    std::function<std::optional<int>(const handover::Job&)> own;
    std::unique_ptr<handover::Server> server; // last: it ends first
};

Guests::~Guests() = default;

Result<std::unique_ptr<Guests>> Guests::serve(
    const Paths& paths,
    std::shared_ptr<storage::Library> library,
    std::shared_ptr<Engines> engines,
    std::function<std::optional<int>(const handover::Job&)> own)
{
    std::unique_ptr<Guests> guests{new Guests};
    guests->state_ = std::make_unique<State>();
    State& state = *guests->state_;
    state.host =
        std::make_unique<Environment>(paths, state.console, std::move(library), std::move(engines));
    state.own = std::move(own);
    auto server = handover::Server::start(
        paths.data,
        [&state](const handover::Job& job, handover::Outlet& outlet, std::stop_token stop)
            -> Result<int> {
            if (const auto status = state.own ? state.own(job) : std::nullopt) return *status;
            return run_guest(*state.host, job, outlet, std::move(stop));
        });
    if (!server) return tl::unexpected(server.error());
    state.server = std::move(*server);
    return guests;
}

void Guests::use_engines(std::shared_ptr<Engines> engines)
{
    state_->host->use_engines(std::move(engines));
}

} // namespace app::cli

#pragma once

#include "app/cli/commands.h"
#include "app/cli/environment.h"
#include "app/handover/server.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace app::cli {

/// Runs a command; exceptions end as an error of the command line. Returns the exit status.
int run_guarded(const Chosen& chosen, Environment& environment);

/// A job that another command handed over, with the library and the models of `host`. Errors: why
/// it is refused.
Result<int> run_guest(
    Environment& host,
    const handover::Job& job,
    handover::Outlet& outlet,
    std::stop_token stop);

/// Takes the jobs of percept-cli in a program that holds the library and is none: the window. Lives
/// as long as the library is held.
class Guests {
public:
    /// Errors: those of making the socket.
    static Result<std::unique_ptr<Guests>> serve(
        const Paths& paths,
        std::shared_ptr<storage::Library> library,
        std::shared_ptr<Engines> engines,
        std::function<std::optional<int>(const handover::Job&)> own);
    ~Guests();

    /// For the jobs that come from here on; those that run go on with the ones they have. From any
    /// thread.
    void use_engines(std::shared_ptr<Engines> engines);

private:
    Guests() = default;
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace app::cli

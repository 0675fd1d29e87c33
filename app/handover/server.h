#pragma once

#include "app/handover/protocol.h"

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace app::handover {

class Channel;

/// Runs one job and returns its exit status; 130 where the token stopped it. Called on threads of
/// the server, several at once. Errors: why the job is refused.
using RunJob = std::function<Result<int>(const Job&, Outlet&, std::stop_token)>;

/// The end of the program that holds the library: takes jobs of other commands as long as it lives.
/// Lives inside the time in which the writer's lock is held.
class Server {
public:
    /// Errors: those of making the socket; the program works without, and others hear LibraryInUse.
    static Result<std::unique_ptr<Server>> start(const std::filesystem::path& data_dir, RunJob run);
    /// Takes no more jobs, stops those that run and hands them back.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Jobs that were taken over and are not done.
    int running() const;
    /// Until none runs, or `stop` is requested.
    void wait_until_idle(std::stop_token stop);

private:
    struct Connection;

    Server(std::filesystem::path data_dir, int socket, int wake, RunJob run);
    void accept_jobs();
    void take(int socket);
    void serve(Connection& connection);
    Result<int> run_watched(Connection& connection, const Job& job, Outlet& outlet);

    std::filesystem::path data_dir_;
    int socket_;
    int wake_; // an eventfd: the server ends
    RunJob run_;
    mutable std::mutex mutex_; // guards connections_ and running_
    std::condition_variable_any idle_;
    std::list<std::unique_ptr<Connection>> connections_;
    int running_ = 0;
    std::thread acceptor_;
};

} // namespace app::handover

#include "app/handover/server.h"

#include "app/handover/channel.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace app::handover {
namespace {

constexpr int kInterrupted = 130;

/// Through the socket to the terminal of the command. What goes to standard output is kept until
/// the job is done: a job that is handed back has printed nothing.
class SocketOutlet final : public Outlet {
public:
    SocketOutlet(Channel& channel, bool terminal) : channel_(channel), terminal_(terminal) {}

    void output(std::string_view text) override
    {
        const std::lock_guard lock{mutex_};
        output_ += text;
    }
    void error(std::string_view text) override { channel_.send_text("error", text); }
    void progress(std::string_view line) override { channel_.send_if_room({{"progress", line}}); }
    void end_progress() override { channel_.send_if_room({{"progress", nullptr}}); }
    bool terminal() const override { return terminal_; }
    std::string take_output()
    {
        const std::lock_guard lock{mutex_};
        return std::move(output_);
    }

private:
    Channel& channel_;
    bool terminal_;
    std::mutex mutex_;
    std::string output_;
};

} // namespace

struct Server::Connection {
    explicit Connection(int socket) : channel(socket) {}
    Channel channel;
    std::stop_source stop;
    std::atomic<bool> handed_back{false};
    std::atomic<bool> ended{false};
    std::thread thread;
};

Result<std::unique_ptr<Server>> Server::start(const std::filesystem::path& data_dir, RunJob run)
{
    const auto socket = open_socket(data_dir, true);
    if (!socket) return tl::unexpected(socket.error());
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    if (wake < 0) {
        ::close(*socket);
        return fail(ErrorCode::LimitExceeded, "No more files can be opened.");
    }
    return std::unique_ptr<Server>(new Server{data_dir, *socket, wake, std::move(run)});
}

Server::Server(std::filesystem::path data_dir, int socket, int wake, RunJob run)
    : data_dir_(std::move(data_dir)), socket_(socket), wake_(wake), run_(std::move(run)),
      acceptor_([this] { accept_jobs(); })
{
}

Server::~Server()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
    acceptor_.join();
    ::unlink((data_dir_ / kSocketName).c_str());
    ::close(socket_);
    for (const auto& connection : connections_) {
        connection->handed_back = true;
        connection->stop.request_stop();
    }
    for (const auto& connection : connections_) connection->thread.join();
    ::close(wake_);
}

int Server::running() const
{
    const std::lock_guard lock{mutex_};
    return running_;
}

void Server::wait_until_idle(std::stop_token stop)
{
    std::unique_lock lock{mutex_};
    idle_.wait(lock, std::move(stop), [this] { return running_ == 0; });
}

void Server::accept_jobs()
{
    for (;;) {
        std::array<pollfd, 2> events{{{socket_, POLLIN, 0}, {wake_, POLLIN, 0}}};
        if (::poll(events.data(), events.size(), -1) < 0 && errno != EINTR) return;
        if (events[1].revents != 0) return;
        if ((events[0].revents & POLLIN) == 0) continue;
        const int accepted = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (accepted >= 0) take(accepted);
    }
}

void Server::take(int socket)
{
    const std::lock_guard lock{mutex_};
    connections_.remove_if([](const auto& connection) {
        if (!connection->ended) return false;
        connection->thread.join();
        return true;
    });
    auto connection = std::make_unique<Connection>(socket);
    if (!connection->channel.expect_same_user()) return;
    if (connections_.size() >= static_cast<std::size_t>(kMaxJobs)) {
        connection->channel.send({{"refused", "It has as many jobs as it takes."}});
        return;
    }
    Connection& kept = *connections_.emplace_back(std::move(connection));
    ++running_;
    kept.thread = std::thread{[this, &kept] {
        serve(kept);
        kept.channel
            .end(); // it is closed when the next one comes, and the command waits for the end
        {
            const std::lock_guard done{mutex_};
            --running_;
            idle_.notify_all();
        }
        kept.ended = true; // last: take() joins it with the mutex held
    }};
}

void Server::serve(Connection& connection)
{
    Channel& channel = connection.channel;
    channel.limit_waiting(kFirstFrameLimit_s);
    const auto first = channel.receive();
    if (!first) return;
    channel.limit_waiting(0);
    const auto job = parse_job(*first);
    if (!job) {
        channel.send({{"refused", job.error().message}});
        return;
    }
    SocketOutlet outlet{channel, job->terminal};
    const auto status = run_watched(connection, *job, outlet);
    if (!status) {
        channel.send({{"refused", status.error().message}});
    } else if (connection.handed_back && *status == kInterrupted) {
        channel.send({{"handed_back", true}});
    } else if (channel.send_text("output", outlet.take_output())) {
        channel.send({{"done", *status}});
    }
}

Result<int> Server::run_watched(Connection& connection, const Job& job, Outlet& outlet)
{
    // The command stops its job by a word, or by being gone.
    std::thread watcher{[&connection] {
        while (const auto frame = connection.channel.receive())
            if (frame->contains("cancel")) break;
        connection.stop.request_stop();
    }};
    auto status = run_(job, outlet, connection.stop.get_token());
    connection.channel.stop_receiving();
    watcher.join();
    return status;
}

} // namespace app::handover

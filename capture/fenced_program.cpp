#include "capture/fenced_program.h"

#include "capture/open_file.h"
#include "capture/reader/protocol.h"
#include "capture/spawn.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace capture {
namespace {

/// Waits for the leader without reaping it, so that the number of its group stays ours while the
/// group is killed.
class Group {
public:
    explicit Group(pid_t leader)
        : leader_(leader), ended_(static_cast<int>(syscall(SYS_pidfd_open, leader, 0)))
    {
    }
    ~Group() { end(); }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    int ended_fd() const { return ended_.fd(); }
    int end()
    {
        if (leader_ <= 0) return status_;
        kill(-leader_, SIGKILL);
        while (waitpid(leader_, &status_, 0) < 0 && errno == EINTR) {
        }
        leader_ = -1;
        return status_;
    }

private:
    pid_t leader_;
    OpenFile ended_;
    int status_ = 0;
};

} // namespace

Result<FencedEnd> run_fenced_program(
    const FencedProgram& program,
    const std::string& name,
    std::chrono::steady_clock::time_point give_up,
    const std::stop_token& stop)
{
    std::array<int, 2> ends{-1, -1};
    const OpenFile wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (wake.fd() < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return fail(ErrorCode::OutOfMemory, "LibreOffice cannot be started: no channel.");
    }
    // Never written: when we are gone it is closed, and the fence ends the group.
    const OpenFile ours(ends[0]);
    OpenFile theirs(ends[1]);

    SpawnOptions options;
    options.arguments = {program.fence, "--fence", program.folder, program.program};
    options.arguments.insert(
        options.arguments.end(),
        program.arguments.begin(),
        program.arguments.end());
    options.environment = program.environment;
    options.inherit = {{theirs.fd(), reader::kChannelFd}};
    options.folder = program.folder;
    const auto pid = spawn(program.fence, options);
    if (!pid) return tl::unexpected(pid.error());
    theirs = OpenFile(-1);
    Group group(*pid);
    const std::stop_callback on_stop(stop, [&] { eventfd_write(wake.fd(), 1); });
    while (true) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, fmt::format("Reading {} was cancelled.", name));
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            give_up - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return fail(
                ErrorCode::TimedOut,
                fmt::format("LibreOffice took too long over {} and was stopped.", name),
                "Open it yourself and save it as PDF.");
        }
        std::array<pollfd, 2> waited{{{group.ended_fd(), POLLIN, 0}, {wake.fd(), POLLIN, 0}}};
        poll(
            waited.data(),
            waited.size(),
            static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
        if (waited[0].revents != 0) break;
    }
    const int status = group.end();
    // The group's kill may be what ended a fence that was about to exit by itself.
    if (!WIFEXITED(status)) return FencedEnd{-1, ""};
    FencedEnd end{WEXITSTATUS(status), ""};
    if (end.status == 126) {
        return fail(
            ErrorCode::Unavailable,
            "LibreOffice cannot be fenced off on this system, so it is not started.",
            "The kernel must have seccomp; every kernel of Debian has.");
    }
    if (end.status > 128) {
        const char* signal = sigabbrev_np(end.status - 128);
        end.problem = fmt::format(" (it ended by SIG{})", signal != nullptr ? signal : "?");
    }
    return end;
}

} // namespace capture

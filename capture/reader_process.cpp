#include "capture/reader_process.h"

#include "base/blocking.h"
#include "capture/spawn.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace capture {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kOthersGoOn = "The file may be damaged. Other files are not affected.";

} // namespace

std::string describe_end(int status)
{
    if (WIFEXITED(status)) return fmt::format("ended with status {}", WEXITSTATUS(status));
    const int signal = WTERMSIG(status);
    const char* name = sigabbrev_np(signal);
    const std::string sig = fmt::format("SIG{}", name != nullptr ? name : std::to_string(signal));
    switch (signal) {
    case SIGSYS:
        return "was stopped by its sandbox: it made a forbidden system call (SIGSYS)";
    case SIGXCPU:
        return "used more processor time than it may (SIGXCPU)";
    case SIGKILL:
        return "was killed from outside (SIGKILL), perhaps because memory ran out";
    case SIGBUS:
        return "crashed (SIGBUS), perhaps because the file was changed while it was read";
    default:
        return fmt::format("crashed ({})", sig);
    }
}

Result<std::unique_ptr<ReaderProcess>> ReaderProcess::start(
    const std::filesystem::path& program,
    int file_fd,
    std::string name,
    const ReaderLimits& limits)
{
    std::array<int, 2> ends{-1, -1};
    const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        const int reason = errno;
        if (wake >= 0) close(wake);
        return fail(
            ErrorCode::OutOfMemory,
            fmt::format("No channel to percept-reader can be made: {}.", std::strerror(reason)));
    }
    SpawnOptions options;
    options.arguments = {program.string()};
    options.environment = reader_environment();
    options.inherit = {{ends[1], reader::kChannelFd}, {file_fd, reader::kFileFd}};
    const auto pid = spawn(program, options);
    close(ends[1]);
    if (!pid) {
        close(ends[0]);
        close(wake);
        return tl::unexpected(pid.error());
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return std::unique_ptr<ReaderProcess>(
        new ReaderProcess(*pid, ends[0], wake, std::move(name), limits));
}

ReaderProcess::ReaderProcess(
    pid_t pid,
    int channel,
    int wake,
    std::string name,
    const ReaderLimits& limits)
    : pid_(pid), channel_(channel), wake_(wake), name_(std::move(name)), limits_(limits)
{
}

ReaderProcess::~ReaderProcess()
{
    end();
    close(channel_);
    close(wake_);
}

void ReaderProcess::end()
{
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

Error ReaderProcess::end_with(Error error)
{
    end();
    return error;
}

/// The channel is closed: the process has ended, or ends now.
Error ReaderProcess::died()
{
    int status = 0;
    pid_t reaped = 0;
    // A crash closes the channel a moment before the status can be had; a reader that closed it
    // itself gets 200 ms.
    const auto give_up = Clock::now() + std::chrono::milliseconds(200);
    while ((reaped = waitpid(pid_, &status, WNOHANG)) == 0 && Clock::now() < give_up) {
        poll(nullptr, 0, 1);
    }
    if (reaped != pid_) {
        end();
        return {
            ErrorCode::ReaderDied,
            fmt::format("percept-reader closed its channel while it read {}.", name_),
            kOthersGoOn};
    }
    pid_ = -1;
    const bool over_time = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
    return {
        over_time ? ErrorCode::LimitExceeded : ErrorCode::ReaderDied,
        fmt::format("percept-reader {} while it read {}.", describe_end(status), name_),
        kOthersGoOn};
}

/// False: a stop was requested.
Result<bool> ReaderProcess::poll_until(short events, const Wait& wait)
{
    BASE_MAY_BLOCK();
    // Wakes the poll below at once; removed again before this function returns.
    const std::stop_callback on_stop(wait.stop, [this] { eventfd_write(wake_, 1); });
    while (true) {
        if (wait.stop.stop_requested()) {
            return false;
        }
        const auto now = Clock::now();
        if (now >= wait.page_ends) {
            return tl::unexpected(end_with(
                {ErrorCode::TimedOut,
                 fmt::format(
                     "One page of {} took longer than {} s; its reader was stopped.",
                     name_,
                     limits_.per_page.count()),
                 kOthersGoOn}));
        }
        if (now >= wait.silence_ends) {
            return tl::unexpected(end_with(
                {ErrorCode::TimedOut,
                 fmt::format(
                     "percept-reader said nothing for {} s while it read {} and was stopped.",
                     limits_.silence.count(),
                     name_),
                 kOthersGoOn}));
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::min(wait.page_ends, wait.silence_ends) - now);
        pollfd waited[2] = {{channel_, events, 0}, {wake_, POLLIN, 0}};
        const int timeout_ms = static_cast<int>(std::min<std::int64_t>(left.count() + 1, 60'000));
        const int ready = poll(waited, 2, timeout_ms);
        if (ready > 0 && waited[0].revents != 0) return true;
        eventfd_t woken = 0;
        eventfd_read(wake_, &woken); // perhaps by an earlier stop, which the process outlived
    }
}

Result<void> ReaderProcess::wait_until(short events, const Wait& wait)
{
    const auto ready = poll_until(events, wait);
    if (!ready) return tl::unexpected(ready.error());
    if (*ready) return {};
    return tl::unexpected(
        end_with({ErrorCode::Cancelled, fmt::format("Reading {} was cancelled.", name_), ""}));
}

Result<bool> ReaderProcess::wait_for_message(const Wait& wait)
{
    return poll_until(POLLIN, wait);
}

Result<void> ReaderProcess::read_exactly(std::span<std::byte> into, const Wait& wait)
{
    while (!into.empty()) {
        if (auto ready = wait_until(POLLIN, wait); !ready) return ready;
        const ssize_t n = recv(channel_, into.data(), into.size(), 0);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n <= 0) return tl::unexpected(died());
        into = into.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

Result<void>
ReaderProcess::send(reader::MessageType type, reader::ByteView payload, const Wait& wait)
{
    const auto head = reader::encode_header({static_cast<std::uint32_t>(payload.size()), type});
    reader::Bytes bytes(head.begin(), head.end());
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    reader::ByteView rest = bytes;
    while (!rest.empty()) {
        if (auto ready = wait_until(POLLOUT, wait); !ready) return ready;
        const ssize_t n = ::send(channel_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n < 0) return tl::unexpected(died());
        rest = rest.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

Result<Message> ReaderProcess::receive(const Wait& wait)
{
    std::array<std::byte, reader::kHeaderBytes> head{};
    if (auto got = read_exactly(head, wait); !got) return tl::unexpected(got.error());
    const auto header = reader::decode_header(head);
    if (!header) return tl::unexpected(end_with(header.error()));
    if (header->size_bytes > reader::max_payload_bytes(header->type, limits_)) {
        return tl::unexpected(end_with(
            {ErrorCode::ReaderDied,
             fmt::format(
                 "percept-reader broke its protocol while it read {}: message {} of {} bytes.",
                 name_,
                 static_cast<int>(header->type),
                 header->size_bytes),
             kOthersGoOn}));
    }
    received_bytes_ += header->size_bytes + head.size();
    if (received_bytes_ > limits_.max_output_bytes) {
        return tl::unexpected(end_with(
            {ErrorCode::LimitExceeded,
             fmt::format(
                 "Reading {} gave more than {} MB; its reader was stopped.",
                 name_,
                 limits_.max_output_bytes >> 20),
             kOthersGoOn}));
    }
    Message message{header->type, reader::Bytes(header->size_bytes)};
    if (auto got = read_exactly(message.payload, wait); !got) return tl::unexpected(got.error());
    return message;
}

} // namespace capture

#include "app/handover/channel.h"

#include "base/io.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace app::handover {
namespace {

constexpr int kSendLimit_s = 60; // a stopped terminal must not hold the running program for ever
constexpr std::size_t kTextPieceBytes = kMaxFrameBytes / 8; // JSON writes a byte as six at worst
constexpr int kMaxDepth = 8;

/// Deep nesting would be taken apart recursively.
bool too_deep(std::string_view text)
{
    int depth = 0;
    for (const char c : text) {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (depth > kMaxDepth) return true;
    }
    return false;
}

std::string framed(const Json& frame)
{
    const std::string body = frame.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>((body.size() >> shift) & 0xFFU);
    return bytes + body;
}

} // namespace

Json to_json(const Job& job)
{
    return {
        {"job",
         {{"version", kVersion},
          {"words", job.words},
          {"folder", job.folder.string()},
          {"models", job.models.string()},
          {"input", job.input},
          {"terminal", job.terminal}}}};
}

Result<Job> parse_job(const Json& document)
{
    const auto refused = [](const char* why) { return fail(ErrorCode::BadUsage, why); };
    if (!document.is_object() || !document.contains("job")) return refused("That is no job.");
    const Json& job = document["job"];
    if (!job.is_object() || job.value("version", Json()) != Json(kVersion))
        return refused("It speaks another version of the protocol.");
    Job out;
    for (const char* name : {"folder", "models", "input"})
        if (!job.contains(name) || !job[name].is_string()) return refused("That is no job.");
    if (!job.contains("words") || !job["words"].is_array()) return refused("That is no job.");
    for (const Json& word : job["words"]) {
        if (!word.is_string()) return refused("That is no job.");
        out.words.push_back(word);
    }
    out.folder = job["folder"].get<std::string>();
    out.models = job["models"].get<std::string>();
    out.input = job["input"];
    out.terminal = job.value("terminal", Json()) == Json(true);
    if (!out.folder.is_absolute()) return refused("That is no job.");
    return out;
}

Channel::Channel(int socket) : socket_(socket)
{
    const timeval limit{kSendLimit_s, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Channel::~Channel()
{
    ::close(socket_);
}

Result<void> Channel::expect_same_user() const
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket_, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
        peer.uid == ::geteuid())
        return {};
    return fail(ErrorCode::FileUnreadable, "The program behind the socket is another user's.");
}

bool Channel::send_all(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Channel::send(const Json& frame)
{
    const std::lock_guard lock{sending_};
    return send_all(framed(frame));
}

void Channel::send_if_room(const Json& frame)
{
    const std::lock_guard lock{sending_};
    // Writable means that a good part of the buffer is free; a line of progress fits.
    pollfd room{socket_, POLLOUT, 0};
    if (::poll(&room, 1, 0) == 1 && (room.revents & POLLOUT) != 0) send_all(framed(frame));
}

bool Channel::send_text(const char* name, std::string_view text)
{
    while (!text.empty()) {
        std::size_t size = std::min(text.size(), kTextPieceBytes);
        const auto continues = [&](std::size_t at) {
            return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
        };
        while (size > kTextPieceBytes - 4 && continues(size)) --size;
        if (!send({{name, text.substr(0, size)}})) return false;
        text.remove_prefix(size);
    }
    return true;
}

Result<void> Channel::read_all(char* into, std::size_t size) const
{
    while (size > 0) {
        const ssize_t count = ::recv(socket_, into, size, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return fail(ErrorCode::TimedOut, "The other program sent nothing.");
        if (count <= 0) return fail(ErrorCode::Cancelled, "The other program is gone.");
        into += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

Result<Json> Channel::receive()
{
    std::array<unsigned char, 4> head{};
    if (auto done = read_all(reinterpret_cast<char*>(head.data()), head.size()); !done)
        return tl::unexpected(done.error());
    std::size_t size = 0;
    for (std::size_t i = 0; i < head.size(); ++i) size |= std::size_t{head[i]} << (8 * i);
    if (size > kMaxFrameBytes) return fail(ErrorCode::BadFile, "A frame is too large.");
    std::string body(size, '\0');
    if (auto done = read_all(body.data(), size); !done) return tl::unexpected(done.error());
    Json frame =
        too_deep(body) ? Json(Json::value_t::discarded) : Json::parse(body, nullptr, false);
    if (frame.is_discarded() || !frame.is_object())
        return fail(ErrorCode::BadFile, "A frame makes no sense.");
    return frame;
}

void Channel::limit_waiting(int seconds) const
{
    const timeval limit{seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

void Channel::stop_receiving() const
{
    ::shutdown(socket_, SHUT_RD);
}

void Channel::end() const
{
    ::shutdown(socket_, SHUT_RDWR);
}

Result<int> open_socket(const std::filesystem::path& data_dir, bool listening)
{
    const auto failed = [&](std::string_view doing) {
        return tl::unexpected(base::io_error(doing, data_dir / kSocketName, errno));
    };
    // An address holds 107 bytes and a data folder's path may be longer; this one never is.
    const int folder = ::open(data_dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return failed("find");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = fmt::format("/proc/self/fd/{}/{}", folder, kSocketName);
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const auto* name = reinterpret_cast<const sockaddr*>(&address);

    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int status = made < 0 ? -1 : 0;
    if (status == 0 && listening) {
        ::unlinkat(folder, kSocketName, 0);
        status = ::bind(made, name, sizeof address);
        // Nobody can connect before listen(), so the time between costs nothing.
        if (status == 0) status = ::fchmodat(folder, kSocketName, 0600, 0);
        if (status == 0) status = ::listen(made, kMaxJobs);
    } else if (status == 0) {
        status = ::connect(made, name, sizeof address);
        if (status != 0 && errno == ECONNREFUSED) errno = ENOENT; // a dead program's socket
    }
    const int reason = errno;
    ::close(folder);
    if (status == 0) return made;
    if (made >= 0) ::close(made);
    errno = reason;
    return failed(listening ? "listen on" : "reach");
}

} // namespace app::handover

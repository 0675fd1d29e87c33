#pragma once

#include "app/handover/protocol.h"

#include <mutex>

namespace app::handover {

/// One end of a connection: frames in, frames out. send() from any thread, receive() from one.
class Channel {
public:
    explicit Channel(int socket);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// The user at the other end, as the kernel knows it, is ours. Errors: FileUnreadable.
    Result<void> expect_same_user() const;
    /// False where the other end is gone, or took nothing for a minute.
    bool send(const Json& frame);
    /// As send(), but rather not at all than waiting.
    void send_if_room(const Json& frame);
    /// `text` as frames {name: piece}, cut between code points.
    bool send_text(const char* name, std::string_view text);
    /// Waits for a frame. Errors: Cancelled (the end of the connection), TimedOut (see
    /// limit_waiting), BadFile (not a frame of this protocol).
    Result<Json> receive();
    /// For receive(); 0: no limit.
    void limit_waiting(int seconds) const;
    /// Ends a receive() on another thread and all later ones.
    void stop_receiving() const;
    /// Nothing comes and nothing goes any more; the other end notices.
    void end() const;

private:
    bool send_all(std::string_view bytes);
    Result<void> read_all(char* into, std::size_t size) const;

    int socket_;
    std::mutex sending_;
};

/// Connects to the socket of this data folder, or makes it (`listening`; one that a dead program
/// left is replaced, which the writer's lock allows). Errors: FileNotFound (no socket, or nobody
/// behind it), those of the system.
Result<int> open_socket(const std::filesystem::path& data_dir, bool listening);

} // namespace app::handover

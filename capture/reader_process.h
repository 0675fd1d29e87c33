#pragma once

#include "capture/reader/protocol.h"
#include "capture/result.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <sys/types.h>

namespace capture {

/// How long to wait for the reader's next message. Whichever comes first ends it.
struct Wait {
    std::chrono::steady_clock::time_point silence_ends;
    std::chrono::steady_clock::time_point page_ends; // time_point::max(): no page is being read
    std::stop_token stop;
};

struct Message {
    reader::MessageType type = reader::MessageType::Done;
    reader::Bytes payload;
};

/// A running percept-reader and our end of its channel. Every failure of send() and receive() has
/// killed and reaped it: the process is gone before the Error is returned. Not bound to a thread,
/// one call at a time.
class ReaderProcess {
public:
    /// Starts `program` with `file_fd` (which stays the caller's) and a channel; nothing else is
    /// inherited: no environment, no descriptor, no signal setting. `name` is what messages call
    /// the file. Errors: MissingTool, OutOfMemory.
    static Result<std::unique_ptr<ReaderProcess>> start(
        const std::filesystem::path& program,
        int file_fd,
        std::string name,
        const ReaderLimits& limits);
    ~ReaderProcess(); // kills and reaps
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    Result<void> send(reader::MessageType type, reader::ByteView payload, const Wait& wait);
    /// One message, its payload bounded by max_payload_bytes. Errors: ReaderDied, TimedOut,
    /// LimitExceeded, Cancelled.
    Result<Message> receive(const Wait& wait);
    /// Until a message begins. False: a stop was requested, and the process lives on (unlike in
    /// receive(), which kills it). Errors: as receive().
    Result<bool> wait_for_message(const Wait& wait);
    /// Starts counting its output anew: a player asks for more as long as it plays.
    void forget_output() { received_bytes_ = 0; }
    bool is_running() const { return pid_ > 0; }
    /// Kills it because it broke a rule; gives the error back.
    Error end_with(Error error);

private:
    ReaderProcess(pid_t pid, int channel, int wake, std::string name, const ReaderLimits& limits);

    Result<bool> poll_until(short events, const Wait& wait);
    Result<void> wait_until(short events, const Wait& wait);
    Result<void> read_exactly(std::span<std::byte> into, const Wait& wait);
    Error died();
    void end();

    pid_t pid_;
    int channel_;
    int wake_; // eventfd, written when a stop is requested
    std::string name_;
    ReaderLimits limits_;
    std::uint64_t received_bytes_ = 0;
};

/// "was killed by SIGSEGV", from a status of waitpid: what a sentence says after the program's
/// name.
std::string describe_end(int status);

} // namespace capture

#pragma once

#include <stop_token>
#include <thread>

#include <csignal>

namespace engine::tools {

/// Turns Ctrl+C and SIGTERM into a stop token while it lives. A thread waits for the signals, so
/// nothing has to be safe inside a handler; a second Ctrl+C ends the program at once. Made before
/// any other thread: they inherit its signal mask.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
    sigset_t signals_;
    std::thread waiter_;
};

} // namespace engine::tools

#include "app/cli/interrupt.h"

#include <array>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace app::cli {
namespace {

// A handler may touch nothing but these.
std::atomic<int> signals_seen{0};
std::array<int, 2> signal_pipe{-1, -1};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int /*unused*/)
{
    if (signals_seen.fetch_add(1) > 0) ::_exit(130);
    const char one = 1;
    [[maybe_unused]] const auto written = ::write(signal_pipe[1], &one, 1);
}

} // namespace

Interrupt::Interrupt(std::function<void()> on_first)
{
    if (::pipe2(signal_pipe.data(), O_CLOEXEC) != 0)
        return; // Ctrl+C then ends the program, as without us
    thread_ = std::thread{[this, said = std::move(on_first)] {
        char byte = 0;
        if (::read(signal_pipe[0], &byte, 1) != 1 || byte != 1) return;
        stop_.request_stop();
        said();
    }};
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

Interrupt::~Interrupt()
{
    if (!thread_.joinable()) return;
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
    const char none = 0;
    [[maybe_unused]] const auto written = ::write(signal_pipe[1], &none, 1);
    thread_.join();
    ::close(signal_pipe[0]);
    ::close(signal_pipe[1]);
}

} // namespace app::cli

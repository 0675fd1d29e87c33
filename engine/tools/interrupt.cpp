#include "engine/tools/interrupt.h"

#include <pthread.h>
#include <unistd.h>

namespace engine::tools {

namespace {
constexpr int kEnd = SIGUSR1; // from our own destructor
}

Interrupt::Interrupt()
{
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, kEnd}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    waiter_ = std::thread([this] {
        for (bool asked = false;; asked = true) {
            int signal = 0;
            sigwait(&signals_, &signal);
            if (signal == kEnd) return;
            if (asked) ::_exit(130);
            source_.request_stop();
        }
    });
}

Interrupt::~Interrupt()
{
    pthread_kill(waiter_.native_handle(), kEnd);
    waiter_.join();
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

} // namespace engine::tools

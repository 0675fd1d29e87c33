#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace bench {
namespace {

bool cpu_time = false;
volatile unsigned sink;

} // namespace

double now_s()
{
    timespec time{};
    clock_gettime(cpu_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void use_cpu_time()
{
    cpu_time = true;
}

BusyProcess::BusyProcess() : pid_(fork())
{
    if (pid_ == 0) {
        for (;;) sink = sink + 1;
    }
}

BusyProcess::~BusyProcess()
{
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

} // namespace bench

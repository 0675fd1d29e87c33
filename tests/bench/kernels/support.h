#pragma once

namespace bench {

/// Seconds of the wall clock; after use_cpu_time() of the processor time of this thread, which
/// other programs disturb less (one thread only).
double now_s();
void use_cpu_time();

/// Runs a busy loop in another process for the object's life.
class BusyProcess {
public:
    BusyProcess();
    ~BusyProcess();
    BusyProcess(const BusyProcess&) = delete;
    BusyProcess& operator=(const BusyProcess&) = delete;

private:
    int pid_;
};

} // namespace bench

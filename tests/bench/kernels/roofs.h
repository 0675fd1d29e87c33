#pragma once

namespace bench {

/// Seconds of the wall clock; after use_cpu_time() of the processor time of this thread, which other programs disturb less
/// (one thread only).
double now_s();
void use_cpu_time();

/// What this machine can do at most, measured now, on `threads` threads.
struct Roofs {
    double read_gb_s = 0;   // from a buffer of 256 MiB that is filled with random bytes
    double f32_gflop_s = 0; // fused multiply-adds in registers, widest registers there are
    double int8_gop_s =
        0; // 8-bit multiply-adds in registers (VNNI where there is), 2 operations each
};

Roofs measure_roofs(int threads);

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

#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace kernels {
namespace {

/// Cores that this process may run on; a container or taskset may grant fewer than the machine has.
int usable_cores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace

std::unique_ptr<Backend> make_cpu_backend(int threads)
{
    EXPECTS(threads >= 0);
    return std::make_unique<CpuBackend>(cpu::choose_isa(), threads == 0 ? usable_cores() : threads);
}

} // namespace kernels

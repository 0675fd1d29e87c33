#include "kernels/cpu_backend.h"
#if defined(KERNELS_HAVE_CUDA)
#include "kernels/cuda/cuda_devices.h"
#endif

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

std::string cuda_status()
{
#if defined(KERNELS_HAVE_CUDA)
    return describe_cuda_devices();
#else
    return "This build has no CUDA.";
#endif
}

} // namespace kernels

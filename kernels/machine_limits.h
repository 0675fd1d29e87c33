#pragma once

#include <cstddef>

namespace kernels {

/// What the processor and its memory can do at most, as this process finds them at this moment.
/// Benches put their figures beside these: a figure from another machine, or from another minute on
/// a shared one, says little.
struct MachineLimits {
    double read_gb_s = 0; // reading `read_bytes` again and again
    double read_small_gb_s =
        0; // the same for `small_bytes`; a model of that size stays in part in the last cache
    double f32_gflops = 0; // fused multiply-adds, two operations each
    double int8_gops =
        0; // products of bytes summed in 32 bits, two operations each; 0 without such instructions
    int threads = 1;
};

/// Takes about a second; nothing else should run meanwhile. The widest instructions of this
/// processor are used.
MachineLimits measure_machine(
    int threads,
    std::size_t read_bytes = std::size_t{1} << 30,
    std::size_t small_bytes = std::size_t{96} << 20);

} // namespace kernels

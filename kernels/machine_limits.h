#pragma once

#include "kernels/buffer.h"

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
    double bf16_gflops =
        0; // products of BF16 summed in float, two operations each; 0 without such instructions
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

/// Single looks at a limit, some hundredths of a second each, for benches that put one beside every
/// run: on a shared machine the limit of a minute ago is another one.
class MachineMeter {
public:
    static constexpr std::size_t kReadBytes = std::size_t{256} << 20;

    /// Takes `read_bytes` of memory, more than the caches hold.
    explicit MachineMeter(int threads, std::size_t read_bytes = kReadBytes);

    double read_gb_s() const;
    double f32_gflops() const;
    /// 0 without instructions for it.
    double bf16_gflops() const;

private:
    int threads_;
    std::size_t part_bytes_; // of one thread
    Buffer memory_;
};

} // namespace kernels

#pragma once

// State-space models for any register width. Internal linkage; see vector_rows.h.

#include "kernels/cpu/kernel_table.h"

namespace kernels::cpu {
namespace {

void conv_taps(
    float* y,
    const float* const* rows,
    int taps,
    const float* weight,
    std::int64_t ldw,
    const float* bias,
    bool with_silu,
    std::int64_t n)
{
    map(y, bias, n, [=](Floats v, std::int64_t c) {
        for (int j = 0; j < taps; ++j)
            v = fma(load_at(weight + j * ldw, c, n), load_at(rows[j], c, n), v);
        return with_silu ? silu(v) : v;
    });
}

/// Four channels at a time: b and c are read once for them, and four sums hide the latency of one.
template <int Channels>
inline void ssm_channels(const SsmStep& step, std::int64_t first)
{
    float* const memory = step.memory + first * step.state;
    const Floats decay = all(step.decay);
    Floats in[Channels], sums[Channels];
#pragma GCC unroll 4
    for (int p = 0; p < Channels; ++p) {
        in[p] = all(step.delta * step.x[first + p]);
        sums[p] = zero();
    }
    std::int64_t n = 0;
    for (; n + kWidth <= step.state; n += kWidth) {
        const Floats b = load(step.b + n), c = load(step.c + n);
#pragma GCC unroll 4
        for (int p = 0; p < Channels; ++p) {
            float* const at = memory + p * step.state + n;
            const Floats updated = fma(decay, load(at), mul(in[p], b));
            store(at, updated);
            sums[p] = fma(updated, c, sums[p]);
        }
    }
    if (const std::int64_t left = step.state - n; left > 0) {
        const Floats b = load_part(step.b + n, left), c = load_part(step.c + n, left);
#pragma GCC unroll 4
        for (int p = 0; p < Channels; ++p) {
            float* const at = memory + p * step.state + n;
            const Floats updated = fma(decay, load_part(at, left), mul(in[p], b));
            store_part(at, updated, left);
            sums[p] = fma(updated, c, sums[p]);
        }
    }
#pragma GCC unroll 4
    for (int p = 0; p < Channels; ++p)
        step.y[first + p] = sum(sums[p]) + step.d * step.x[first + p];
}

void ssm_step(const SsmStep& step)
{
    std::int64_t p = 0;
    for (; p + 4 <= step.head_dim; p += 4) ssm_channels<4>(step, p);
    for (; p < step.head_dim; ++p) ssm_channels<1>(step, p);
}

} // namespace
} // namespace kernels::cpu

#pragma once

// Exact tiles for any register width. Internal linkage; see vector_rows.h.

#include "kernels/cpu/kernel_table.h"

namespace kernels::cpu {
namespace {

constexpr int kRegisters = kPanelRows / kWidth; // of one panel row

/// T tokens times P panels, all sums in registers: one pass over k, one fused multiply-add a sum
/// and k. Element (t, i) of a stands at a[t * token_step + i * k_step].
template <int T, int P, typename W>
inline void multiply(
    float* c,
    std::int64_t ldc,
    const float* a,
    std::int64_t token_step,
    std::int64_t k_step,
    const W* panel,
    std::int64_t panel_stride,
    std::int64_t k)
{
    constexpr int kColumns = P * kRegisters;
    Floats sums[T][kColumns];
#pragma GCC unroll 16
    for (int t = 0; t < T; ++t) {
#pragma GCC unroll 8
        for (int j = 0; j < kColumns; ++j) sums[t][j] = zero();
    }
    for (std::int64_t i = 0; i < k; ++i) {
        Floats w[kColumns];
#pragma GCC unroll 8
        for (int j = 0; j < kColumns; ++j) {
            w[j] = load(
                panel + j / kRegisters * panel_stride + i * kPanelRows + j % kRegisters * kWidth);
        }
#pragma GCC unroll 16
        for (int t = 0; t < T; ++t) {
            const Floats x = all(a[t * token_step + i * k_step]);
#pragma GCC unroll 8
            for (int j = 0; j < kColumns; ++j) sums[t][j] = fma(x, w[j], sums[t][j]);
        }
    }
#pragma GCC unroll 16
    for (int t = 0; t < T; ++t) {
#pragma GCC unroll 8
        for (int j = 0; j < kColumns; ++j) store(c + t * ldc + j * kWidth, sums[t][j]);
    }
}

/// Panels in groups of at most P. Fewer tokens leave registers for more panels, which keeps the
/// multipliers busy.
template <int T, int P, typename W>
inline void multiply_panels(
    float* c,
    std::int64_t ldc,
    const float* a,
    std::int64_t token_step,
    std::int64_t k_step,
    const W* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t k)
{
    int p = 0;
    for (; p + P <= panels; p += P) {
        multiply<T, P>(
            c + p * kPanelRows,
            ldc,
            a,
            token_step,
            k_step,
            panel + p * panel_stride,
            panel_stride,
            k);
    }
    for (; p < panels; ++p) {
        multiply<T, 1>(
            c + p * kPanelRows,
            ldc,
            a,
            token_step,
            k_step,
            panel + p * panel_stride,
            panel_stride,
            k);
    }
}

void store_tile(
    float* y,
    std::int64_t ldy,
    const float* c,
    std::int64_t ldc,
    int tokens,
    std::int64_t n,
    const float* bias,
    bool add_to_y)
{
    for (std::int64_t r = 0; r < n; r += kWidth) {
        const std::int64_t left = n - r;
        if (left >= kWidth) {
            const Floats shift = bias != nullptr ? load(bias + r) : zero();
            for (int t = 0; t < tokens; ++t) {
                const Floats v = add(load(c + t * ldc + r), shift);
                store(y + t * ldy + r, add_to_y ? add(load(y + t * ldy + r), v) : v);
            }
            continue;
        }
        const Floats shift = bias != nullptr ? load_part(bias + r, left) : zero();
        for (int t = 0; t < tokens; ++t) {
            const Floats v = add(load_part(c + t * ldc + r, left), shift);
            float* to = y + t * ldy + r;
            store_part(to, add_to_y ? add(load_part(to, left), v) : v, left);
        }
    }
}

} // namespace
} // namespace kernels::cpu

#pragma once

// Products with ggml's blocks where their file has them, for any register width. Internal linkage;
// see vector_rows.h.

#include "kernels/cpu/kernel_table.h"
#include "kernels/ggml_blocks.h"

namespace kernels::cpu {
namespace {

/// R rows times T tokens: one block of each row at a time becomes floats that stay in the first
/// cache, the sums stay in registers. The order of a sum is that of dot_rows().
template <int R, int T>
inline void dot_block_rows(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    const StoredRows& w,
    std::int64_t first)
{
    const std::int64_t cols = block_of(w.format).cols, bytes = block_of(w.format).bytes;
    alignas(64) float block[R][kLargestBlock];
    Floats sums[R][T];
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) sums[r][t] = zero();
    for (std::int64_t b = 0; b < w.k / cols; ++b) {
        for (int r = 0; r < R; ++r)
            decode_block(block[r], w.data + (first + r) * w.row_bytes + b * bytes, w.format);
        for (std::int64_t i = 0; i < cols; i += kWidth) {
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t) {
                const Floats in = load(x + t * ldx + b * cols + i);
#pragma GCC unroll 4
                for (int r = 0; r < R; ++r) sums[r][t] = fma(in, load(block[r] + i), sums[r][t]);
            }
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) {
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) c[t * ldc + r] = sum(sums[r][t]);
    }
}

template <int R>
inline void dot_block_tokens(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w,
    std::int64_t first)
{
    int t = 0;
    for (; t + 2 <= tokens; t += 2)
        dot_block_rows<R, 2>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first);
    for (; t < tokens; ++t)
        dot_block_rows<R, 1>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first);
}

void dot_blocks(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    std::int64_t r = 0;
    for (; r + 4 <= w.rows; r += 4) dot_block_tokens<4>(c, ldc, x, ldx, tokens, w, r);
    for (; r < w.rows; ++r) dot_block_tokens<1>(c, ldc, x, ldx, tokens, w, r);
}

void widen_blocks(float* y, const StoredRows& w)
{
    for (std::int64_t r = 0; r < w.rows; ++r)
        decode_blocks(y + r * w.k, w.data + r * w.row_bytes, w.format, w.k);
}

} // namespace
} // namespace kernels::cpu

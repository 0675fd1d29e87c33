#pragma once

// Attention of a few queries over a stretch of keys, for any register width. Internal linkage; see
// vector_rows.h.

#include "kernels/cpu/kernel_table.h"

namespace kernels::cpu {
namespace {

/// Scores of Q queries with `count` <= kWidth keys; lanes beyond count are undefined. Every key is
/// read once.
template <int Q, int D, typename T>
inline void score_keys(const AttendTask& task, const T* keys, int count, Floats result[Q])
{
    Floats parts[Q][kWidth];
    for (int j = 0; j < kWidth; ++j) {
        const T* key = keys + (j < count ? j : 0) * task.k_stride;
        Floats partial[Q];
#pragma GCC unroll 4
        for (int q = 0; q < Q; ++q) partial[q] = zero();
#pragma GCC unroll 16
        for (int d = 0; d < D; d += kWidth) {
            const Floats k = load(key + d);
#pragma GCC unroll 4
            for (int q = 0; q < Q; ++q) partial[q] = fma(load(task.q[q] + d), k, partial[q]);
        }
#pragma GCC unroll 4
        for (int q = 0; q < Q; ++q) parts[q][j] = partial[q];
    }
    for (int q = 0; q < Q; ++q) result[q] = sum_each(parts[q]);
}

/// mixed[q][d..] += sum over keys of weight[q][key] * v[key][d..] for C registers of d.
template <int Q, int C, typename T>
inline void
mix_values(const AttendTask& task, const T* values, std::int64_t keys, std::int64_t lds, int d)
{
    Floats sums[Q][C];
#pragma GCC unroll 4
    for (int q = 0; q < Q; ++q) {
#pragma GCC unroll 4
        for (int c = 0; c < C; ++c) sums[q][c] = zero();
    }
    for (std::int64_t j = 0; j < keys; ++j) {
        Floats v[C];
#pragma GCC unroll 4
        for (int c = 0; c < C; ++c) v[c] = load(values + j * task.v_stride + d + c * kWidth);
#pragma GCC unroll 4
        for (int q = 0; q < Q; ++q) {
            const Floats weight = all(task.scores[q * lds + j]);
#pragma GCC unroll 4
            for (int c = 0; c < C; ++c) sums[q][c] = fma(weight, v[c], sums[q][c]);
        }
    }
#pragma GCC unroll 4
    for (int q = 0; q < Q; ++q) {
#pragma GCC unroll 4
        for (int c = 0; c < C; ++c)
            store(task.mixed + q * task.head_dim + d + c * kWidth, sums[q][c]);
    }
}

template <int Q, int D, typename T>
void attend_queries(const AttendTask& task)
{
    const std::int64_t lds = (task.keys + 15) / 16 * 16;
    const T* keys = static_cast<const T*>(task.k);
    for (std::int64_t j = 0; j < task.keys; j += kWidth) {
        const std::int64_t left = task.keys - j;
        Floats scores[Q];
        score_keys<Q, D>(
            task,
            keys + j * task.k_stride,
            static_cast<int>(left < kWidth ? left : kWidth),
            scores);
        for (int q = 0; q < Q; ++q) store(task.scores + q * lds + j, scores[q]);
    }
    for (int q = 0; q < Q; ++q) {
        float* row = task.scores + q * lds;
        const std::int64_t visible = task.visible[q];
        task.max[q] = visible > 0 ? largest_of(row, visible) : 0.0f;
        task.sum[q] = visible > 0 ? exp_sum(row, 1.0f, visible) : 0.0f;
        for (std::int64_t j = visible; j < task.keys; ++j) row[j] = 0.0f;
    }
    // As many registers of values at a time as leave room for the sums of all queries.
    constexpr int kChunk = kWidth == 16 ? (D % 64 == 0 ? 4 : 2) : 2;
    for (int d = 0; d < D; d += kChunk * kWidth) {
        mix_values<Q, kChunk>(task, static_cast<const T*>(task.v), task.keys, lds, d);
    }
}

template <int D, typename T>
inline void attend_dim(const AttendTask& task)
{
    switch (task.queries) {
    case 1:
        attend_queries<1, D, T>(task);
        break;
    case 2:
        attend_queries<2, D, T>(task);
        break;
    case 3:
        attend_queries<3, D, T>(task);
        break;
    default:
        attend_queries<4, D, T>(task);
        break;
    }
}

void attend(const AttendTask& task)
{
    switch (task.head_dim) {
    case 32:
        task.half ? attend_dim<32, std::uint16_t>(task) : attend_dim<32, float>(task);
        break;
    case 64:
        task.half ? attend_dim<64, std::uint16_t>(task) : attend_dim<64, float>(task);
        break;
    case 128:
        task.half ? attend_dim<128, std::uint16_t>(task) : attend_dim<128, float>(task);
        break;
    default:
        scalar_kernels().attend(task); // no model here has another one
    }
}

} // namespace
} // namespace kernels::cpu

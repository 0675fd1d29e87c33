#pragma once

// Attention of many queries over all keys of one head, everything visible, in BF16 with sums in
// float. Included by kernels_avx512bf16.cpp alone; internal linkage.
//
// Keys are taken in stretches that stay in the second cache beside the queries, and the softmax is
// corrected from stretch to stretch. Source: Dao et al. 2022 (FlashAttention), algorithm 1.

#include "kernels/cpu/avx512bf16_words.h"
#include "kernels/cpu/vector_exp.h"

#include <cstring>

namespace kernels::cpu {
namespace {

constexpr int kQueryTile = 12;             // times two panels of keys: 24 sums
constexpr std::int64_t kStretchKeys = 512; // of 128 numbers: 256 KB with their values
constexpr int kQueryTiles = kRoundedQueries / kQueryTile;

void pack_rounded_keys(
    std::uint16_t* panel,
    const float* keys,
    std::int64_t ldk,
    int count,
    std::int64_t dim)
{
    auto* pairs = reinterpret_cast<float*>(panel); // a pair moves like a float
    for (std::int64_t d = 0; d < dim; d += 2 * kWidth) {
        Floats of_keys[kWidth];
        for (int j = 0; j < kWidth; ++j)
            of_keys[j] =
                j < count ? _mm512_castsi512_ps(rounded(keys + j * ldk + d, dim - d)) : zero();
        transpose(of_keys);
        for (std::int64_t i = 0; i < kWidth && d + 2 * i < dim; ++i)
            store(pairs + (d / 2 + i) * kWidth, of_keys[i]);
    }
}

void pack_rounded_values(std::uint16_t* pairs, const float* a, const float* b)
{
    const auto words = [](const float* p) {
        return _mm512_cvtepu16_epi32(
            reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(p != nullptr ? load(p) : zero())));
    };
    _mm512_storeu_si512(pairs, _mm512_or_si512(words(a), shift_left<16>(words(b))));
}

/// scores[t * lds ...] = 12 queries times the keys of two panels.
inline void score_panels(
    float* scores,
    std::int64_t lds,
    const std::int32_t* queries, // [dim / 2][12] pairs
    const std::uint16_t* panel,
    std::int64_t dim)
{
    Floats sum[kQueryTile][2];
#pragma GCC unroll 12
    for (int t = 0; t < kQueryTile; ++t) sum[t][0] = sum[t][1] = zero();
    const std::uint16_t* next = panel + dim * kWidth;
    for (std::int64_t i = 0; i < dim / 2; ++i) {
        const Ints first = load_words(panel + i * 2 * kWidth);
        const Ints second = load_words(next + i * 2 * kWidth);
#pragma GCC unroll 12
        for (int t = 0; t < kQueryTile; ++t) {
            const Ints pair = all(queries[i * kQueryTile + t]);
            sum[t][0] = multiply(sum[t][0], pair, first);
            sum[t][1] = multiply(sum[t][1], pair, second);
        }
    }
#pragma GCC unroll 12
    for (int t = 0; t < kQueryTile; ++t) {
        store(scores + t * lds, sum[t][0]);
        store(scores + t * lds + kWidth, sum[t][1]);
    }
}

/// mixed[t * dim ...] += 4 rows of weights times P panels of values.
template <int P>
inline void mix_panels(
    float* mixed,
    std::int64_t dim,
    const std::int32_t* weights, // [4][stretch / 2] pairs
    const std::uint16_t* values,
    std::int64_t panel_stride,
    std::int64_t pairs)
{
    Floats sum[4][P];
#pragma GCC unroll 4
    for (int t = 0; t < 4; ++t) {
#pragma GCC unroll 5
        for (int p = 0; p < P; ++p) sum[t][p] = load(mixed + t * dim + p * kWidth);
    }
    for (std::int64_t j = 0; j < pairs; ++j) {
        Ints value[P];
#pragma GCC unroll 5
        for (int p = 0; p < P; ++p)
            value[p] = load_words(values + p * panel_stride + j * 2 * kWidth);
#pragma GCC unroll 4
        for (int t = 0; t < 4; ++t) {
            const Ints weight = all(weights[t * kStretchKeys / 2 + j]);
#pragma GCC unroll 5
            for (int p = 0; p < P; ++p) sum[t][p] = multiply(sum[t][p], weight, value[p]);
        }
    }
#pragma GCC unroll 4
    for (int t = 0; t < 4; ++t) {
#pragma GCC unroll 5
        for (int p = 0; p < P; ++p) store(mixed + t * dim + p * kWidth, sum[t][p]);
    }
}

inline void mix_values(
    float* mixed,
    std::int64_t dim,
    const std::int32_t* weights,
    const std::uint16_t* values,
    std::int64_t panel_stride,
    std::int64_t pairs)
{
    const std::int64_t panels = dim / kWidth;
    for (std::int64_t p = 0; p < panels;) {
        float* to = mixed + p * kWidth;
        const std::uint16_t* from = values + p * panel_stride;
        const std::int64_t left = panels - p;
        if (left >= 5 && left != 8) {
            mix_panels<5>(to, dim, weights, from, panel_stride, pairs);
            p += 5;
        } else if (left >= 4) {
            mix_panels<4>(to, dim, weights, from, panel_stride, pairs);
            p += 4;
        } else if (left >= 2) {
            mix_panels<2>(to, dim, weights, from, panel_stride, pairs);
            p += 2;
        } else {
            mix_panels<1>(to, dim, weights, from, panel_stride, pairs);
            p += 1;
        }
    }
}

inline float exp_of(float x)
{
    return _mm512_cvtss_f32(exp(all(x)));
}

/// weights = exp(scores * scale - largest), rounded; zeros from `count` to a multiple of 32.
/// Answers their sum before rounding.
inline float
weigh(std::uint16_t* weights, const float* scores, std::int64_t count, float scale, float largest)
{
    Floats total = zero();
    const auto weight = [&](std::int64_t j) {
        if (j >= count) return zero();
        Floats w = exp(_mm512_fmsub_ps(load(scores + j), all(scale), all(largest)));
        if (count - j < kWidth) w = _mm512_maskz_mov_ps(first(count - j), w);
        total = add(total, w);
        return w;
    };
    for (std::int64_t j = 0; j < count; j += 2 * kWidth) {
        const Floats low = weight(j);
        const Floats high = weight(j + kWidth);
        _mm512_storeu_si512(weights + j, reinterpret_cast<Ints>(_mm512_cvtne2ps_pbh(high, low)));
    }
    return sum(total);
}

inline float largest_score(const float* scores, std::int64_t count)
{
    const Floats lowest = all(-3.0e38f);
    Floats top = lowest;
    for (std::int64_t j = 0; j < count; j += kWidth)
        top =
            max(top,
                count - j >= kWidth ? load(scores + j)
                                    : _mm512_mask_loadu_ps(lowest, first(count - j), scores + j));
    return largest(top);
}

void attend_rounded(const RoundedAttendTask& task)
{
    const std::int64_t dim = task.head_dim;
    const int tiles = (task.queries + kQueryTile - 1) / kQueryTile;
    float* next = task.scratch;
    const auto take = [&](std::int64_t floats) {
        float* const place = next;
        next += (floats + kWidth - 1) / kWidth * kWidth;
        return place;
    };
    auto* queries = reinterpret_cast<std::int32_t*>(take(kRoundedQueries * dim / 2));
    float* mixed = take(kRoundedQueries * dim);
    float* scores = take(kQueryTile * kStretchKeys);
    auto* weights = reinterpret_cast<std::uint16_t*>(take(kQueryTile * kStretchKeys / 2));
    float tops[kRoundedQueries], sums[kRoundedQueries];

    std::memset(queries, 0, static_cast<std::size_t>(kRoundedQueries * dim) * 2);
    std::memset(mixed, 0, static_cast<std::size_t>(kRoundedQueries * dim) * sizeof(float));
    for (int t = 0; t < kRoundedQueries; ++t) {
        tops[t] = -3.0e38f;
        sums[t] = 0.0f;
        if (t >= task.queries) continue;
        std::int32_t* to = queries + t / kQueryTile * kQueryTile * dim / 2 + t % kQueryTile;
        for (std::int64_t d = 0; d < dim; d += 2 * kWidth) {
            alignas(64) std::int32_t pairs[kWidth];
            _mm512_store_si512(pairs, rounded(task.q + t * task.ldq + d, dim - d));
            for (std::int64_t i = 0; i < kWidth && d + 2 * i < dim; ++i)
                to[(d / 2 + i) * kQueryTile] = pairs[i];
        }
    }
    for (std::int64_t begin = 0; begin < task.count; begin += kStretchKeys) {
        const std::int64_t left = task.count - begin;
        const std::int64_t count = left < kStretchKeys ? left : kStretchKeys;
        for (int tile = 0; tile < tiles; ++tile) {
            const std::int32_t* rows = queries + tile * kQueryTile * dim / 2;
            for (std::int64_t j = 0; j < count; j += 2 * kWidth)
                score_panels(scores + j, kStretchKeys, rows, task.keys + (begin + j) * dim, dim);
            for (int i = 0; i < kQueryTile; ++i) {
                const int t = tile * kQueryTile + i;
                const float* row = scores + i * kStretchKeys;
                const float top = task.scale * largest_score(row, count);
                if (top > tops[t]) {
                    const float correction = exp_of(tops[t] - top);
                    sums[t] *= correction;
                    for (std::int64_t d = 0; d < dim; d += kWidth)
                        store(mixed + t * dim + d, mul(load(mixed + t * dim + d), all(correction)));
                    tops[t] = top;
                }
                sums[t] += weigh(weights + i * kStretchKeys, row, count, task.scale, tops[t]);
            }
            for (int i = 0; i < kQueryTile; i += 4)
                mix_values(
                    mixed + (tile * kQueryTile + i) * dim,
                    dim,
                    reinterpret_cast<const std::int32_t*>(weights + i * kStretchKeys),
                    task.values + begin * kWidth,
                    task.padded_count * kWidth,
                    (count + 1) / 2);
        }
    }
    for (int t = 0; t < task.queries; ++t)
        for (std::int64_t d = 0; d < dim; d += kWidth)
            store(task.y + t * task.ldy + d, mul(load(mixed + t * dim + d), all(1.0f / sums[t])));
}

} // namespace
} // namespace kernels::cpu

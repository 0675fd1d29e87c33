#pragma once

// Products with rows as their file stores them, for any register width. Internal linkage; see
// vector_rows.h.

#include "kernels/cpu/kernel_table.h"
#include "kernels/small_floats.h"

#include <cstddef>
#include <cstring>

namespace kernels::cpu {
namespace {

/// What a format differs in: `kWidth` weights from element i on, a multiple of kWidth. kFactor is
/// left for the finished sum; a power of two, so that it changes no rounding.
struct F32Row {
    static constexpr std::int64_t kBytes = 4;
    static constexpr float kFactor = 1.0f;
    static Floats at(const std::byte* row, const std::byte*, std::int64_t i)
    {
        return load_f32(row + i * kBytes);
    }
};
struct F16Row {
    static constexpr std::int64_t kBytes = 2;
    static constexpr float kFactor = 1.0f;
    static Floats at(const std::byte* row, const std::byte*, std::int64_t i)
    {
        return load_f16(row + i * kBytes);
    }
};
struct Bf16Row {
    static constexpr std::int64_t kBytes = 2;
    static constexpr float kFactor = 1.0f;
    static Floats at(const std::byte* row, const std::byte*, std::int64_t i)
    {
        return load_bf16(row + i * kBytes);
    }
};
struct E4m3Row {
    static constexpr std::int64_t kBytes = 1;
    static constexpr float kFactor = 256.0f;
    static Floats at(const std::byte* row, const std::byte*, std::int64_t i)
    {
        return load_e4m3(row + i);
    }
};
struct Nvfp4Row {
    static constexpr std::int64_t kBytes = 0; // half of one: rows are whole blocks, without odd end
    static constexpr float kFactor = 1.0f;
    static Floats at(const std::byte* row, const std::byte* scales, std::int64_t i)
    {
        const auto code = static_cast<std::size_t>(scales[i / kNvfp4Block]);
        return mul(load_e2m1(row + i / 2), all(kE4m3[code]));
    }
};

/// The last n < kWidth weights of a row, zeros after them.
template <class Row>
inline Floats end_of_row(const std::byte* row, std::int64_t i, std::int64_t n)
{
    if constexpr (Row::kBytes == 0) {
        return zero();
    } else {
        std::byte rest[kWidth * 4] = {};
        std::memcpy(rest, row + i * Row::kBytes, static_cast<std::size_t>(n * Row::kBytes));
        return Row::at(rest, nullptr, 0);
    }
}

/// R rows times T tokens, all sums in registers.
template <int R, int T, class Row>
inline void dot_block(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    const StoredRows& w,
    std::int64_t first)
{
    const std::byte* row[R];
    const std::byte* scales[R] = {};
    Floats sums[R][T];
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) {
        row[r] = w.data + (first + r) * w.row_bytes;
        if (Row::kBytes == 0) scales[r] = w.scales + (first + r) * (w.k / kNvfp4Block);
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) sums[r][t] = zero();
    }
    std::int64_t i = 0;
    for (; i + kWidth <= w.k; i += kWidth) {
        Floats weight[R];
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) weight[r] = Row::at(row[r], scales[r], i);
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) {
            const Floats in = load(x + t * ldx + i);
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r) sums[r][t] = fma(in, weight[r], sums[r][t]);
        }
    }
    if (i < w.k) {
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
            const Floats weight = end_of_row<Row>(row[r], i, w.k - i);
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t)
                sums[r][t] = fma(load_part(x + t * ldx + i, w.k - i), weight, sums[r][t]);
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) {
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) c[t * ldc + r] = sum(sums[r][t]) * Row::kFactor;
    }
}

/// The most sums that leave room for 4 weights and an activation: 24 of 32 registers, or 8 of 16.
constexpr int kDotTokens = kWidth == 16 ? 6 : 2;

template <int R, class Row>
inline void dot_tokens(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w,
    std::int64_t first)
{
    int t = 0;
    for (; t + kDotTokens <= tokens; t += kDotTokens)
        dot_block<R, kDotTokens, Row>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first);
    if (kDotTokens > 2)
        for (; t + 2 <= tokens; t += 2)
            dot_block<R, 2, Row>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first);
    for (; t < tokens; ++t)
        dot_block<R, 1, Row>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first);
}

template <class Row>
inline void dot_format(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    std::int64_t r = 0;
    for (; r + 4 <= w.rows; r += 4) dot_tokens<4, Row>(c, ldc, x, ldx, tokens, w, r);
    for (; r < w.rows; ++r) dot_tokens<1, Row>(c, ldc, x, ldx, tokens, w, r);
}

void dot_rows(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    switch (w.format) {
    case WeightFormat::F16:
        return dot_format<F16Row>(c, ldc, x, ldx, tokens, w);
    case WeightFormat::BF16:
        return dot_format<Bf16Row>(c, ldc, x, ldx, tokens, w);
    case WeightFormat::F8E4M3:
        return dot_format<E4m3Row>(c, ldc, x, ldx, tokens, w);
    case WeightFormat::NVFP4:
        return dot_format<Nvfp4Row>(c, ldc, x, ldx, tokens, w);
    default:
        return dot_format<F32Row>(c, ldc, x, ldx, tokens, w);
    }
}

template <class Row>
inline void widen_format(float* y, const StoredRows& w)
{
    for (std::int64_t r = 0; r < w.rows; ++r, y += w.k) {
        const std::byte* row = w.data + r * w.row_bytes;
        const std::byte* scales =
            w.scales != nullptr ? w.scales + r * (w.k / kNvfp4Block) : nullptr;
        std::int64_t i = 0;
        for (; i + kWidth <= w.k; i += kWidth)
            store(y + i, mul(Row::at(row, scales, i), all(Row::kFactor)));
        if (i < w.k)
            store_part(y + i, mul(end_of_row<Row>(row, i, w.k - i), all(Row::kFactor)), w.k - i);
    }
}

void widen_rows(float* y, const StoredRows& w)
{
    switch (w.format) {
    case WeightFormat::F16:
        return widen_format<F16Row>(y, w);
    case WeightFormat::BF16:
        return widen_format<Bf16Row>(y, w);
    case WeightFormat::F8E4M3:
        return widen_format<E4m3Row>(y, w);
    case WeightFormat::NVFP4:
        return widen_format<Nvfp4Row>(y, w);
    default:
        return widen_format<F32Row>(y, w);
    }
}

} // namespace
} // namespace kernels::cpu

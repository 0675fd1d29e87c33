#pragma once

// Integer tiles with VNNI: dpbusd adds four products of an unsigned byte (a weight) and a signed
// one (an activation) to each of 16 sums. Included by kernels_avx512.cpp alone; internal linkage.

#include "kernels/cpu/kernel_table.h"

namespace kernels::cpu {
namespace {

inline __m512i load_bytes(const std::uint8_t* p)
{
    return _mm512_loadu_si512(p);
}

using Word [[gnu::may_alias, gnu::aligned(1)]] = std::int32_t;

/// The same 4 activations for every row.
inline __m512i all_words(const std::int8_t* p)
{
    return _mm512_set1_epi32(*reinterpret_cast<const Word*>(p));
}

/// Decoding reads each weight once, from memory. The hardware's prefetcher stops at every page of 4
/// KB, which is less than a panel; asking ahead by hand keeps it going into the next one. Beyond
/// the last panel a prefetch does nothing.
constexpr std::int64_t kAhead = 4096;
template <int Lines>
inline void prefetch(const std::uint8_t* p)
{
#pragma GCC unroll 8
    for (int i = 0; i < Lines; ++i) _mm_prefetch(p + i * 64, _MM_HINT_T0);
}

/// Adds one block to every token's sums: both planes of activations times the 8 unpacked words of
/// weights.
template <int T>
inline void multiply_block(__m512i dots[T], const std::int8_t* quants, const __m512i weights[8])
{
    // The high plane counts 128-fold; shifting it once leaves one chain of sums a token.
#pragma GCC unroll 8
    for (int g = 0; g < 8; ++g) {
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t)
            dots[t] = _mm512_dpbusd_epi32(dots[t], weights[g], all_words(quants + (g * T + t) * 4));
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) dots[t] = _mm512_slli_epi32(dots[t], 7);
#pragma GCC unroll 8
    for (int g = 0; g < 8; ++g) {
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t)
            dots[t] =
                _mm512_dpbusd_epi32(dots[t], weights[g], all_words(quants + ((8 + g) * T + t) * 4));
    }
}

template <int T>
void multiply_q4(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    const std::uint8_t* panel,
    std::int64_t blocks)
{
    Floats sums[T];
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) sums[t] = zero();
    const __m512i low_nibbles = _mm512_set1_epi8(15);
    for (std::int64_t b = 0; b < blocks; ++b, panel += kQ4PanelBlockBytes) {
        if constexpr (T == 1) prefetch<kQ4PanelBlockBytes / 64>(panel + kAhead);
        __m512i weights[8];
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) {
            const __m512i pairs = load_bytes(panel + v * 64);
            weights[2 * v] = _mm512_and_si512(pairs, low_nibbles);
            weights[2 * v + 1] = _mm512_and_si512(_mm512_srli_epi16(pairs, 4), low_nibbles);
        }
        __m512i dots[T];
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) dots[t] = _mm512_setzero_si512();
        multiply_block<T>(dots, a.quants + b * 64 * T, weights);
        const Floats d = load(reinterpret_cast<const std::uint16_t*>(panel + 256));
        const Floats m = load(reinterpret_cast<const std::uint16_t*>(panel + 288));
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) {
            const Floats dot = mul(_mm512_cvtepi32_ps(dots[t]), all(a.scales[b * T + t]));
            sums[t] = fma(m, all(a.scaled_sums[b * T + t]), fma(d, dot, sums[t]));
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) store(c + t * ldc, sums[t]);
}

template <int T>
void multiply_q8(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    const std::uint8_t* panel,
    std::int64_t blocks)
{
    Floats sums[T];
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) sums[t] = zero();
    const auto* scales = reinterpret_cast<const std::uint16_t*>(panel + blocks * 512);
    for (std::int64_t b = 0; b < blocks; ++b) {
        if constexpr (T == 1) prefetch<8>(panel + b * 512 + kAhead);
        __m512i weights[8];
#pragma GCC unroll 8
        for (int g = 0; g < 8; ++g) weights[g] = load_bytes(panel + b * 512 + g * 64);
        __m512i dots[T];
        // Weights are stored + 128; what that adds is taken off in 128ths, before the high plane's
        // shift.
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) dots[t] = _mm512_set1_epi32(-a.sums[b * T + t]);
        multiply_block<T>(dots, a.quants + b * 64 * T, weights);
        const Floats d = load(scales + b * kPanelRows);
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) {
            sums[t] = fma(mul(_mm512_cvtepi32_ps(dots[t]), all(a.scales[b * T + t])), d, sums[t]);
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) store(c + t * ldc, sums[t]);
}

void tile_q4(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    int tokens,
    const std::uint8_t* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t blocks)
{
    for (int p = 0; p < panels; ++p, c += kPanelRows, panel += panel_stride) {
        switch (tokens) {
        case 1:
            multiply_q4<1>(c, ldc, a, panel, blocks);
            break;
        case 2:
            multiply_q4<2>(c, ldc, a, panel, blocks);
            break;
        case 4:
            multiply_q4<4>(c, ldc, a, panel, blocks);
            break;
        case 6:
            multiply_q4<6>(c, ldc, a, panel, blocks);
            break;
        default:
            multiply_q4<8>(c, ldc, a, panel, blocks);
        }
    }
}

void tile_q8(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    int tokens,
    const std::uint8_t* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t blocks)
{
    for (int p = 0; p < panels; ++p, c += kPanelRows, panel += panel_stride) {
        switch (tokens) {
        case 1:
            multiply_q8<1>(c, ldc, a, panel, blocks);
            break;
        case 2:
            multiply_q8<2>(c, ldc, a, panel, blocks);
            break;
        case 4:
            multiply_q8<4>(c, ldc, a, panel, blocks);
            break;
        case 6:
            multiply_q8<6>(c, ldc, a, panel, blocks);
            break;
        default:
            multiply_q8<8>(c, ldc, a, panel, blocks);
        }
    }
}

} // namespace
} // namespace kernels::cpu

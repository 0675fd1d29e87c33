#pragma once

// 16 floats at a time. Included by kernels_avx512.cpp alone; everything has internal linkage, so
// that no code for this processor can reach another translation unit.

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace kernels::cpu {
namespace {

using Floats = __m512;
using Ints = __m512i;
constexpr int kWidth = 16;

inline __mmask16 first(std::int64_t n)
{
    return static_cast<__mmask16>((1u << n) - 1u);
}

inline Floats load(const float* p)
{
    return _mm512_loadu_ps(p);
}
inline Floats load(const std::uint16_t* p)
{
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
}
/// The first n < kWidth elements, zeros after them; touches no memory beyond.
inline Floats load_part(const float* p, std::int64_t n)
{
    return _mm512_maskz_loadu_ps(first(n), p);
}
inline Floats load_part(const std::uint16_t* p, std::int64_t n)
{
    return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(first(n), p));
}
inline void store(float* p, Floats v)
{
    _mm512_storeu_ps(p, v);
}
inline void store_part(float* p, Floats v, std::int64_t n)
{
    _mm512_mask_storeu_ps(p, first(n), v);
}
inline __m256i narrow(Floats v)
{
    return _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline void store(std::uint16_t* p, Floats v)
{
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), narrow(v));
}
inline void store_part(std::uint16_t* p, Floats v, std::int64_t n)
{
    _mm256_mask_storeu_epi16(p, first(n), narrow(v));
}
inline Floats load_bfloat(const std::uint16_t* p)
{
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}

// Weights where their file has them: kWidth elements, any alignment.
inline Floats load_f32(const std::byte* p)
{
    return _mm512_loadu_ps(p);
}
inline Floats load_f16(const std::byte* p)
{
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
}
inline Floats load_bf16(const std::byte* p)
{
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}
/// E4M3 / 256: the bits of a half whose exponent is 8 smaller, which converts without the penalty
/// that a subnormal float would have.
inline Floats load_e4m3(const std::byte* p)
{
    const __m128i codes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m256i high = _mm256_slli_epi16(_mm256_cvtepu8_epi16(codes), 8);
    const __m256i halves =
        _mm256_and_si256(_mm256_srai_epi16(high, 1), _mm256_set1_epi16(static_cast<short>(0xbf80)));
    return _mm512_cvtph_ps(halves);
}
/// Codes from the low nibble of a byte on.
inline Floats load_e2m1(const std::byte* p)
{
    const __m512 values = _mm512_setr_ps(
        0.0f,
        0.5f,
        1.0f,
        1.5f,
        2.0f,
        3.0f,
        4.0f,
        6.0f,
        -0.0f,
        -0.5f,
        -1.0f,
        -1.5f,
        -2.0f,
        -3.0f,
        -4.0f,
        -6.0f);
    const __m128i pairs = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
    const __m128i codes = _mm_unpacklo_epi8(pairs, _mm_srli_epi16(pairs, 4));
    return _mm512_permutexvar_ps(_mm512_cvtepu8_epi32(codes), values); // of each index 4 bits count
}

inline Floats all(float v)
{
    return _mm512_set1_ps(v);
}
inline Floats zero()
{
    return _mm512_setzero_ps();
}
inline Floats add(Floats a, Floats b)
{
    return _mm512_add_ps(a, b);
}
inline Floats sub(Floats a, Floats b)
{
    return _mm512_sub_ps(a, b);
}
inline Floats mul(Floats a, Floats b)
{
    return _mm512_mul_ps(a, b);
}
inline Floats div(Floats a, Floats b)
{
    return _mm512_div_ps(a, b);
}
inline Floats max(Floats a, Floats b)
{
    return _mm512_max_ps(a, b);
}
inline Floats min(Floats a, Floats b)
{
    return _mm512_min_ps(a, b);
}
inline Floats abs(Floats a)
{
    return _mm512_abs_ps(a);
}
inline Floats sqrt(Floats a)
{
    return _mm512_sqrt_ps(a);
}
inline Floats fma(Floats a, Floats b, Floats c)
{
    return _mm512_fmadd_ps(a, b, c);
}
inline float sum(Floats v)
{
    return _mm512_reduce_add_ps(v);
}
inline float largest(Floats v)
{
    return _mm512_reduce_max_ps(v);
}
inline Floats round(Floats v)
{
    return _mm512_roundscale_ps(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/// v * 2^n for whole n.
inline Floats times_power_of_two(Floats v, Floats n)
{
    return _mm512_scalef_ps(v, n);
}
/// a where x < limit, else b; the sign of `sign` on |v|.
inline Floats select_below(Floats x, Floats limit, Floats a, Floats b)
{
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, limit, _CMP_LT_OQ), b, a);
}
inline Floats with_sign(Floats v, Floats sign)
{
    return _mm512_or_ps(v, _mm512_and_ps(sign, all(-0.0f)));
}

/// Bytes 16 j to 16 j + 15 of 32 signed ones.
template <int j>
inline Floats floats_of_bytes(__m256i v)
{
    const __m128i half = j == 0 ? _mm256_castsi256_si128(v) : _mm256_extracti128_si256(v, 1);
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(half));
}
inline Ints to_ints(Floats v)
{
    return _mm512_cvtps_epi32(v);
} // nearest, ties to even
inline Ints add(Ints a, Ints b)
{
    return _mm512_add_epi32(a, b);
}
inline Ints sub(Ints a, Ints b)
{
    return _mm512_sub_epi32(a, b);
}
inline Ints all(std::int32_t v)
{
    return _mm512_set1_epi32(v);
}
template <int Bits>
inline Ints shift_left(Ints v)
{
    return _mm512_slli_epi32(v, Bits);
}
template <int Bits>
inline Ints shift_right(Ints v)
{
    return _mm512_srai_epi32(v, Bits);
}
inline std::int32_t sum(Ints v)
{
    return _mm512_reduce_add_epi32(v);
}
/// kWidth signed bytes; values must fit.
inline void store_bytes(std::int8_t* p, Ints v)
{
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(v));
}

/// Halves what is left to add of two: stretches of `Width` lanes come by turns from a and from b,
/// each the sum of a stretch and its neighbour. Blends run beside the shuffles that they save.
template <int Width>
inline Floats add_neighbours(Floats a, Floats b)
{
    constexpr __mmask16 kOdd = Width == 1   ? 0xaaaa
                               : Width == 2 ? 0xcccc
                               : Width == 4 ? 0xf0f0
                                            : 0xff00;
    const Floats own = _mm512_mask_blend_ps(kOdd, a, b);
    const Floats other = _mm512_mask_blend_ps(kOdd, b, a);
    if constexpr (Width == 1)
        return add(own, _mm512_permute_ps(other, 0xb1));
    else if constexpr (Width == 2)
        return add(own, _mm512_permute_ps(other, 0x4e));
    else if constexpr (Width == 4)
        return add(own, _mm512_shuffle_f32x4(other, other, 0xb1));
    else
        return add(own, _mm512_shuffle_f32x4(other, other, 0x4e));
}
/// Lane 4 i + j of the result: what is left to add of v[j] in lanes 4 i to 4 i + 3.
inline Floats add_four(Floats v0, Floats v1, Floats v2, Floats v3)
{
    return add_neighbours<2>(add_neighbours<1>(v0, v1), add_neighbours<1>(v2, v3));
}
/// Lane 4 i + j of the result: the sum of lanes j, 4 + j, 8 + j, 12 + j of fours[i].
inline Floats add_fours(Floats four0, Floats four1, Floats four2, Floats four3)
{
    return add_neighbours<8>(add_neighbours<4>(four0, four1), add_neighbours<4>(four2, four3));
}
/// Result lane j = sum of v[j].
inline Floats sum_each(const Floats v[kWidth])
{
    return add_fours(
        add_four(v[0], v[1], v[2], v[3]),
        add_four(v[4], v[5], v[6], v[7]),
        add_four(v[8], v[9], v[10], v[11]),
        add_four(v[12], v[13], v[14], v[15]));
}

/// Rows become columns.
inline void transpose(Floats v[kWidth])
{
    Floats a[kWidth];
    for (int i = 0; i < 16; i += 4) { // 4 x 4 inside every 128-bit lane
        const Floats low01 = _mm512_unpacklo_ps(v[i], v[i + 1]);
        const Floats low23 = _mm512_unpacklo_ps(v[i + 2], v[i + 3]);
        const Floats high01 = _mm512_unpackhi_ps(v[i], v[i + 1]);
        const Floats high23 = _mm512_unpackhi_ps(v[i + 2], v[i + 3]);
        a[i] = _mm512_shuffle_ps(low01, low23, 0x44);
        a[i + 1] = _mm512_shuffle_ps(low01, low23, 0xee);
        a[i + 2] = _mm512_shuffle_ps(high01, high23, 0x44);
        a[i + 3] = _mm512_shuffle_ps(high01, high23, 0xee);
    }
    for (int j = 0; j < 4; ++j) { // then the lanes
        const Floats low02 = _mm512_shuffle_f32x4(a[j], a[j + 4], 0x88);
        const Floats low13 = _mm512_shuffle_f32x4(a[j], a[j + 4], 0xdd);
        const Floats high02 = _mm512_shuffle_f32x4(a[j + 8], a[j + 12], 0x88);
        const Floats high13 = _mm512_shuffle_f32x4(a[j + 8], a[j + 12], 0xdd);
        v[j] = _mm512_shuffle_f32x4(low02, high02, 0x88);
        v[j + 4] = _mm512_shuffle_f32x4(low13, high13, 0x88);
        v[j + 8] = _mm512_shuffle_f32x4(low02, high02, 0xdd);
        v[j + 12] = _mm512_shuffle_f32x4(low13, high13, 0xdd);
    }
}

} // namespace
} // namespace kernels::cpu

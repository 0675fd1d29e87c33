#pragma once

// 8 floats at a time. Included by kernels_avx2.cpp alone; everything has internal linkage, so that
// no code for this processor can reach another translation unit.

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace kernels::cpu {
namespace {

using Floats = __m256;
using Ints = __m256i;
constexpr int kWidth = 8;

inline __m256i first(std::int64_t n)
{
    return _mm256_cmpgt_epi32(
        _mm256_set1_epi32(static_cast<int>(n)),
        _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

inline Floats load(const float* p)
{
    return _mm256_loadu_ps(p);
}
inline Floats load(const std::uint16_t* p)
{
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
/// The first n < kWidth elements, zeros after them; touches no memory beyond.
inline Floats load_part(const float* p, std::int64_t n)
{
    return _mm256_maskload_ps(p, first(n));
}
inline Floats load_part(const std::uint16_t* p, std::int64_t n)
{
    alignas(16) std::uint16_t part[kWidth] = {};
    for (std::int64_t i = 0; i < n; ++i) part[i] = p[i];
    return load(part);
}
inline void store(float* p, Floats v)
{
    _mm256_storeu_ps(p, v);
}
inline void store_part(float* p, Floats v, std::int64_t n)
{
    _mm256_maskstore_ps(p, first(n), v);
}
inline void store(std::uint16_t* p, Floats v)
{
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
}
inline void store_part(std::uint16_t* p, Floats v, std::int64_t n)
{
    alignas(16) std::uint16_t part[kWidth];
    store(part, v);
    for (std::int64_t i = 0; i < n; ++i) p[i] = part[i];
}
inline Floats load_bfloat(const std::uint16_t* p)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

// Weights where their file has them: kWidth elements, any alignment.
inline Floats load_f32(const std::byte* p)
{
    return _mm256_castsi256_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
}
inline Floats load_f16(const std::byte* p)
{
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
inline Floats load_bf16(const std::byte* p)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}
/// E4M3 / 256: the bits of a half whose exponent is 8 smaller, which converts without the penalty
/// that a subnormal float would have.
inline Floats load_e4m3(const std::byte* p)
{
    const __m128i codes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
    const __m128i high = _mm_slli_epi16(_mm_cvtepu8_epi16(codes), 8);
    const __m128i halves =
        _mm_and_si128(_mm_srai_epi16(high, 1), _mm_set1_epi16(static_cast<short>(0xbf80)));
    return _mm256_cvtph_ps(halves);
}
/// Codes from the low nibble of a byte on.
inline Floats load_e2m1(const std::byte* p)
{
    // Twice each value, as signed bytes.
    const __m128i doubled = _mm_setr_epi8(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);
    const __m128i pairs = _mm_loadu_si32(p);
    const __m128i codes =
        _mm_and_si128(_mm_unpacklo_epi8(pairs, _mm_srli_epi16(pairs, 4)), _mm_set1_epi8(15));
    const __m256i whole = _mm256_cvtepi8_epi32(_mm_shuffle_epi8(doubled, codes));
    return _mm256_mul_ps(_mm256_cvtepi32_ps(whole), _mm256_set1_ps(0.5f));
}

inline Floats all(float v)
{
    return _mm256_set1_ps(v);
}
inline Floats zero()
{
    return _mm256_setzero_ps();
}
inline Floats add(Floats a, Floats b)
{
    return _mm256_add_ps(a, b);
}
inline Floats sub(Floats a, Floats b)
{
    return _mm256_sub_ps(a, b);
}
inline Floats mul(Floats a, Floats b)
{
    return _mm256_mul_ps(a, b);
}
inline Floats div(Floats a, Floats b)
{
    return _mm256_div_ps(a, b);
}
inline Floats max(Floats a, Floats b)
{
    return _mm256_max_ps(a, b);
}
inline Floats min(Floats a, Floats b)
{
    return _mm256_min_ps(a, b);
}
inline Floats abs(Floats a)
{
    return _mm256_andnot_ps(all(-0.0f), a);
}
inline Floats sqrt(Floats a)
{
    return _mm256_sqrt_ps(a);
}
inline Floats fma(Floats a, Floats b, Floats c)
{
    return _mm256_fmadd_ps(a, b, c);
}
inline float sum(Floats v)
{
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}
inline float largest(Floats v)
{
    __m128 half = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_movehdup_ps(half)));
}
inline Floats round(Floats v)
{
    return _mm256_round_ps(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/// v * 2^n for whole n in [-126, 127].
inline Floats times_power_of_two(Floats v, Floats n)
{
    const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return mul(v, _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23)));
}
/// a where x < limit, else b; the sign of `sign` on |v|.
inline Floats select_below(Floats x, Floats limit, Floats a, Floats b)
{
    return _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, limit, _CMP_LT_OQ));
}
inline Floats with_sign(Floats v, Floats sign)
{
    return _mm256_or_ps(v, _mm256_and_ps(sign, all(-0.0f)));
}

/// Bytes 8 j to 8 j + 7 of 32 signed ones.
template <int j>
inline Floats floats_of_bytes(__m256i v)
{
    const __m128i half = j < 2 ? _mm256_castsi256_si128(v) : _mm256_extracti128_si256(v, 1);
    const __m128i eight = j % 2 == 0 ? half : _mm_unpackhi_epi64(half, half);
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(eight));
}
inline Ints to_ints(Floats v)
{
    return _mm256_cvtps_epi32(v);
} // nearest, ties to even
inline Ints add(Ints a, Ints b)
{
    return _mm256_add_epi32(a, b);
}
inline Ints sub(Ints a, Ints b)
{
    return _mm256_sub_epi32(a, b);
}
inline Ints all(std::int32_t v)
{
    return _mm256_set1_epi32(v);
}
template <int Bits>
inline Ints shift_left(Ints v)
{
    return _mm256_slli_epi32(v, Bits);
}
template <int Bits>
inline Ints shift_right(Ints v)
{
    return _mm256_srai_epi32(v, Bits);
}
inline std::int32_t sum(Ints v)
{
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1)));
}
/// kWidth signed bytes; values must fit.
inline void store_bytes(std::int8_t* p, Ints v)
{
    const __m128i words =
        _mm_packs_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_packs_epi16(words, words));
}

/// Result lane j = sum of v[j].
inline Floats sum_each(const Floats v[kWidth])
{
    Floats half[4]; // lane i of half j: what is left of v[4 i + j]
    for (int j = 0; j < 4; ++j) {
        half[j] =
            add(_mm256_permute2f128_ps(v[j], v[j + 4], 0x20),
                _mm256_permute2f128_ps(v[j], v[j + 4], 0x31));
    }
    const Floats even =
        add(_mm256_unpacklo_ps(half[0], half[1]), _mm256_unpackhi_ps(half[0], half[1]));
    const Floats odd =
        add(_mm256_unpacklo_ps(half[2], half[3]), _mm256_unpackhi_ps(half[2], half[3]));
    return add(_mm256_shuffle_ps(even, odd, 0x44), _mm256_shuffle_ps(even, odd, 0xee));
}

/// Rows become columns.
inline void transpose(Floats v[kWidth])
{
    Floats a[kWidth];
    for (int i = 0; i < 8; i += 4) { // 4 x 4 inside every 128-bit lane
        const Floats low01 = _mm256_unpacklo_ps(v[i], v[i + 1]);
        const Floats low23 = _mm256_unpacklo_ps(v[i + 2], v[i + 3]);
        const Floats high01 = _mm256_unpackhi_ps(v[i], v[i + 1]);
        const Floats high23 = _mm256_unpackhi_ps(v[i + 2], v[i + 3]);
        a[i] = _mm256_shuffle_ps(low01, low23, 0x44);
        a[i + 1] = _mm256_shuffle_ps(low01, low23, 0xee);
        a[i + 2] = _mm256_shuffle_ps(high01, high23, 0x44);
        a[i + 3] = _mm256_shuffle_ps(high01, high23, 0xee);
    }
    for (int j = 0; j < 4; ++j) { // then the lanes
        v[j] = _mm256_permute2f128_ps(a[j], a[j + 4], 0x20);
        v[j + 4] = _mm256_permute2f128_ps(a[j], a[j + 4], 0x31);
    }
}

} // namespace
} // namespace kernels::cpu

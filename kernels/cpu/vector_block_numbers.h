#pragma once

// The whole numbers, scales and offsets of ggml's blocks, 32 columns in one register of bytes. For
// AVX2 and what has it besides; internal linkage, see vector_rows.h. ggml_blocks.h is the readable
// form of the same.

#include "kernels/dtype.h"
#include "kernels/ggml_blocks.h"

#include <immintrin.h>

#include <cstdint>
#include <cstring>

namespace kernels::cpu {
namespace {

inline __m256i bytes_at(const std::uint8_t* p)
{
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}
inline std::uint32_t word_at(const std::uint8_t* p)
{
    std::uint32_t word = 0;
    std::memcpy(&word, p, 4);
    return word;
}
inline float wide_half(const std::uint8_t* p)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, p, 2);
    return _mm_cvtss_f32(_mm_cvtph_ps(_mm_cvtsi32_si128(bits)));
}
inline __m256i every_byte(int value)
{
    return _mm256_set1_epi8(static_cast<char>(value));
}
/// Bits of every byte, moved down or (negative) up within it: `bits` << -down or >> down.
template <int down>
inline __m256i moved_bits(__m256i v, int bits)
{
    const __m256i chosen = _mm256_and_si256(v, every_byte(bits));
    if constexpr (down > 0) return _mm256_srli_epi16(chosen, down);
    if constexpr (down < 0) return _mm256_slli_epi16(chosen, -down);
    return chosen;
}
/// 16 bytes of two nibbles, the low ones first.
inline __m256i nibbles_at(const std::uint8_t* p)
{
    const __m128i pairs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_and_si256(_mm256_set_m128i(_mm_srli_epi16(pairs, 4), pairs), every_byte(15));
}
/// All ones in every byte whose bit of 32 is set.
inline __m256i set_bits(const std::uint8_t* p)
{
    const __m256i eighth = _mm256_setr_epi8(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        2,
        2,
        2,
        2,
        3,
        3,
        3,
        3,
        3,
        3,
        3,
        3);
    const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ull));
    const __m256i spread =
        _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(word_at(p))), eighth);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
}

/// y[i] = factor * q[i], of n bytes that are signed or not.
template <int n, bool is_signed>
inline void scaled_bytes(float* y, const std::uint8_t* q, float factor)
{
    for (int i = 0; i < n; i += 8) {
        const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(q + i));
        const __m256i wide = is_signed ? _mm256_cvtepi8_epi32(eight) : _mm256_cvtepu8_epi32(eight);
        _mm256_storeu_ps(y + i, _mm256_mul_ps(_mm256_cvtepi32_ps(wide), _mm256_set1_ps(factor)));
    }
}

/// What a format is, for blocks of kColumns: a weight is scale * q + offset, with a scale (and, if
/// kOffsets, an offset) for kScaled columns. scales() writes them; numbers() are q + kBias of 32
/// columns, unsigned and below 64, except where kSigned says otherwise.
template <WeightFormat format>
struct BlockNumbers;

template <int bias, bool is_signed = false>
struct OneScale {
    static constexpr int kColumns = 32, kScaled = 32, kBias = bias;
    static constexpr bool kOffsets = false, kSigned = is_signed;
    static void scales(float* scale, float*, const std::uint8_t* block)
    {
        scale[0] = wide_half(block);
    }
};
struct OneScaleAndOffset {
    static constexpr int kColumns = 32, kScaled = 32, kBias = 0;
    static constexpr bool kOffsets = true, kSigned = false;
    static void scales(float* scale, float* offset, const std::uint8_t* block)
    {
        scale[0] = wide_half(block);
        offset[0] = wide_half(block + 2);
    }
};

template <>
struct BlockNumbers<WeightFormat::Q4_0> : OneScale<8> {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        return nibbles_at(block + 2);
    }
};
template <>
struct BlockNumbers<WeightFormat::Q4_1> : OneScaleAndOffset {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        return nibbles_at(block + 4);
    }
};
template <>
struct BlockNumbers<WeightFormat::Q5_0> : OneScale<16> {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        const __m256i set = _mm256_and_si256(set_bits(block + 2), every_byte(16));
        return _mm256_or_si256(nibbles_at(block + 6), set);
    }
};
template <>
struct BlockNumbers<WeightFormat::Q5_1> : OneScaleAndOffset {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        const __m256i set = _mm256_and_si256(set_bits(block + 4), every_byte(16));
        return _mm256_or_si256(nibbles_at(block + 8), set);
    }
};
template <>
struct BlockNumbers<WeightFormat::Q8_0> : OneScale<0, true> {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        return bytes_at(block + 2);
    }
};
template <>
struct BlockNumbers<WeightFormat::IQ4_NL> : OneScale<0, true> {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        const __m128i values = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kIq4Values.data()));
        return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(values), nibbles_at(block + 2));
    }
};

template <>
struct BlockNumbers<WeightFormat::Q2_K> {
    static constexpr int kColumns = 256, kScaled = 16, kBias = 0;
    static constexpr bool kOffsets = true, kSigned = false;
    static void scales(float* scale, float* offset, const std::uint8_t* block)
    {
        const __m128i both = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
        const __m128i low = _mm_set1_epi8(15);
        std::uint8_t codes[32];
        _mm_storeu_si128(reinterpret_cast<__m128i*>(codes), _mm_and_si128(both, low));
        _mm_storeu_si128(
            reinterpret_cast<__m128i*>(codes + 16),
            _mm_and_si128(_mm_srli_epi16(both, 4), low));
        scaled_bytes<16, false>(scale, codes, wide_half(block + 80));
        scaled_bytes<16, false>(offset, codes + 16, -wide_half(block + 82));
    }
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        return moved_bits<part % 4 * 2>(bytes_at(block + 16 + part / 4 * 32), 3 << part % 4 * 2);
    }
};

template <>
struct BlockNumbers<WeightFormat::Q3_K> {
    static constexpr int kColumns = 256, kScaled = 16, kBias = 4;
    static constexpr bool kOffsets = false, kSigned = false;
    static void scales(float* scale, float*, const std::uint8_t* block)
    {
        const std::uint8_t* packed = block + 96;
        const std::uint32_t high = word_at(packed + 8);
        std::uint32_t words[4];
        for (int i = 0; i < 4; ++i)
            words[i] = (word_at(packed + i % 2 * 4) >> i / 2 * 4 & 0x0f0f0f0fu) |
                       (high >> 2 * i & 0x03030303u) << 4;
        std::uint8_t codes[16];
        std::memcpy(codes, words, 16);
        for (std::uint8_t& code : codes) code = static_cast<std::uint8_t>(code - 32);
        scaled_bytes<16, true>(scale, codes, wide_half(block + 108));
    }
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        const __m256i low =
            moved_bits<part % 4 * 2>(bytes_at(block + 32 + part / 4 * 32), 3 << part % 4 * 2);
        return _mm256_or_si256(low, moved_bits<part - 2>(bytes_at(block), 1 << part));
    }
};

/// Q4_K and Q5_K.
struct SixBitScales {
    static constexpr int kColumns = 256, kScaled = 32, kBias = 0;
    static constexpr bool kOffsets = true, kSigned = false;
    static void scales(float* scale, float* offset, const std::uint8_t* block)
    {
        const std::uint32_t first = word_at(block + 4), second = word_at(block + 8),
                            third = word_at(block + 12);
        const std::uint32_t words[4] = {
            first & 0x3f3f3f3fu,
            (third & 0x0f0f0f0fu) | (first >> 6 & 0x03030303u) << 4,
            second & 0x3f3f3f3fu,
            (third >> 4 & 0x0f0f0f0fu) | (second >> 6 & 0x03030303u) << 4};
        std::uint8_t codes[16];
        std::memcpy(codes, words, 16);
        scaled_bytes<8, false>(scale, codes, wide_half(block));
        scaled_bytes<8, false>(offset, codes + 8, -wide_half(block + 2));
    }
};
template <>
struct BlockNumbers<WeightFormat::Q4_K> : SixBitScales {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        return moved_bits<part % 2 * 4>(bytes_at(block + 16 + part / 2 * 32), 15 << part % 2 * 4);
    }
};
template <>
struct BlockNumbers<WeightFormat::Q5_K> : SixBitScales {
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        const __m256i low =
            moved_bits<part % 2 * 4>(bytes_at(block + 48 + part / 2 * 32), 15 << part % 2 * 4);
        return _mm256_or_si256(low, moved_bits<part - 4>(bytes_at(block + 16), 1 << part));
    }
};

template <>
struct BlockNumbers<WeightFormat::Q6_K> {
    static constexpr int kColumns = 256, kScaled = 16, kBias = 32;
    static constexpr bool kOffsets = false, kSigned = false;
    static void scales(float* scale, float*, const std::uint8_t* block)
    {
        scaled_bytes<16, true>(scale, block + 192, wide_half(block + 208));
    }
    template <int part>
    static __m256i numbers(const std::uint8_t* block)
    {
        constexpr int kShift = part % 4 / 2 * 4, kPair = part % 4 * 2;
        const __m256i low =
            moved_bits<kShift>(bytes_at(block + part / 4 * 64 + part % 2 * 32), 15 << kShift);
        const __m256i high =
            moved_bits<kPair - 4>(bytes_at(block + 128 + part / 4 * 32), 3 << kPair);
        return _mm256_or_si256(low, high);
    }
};

} // namespace
} // namespace kernels::cpu

#pragma once

// What BF16, FP8 and NVFP4 weights are in groups of 128 columns: four registers of BF16. Included
// by kernels_avx512bf16.cpp alone, behind simd_avx512.h; internal linkage.

#include "kernels/cpu/avx512bf16_words.h"
#include "kernels/small_floats.h"

#include <cstring>

namespace kernels::cpu {
namespace {

constexpr std::int64_t kStep = 32;         // columns of one multiplication
constexpr std::int64_t kGroup = 4 * kStep; // columns of one pass: eight blocks of NVFP4
constexpr std::int64_t kGroupBlocks = kGroup / kNvfp4Block;

/// Of the 64 bytes of a register: byte i becomes table[byte i mod 128].
struct ByteTable {
    Ints low, high;
    Ints at(Ints index) const { return _mm512_permutex2var_epi8(low, index, high); }
};

/// The upper and the lower byte of every positive E4M3 code as BF16; the sign is put on.
struct E4m3Tables {
    ByteTable upper, lower;
};

E4m3Tables make_e4m3_tables()
{
    alignas(64) std::uint8_t upper[128], lower[128];
    for (std::size_t code = 0; code < 128; ++code) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &kE4m3[code], sizeof bits);
        upper[code] = static_cast<std::uint8_t>(bits >> 24);
        lower[code] = static_cast<std::uint8_t>(bits >> 16);
    }
    return {
        {load_words(upper), load_words(upper + 64)},
        {load_words(lower), load_words(lower + 64)}};
}

/// E2M1 as BF16, twice: of an index of 5 bits the topmost does not count.
Ints make_e2m1_table()
{
    alignas(64) std::uint16_t words[32];
    for (std::size_t i = 0; i < 32; ++i) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &kE2m1[i % 16], sizeof bits);
        words[i] = static_cast<std::uint16_t>(bits >> 16);
    }
    return load_words(words);
}

/// Where the four steps of a group take their nibbles: word w of quadword j is nibble 4 step + w of
/// block j.
Ints make_nibble_places(int step)
{
    alignas(64) std::uint8_t places[64];
    for (std::size_t i = 0; i < 64; ++i)
        places[i] = static_cast<std::uint8_t>(4 * (4 * static_cast<std::size_t>(step) + i % 8 / 2));
    return load_words(places);
}

/// What a format differs in. `columns()` gives a group's weights as four registers of BF16 in the
/// format's own order; `finish` brings four products together.
struct Bf16Group {
    static constexpr std::int64_t kBytes = 256; // of a group
    static constexpr bool kScaled = false;
    void columns(Ints out[4], const std::byte* row) const
    {
#pragma GCC unroll 4
        for (int s = 0; s < 4; ++s) out[s] = load_words(row + 64 * s);
    }
};
struct E4m3Group {
    static constexpr std::int64_t kBytes = 128;
    static constexpr bool kScaled = false;
    E4m3Tables tables = make_e4m3_tables();
    void columns(Ints out[4], const std::byte* row) const
    {
        const Ints sign = _mm512_set1_epi8(static_cast<char>(0x80));
#pragma GCC unroll 2
        for (int half = 0; half < 2; ++half) {
            const Ints codes = load_words(row + 64 * half);
            // upper | (codes & sign)
            const Ints upper = _mm512_ternarylogic_epi32(tables.upper.at(codes), codes, sign, 0xf8);
            const Ints lower = tables.lower.at(codes);
            out[2 * half] = _mm512_unpacklo_epi8(lower, upper);
            out[2 * half + 1] = _mm512_unpackhi_epi8(lower, upper);
        }
    }
};
struct Nvfp4Group {
    static constexpr std::int64_t kBytes = 64;
    static constexpr bool kScaled = true;
    Ints table = make_e2m1_table();
    Ints places[4] = {
        make_nibble_places(0),
        make_nibble_places(1),
        make_nibble_places(2),
        make_nibble_places(3)};
    void columns(Ints out[4], const std::byte* row) const
    {
        const Ints codes = load_words(row);
#pragma GCC unroll 4
        for (int s = 0; s < 4; ++s)
            out[s] =
                _mm512_permutexvar_epi16(_mm512_multishift_epi64_epi8(places[s], codes), table);
    }
};

/// The scales of eight blocks, each for the two lanes of its block, divided by kScaleFactor.
constexpr float kScaleFactor = 256.0f;
Floats block_scales(const std::byte* scales)
{
    const __m128i codes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(scales));
    const __m128i high = _mm_slli_epi16(_mm_cvtepu8_epi16(codes), 8);
    const __m128i halves =
        _mm_and_si128(_mm_srai_epi16(high, 1), _mm_set1_epi16(static_cast<short>(0xbf80)));
    const Ints pairs = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    return _mm512_permutexvar_ps(pairs, _mm512_castps256_ps512(_mm256_cvtph_ps(halves)));
}

/// What is left of a row behind its last whole group, filled up with zeros.
template <class Format>
struct LastGroup {
    alignas(64) std::byte bytes[Format::kBytes] = {};
    std::byte scales[kGroupBlocks] = {};
    LastGroup(const std::byte* row, const std::byte* row_scales, std::int64_t k)
    {
        const std::int64_t whole = k / kGroup, left = k % kGroup;
        std::memcpy(
            bytes,
            row + whole * Format::kBytes,
            static_cast<std::size_t>(left * Format::kBytes / kGroup));
        if (Format::kScaled)
            std::memcpy(
                scales,
                row_scales + whole * kGroupBlocks,
                static_cast<std::size_t>(left / kNvfp4Block));
    }
};

} // namespace
} // namespace kernels::cpu

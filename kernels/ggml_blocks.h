#pragma once

#include "kernels/dtype.h"
#include "kernels/half.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace kernels {

/// ggml's blocks to floats, in plain C++: the readable form, and the one for rows that are only
/// looked up; products take them apart by cpu/vector_block_numbers.h where the processor has AVX2.
/// `static` for the reason that half.h gives: every instruction set compiles its own copy.
///
/// Each format is taken apart in two steps: the whole numbers of a block, then one multiplication
/// by a scale and one subtraction for each. A scale times a number has at most 24 bits everywhere,
/// so the product is exact and a fused subtraction changes nothing: all paths agree bit for bit,
/// with each other and with the reference. Source: ggml's block structures; dtype.h draws them.

/// Columns of the largest block.
inline constexpr int kLargestBlock = 256;

inline constexpr std::array<std::int8_t, 16> kIq4Values =
    {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/// body(i) n times, as a loop: unrolled early it does not become vectors (GCC 12: a third of the
/// speed).
template <int n, typename Body>
static inline void each(Body body)
{
#pragma GCC unroll 1
    for (int i = 0; i < n; ++i) body(i);
}

static inline float half_at(const std::uint8_t* at)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, 2);
    return half_to_float(bits);
}

/// 32 numbers of 4 bits, low nibbles first.
static inline void nibbles(std::int8_t* q, const std::uint8_t* bytes)
{
    each<16>([=](int i) { q[i] = static_cast<std::int8_t>(bytes[i] & 15); });
    each<16>([=](int i) { q[16 + i] = static_cast<std::int8_t>(bytes[i] >> 4); });
}

/// Adds `step` where the bit of an element is set.
static inline void add_bits(std::int8_t* q, const std::uint8_t* bytes, int step)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, bytes, 4);
    each<32>(
        [=](int i) { q[i] = static_cast<std::int8_t>(q[i] + ((bits >> i & 1u) != 0 ? step : 0)); });
}

/// y = scale * q - minimum
template <int n>
static inline void scaled(float* y, const std::int8_t* q, float scale, float minimum)
{
    each<n>([=](int i) { y[i] = scale * static_cast<float>(q[i]) - minimum; });
}

/// Scale `i` and minimum `i` of Q4_K and Q5_K: 8 of each in 6 bits.
struct ScaleAndMinimum {
    int scale;
    int minimum;
};
static inline ScaleAndMinimum k_scale(const std::uint8_t* packed, int i)
{
    if (i < 4) return {packed[i] & 63, packed[i + 4] & 63};
    return {
        (packed[i + 4] & 15) | (packed[i - 4] >> 6) << 4,
        packed[i + 4] >> 4 | (packed[i] >> 6) << 4};
}

static inline void decode_q2_k(float* y, const std::uint8_t* block)
{
    const float d = half_at(block + 80), least = half_at(block + 82);
    for (int part = 0; part < 16; ++part) { // of 16 columns
        const std::uint8_t* quants = block + 16 + part / 8 * 32 + part % 2 * 16;
        const int shift = part % 8 / 2 * 2;
        std::int8_t q[16];
        each<16>([&](int i) { q[i] = static_cast<std::int8_t>(quants[i] >> shift & 3); });
        scaled<16>(
            y + part * 16,
            q,
            d * static_cast<float>(block[part] & 15),
            least * static_cast<float>(block[part] >> 4));
    }
}

static inline void decode_q3_k(float* y, const std::uint8_t* block)
{
    const float d = half_at(block + 108);
    const std::uint8_t* packed = block + 96;
    for (int part = 0; part < 16; ++part) {
        const std::uint8_t* quants = block + 32 + part / 8 * 32 + part % 2 * 16;
        const std::uint8_t* high = block + part % 2 * 16; // bit part / 2: no 4 to subtract
        const int shift = part % 8 / 2 * 2;
        std::int8_t q[16];
        each<16>([&](int i) {
            q[i] = static_cast<std::int8_t>(
                (quants[i] >> shift & 3) + (high[i] >> part / 2 & 1) * 4 - 4);
        });
        const int low = part < 8 ? packed[part] & 15 : packed[part - 8] >> 4;
        const int scale = (low | (packed[8 + part % 4] >> part / 4 * 2 & 3) << 4) - 32;
        scaled<16>(y + part * 16, q, d * static_cast<float>(scale), 0.0f);
    }
}

/// Q4_K, and Q5_K with its fifth bits in `high`.
static inline void
decode_q45_k(float* y, const std::uint8_t* block, const std::uint8_t* high, const std::uint8_t* low)
{
    const float d = half_at(block), least = half_at(block + 2);
    for (int part = 0; part < 8; ++part) { // of 32 columns
        const std::uint8_t* quants = low + part / 2 * 32;
        const int shift = part % 2 * 4;
        std::int8_t q[32];
        each<32>([&](int i) { q[i] = static_cast<std::int8_t>(quants[i] >> shift & 15); });
        if (high != nullptr)
            each<32>(
                [&](int i) { q[i] = static_cast<std::int8_t>(q[i] + (high[i] >> part & 1) * 16); });
        const ScaleAndMinimum of = k_scale(block + 4, part);
        scaled<32>(
            y + part * 32,
            q,
            d * static_cast<float>(of.scale),
            least * static_cast<float>(of.minimum));
    }
}

static inline void decode_q6_k(float* y, const std::uint8_t* block)
{
    const float d = half_at(block + 208);
    for (int part = 0; part < 8; ++part) { // of 32 columns
        const std::uint8_t* low = block + part / 4 * 64 + part % 2 * 32;
        const std::uint8_t* high = block + 128 + part / 4 * 32;
        const int shift = part % 4 / 2 * 4, pair = part % 4 * 2;
        std::int8_t q[32];
        each<32>([&](int i) {
            q[i] = static_cast<std::int8_t>(
                ((low[i] >> shift & 15) | (high[i] >> pair & 3) << 4) - 32);
        });
        for (int half = 0; half < 2; ++half) {
            const auto scale = static_cast<std::int8_t>(block[192 + part * 2 + half]);
            scaled<16>(
                y + part * 32 + half * 16,
                q + half * 16,
                d * static_cast<float>(scale),
                0.0f);
        }
    }
}

/// One block of block_of(format).cols floats.
static inline void decode_block(float* y, const std::byte* from, WeightFormat format)
{
    const auto* block = reinterpret_cast<const std::uint8_t*>(from);
    std::int8_t q[32];
    switch (format) {
    case WeightFormat::Q4_0:
        nibbles(q, block + 2);
        each<32>([&](int i) { q[i] = static_cast<std::int8_t>(q[i] - 8); });
        return scaled<32>(y, q, half_at(block), 0.0f);
    case WeightFormat::Q4_1:
        nibbles(q, block + 4);
        return scaled<32>(y, q, half_at(block), -half_at(block + 2));
    case WeightFormat::Q5_0:
        nibbles(q, block + 6);
        add_bits(q, block + 2, 16);
        each<32>([&](int i) { q[i] = static_cast<std::int8_t>(q[i] - 16); });
        return scaled<32>(y, q, half_at(block), 0.0f);
    case WeightFormat::Q5_1:
        nibbles(q, block + 8);
        add_bits(q, block + 4, 16);
        return scaled<32>(y, q, half_at(block), -half_at(block + 2));
    case WeightFormat::Q8_0:
        std::memcpy(q, block + 2, 32);
        return scaled<32>(y, q, half_at(block), 0.0f);
    case WeightFormat::IQ4_NL:
        nibbles(q, block + 2);
        for (std::int8_t& number : q) number = kIq4Values[static_cast<std::uint8_t>(number)];
        return scaled<32>(y, q, half_at(block), 0.0f);
    case WeightFormat::Q2_K:
        return decode_q2_k(y, block);
    case WeightFormat::Q3_K:
        return decode_q3_k(y, block);
    case WeightFormat::Q4_K:
        return decode_q45_k(y, block, nullptr, block + 16);
    case WeightFormat::Q5_K:
        return decode_q45_k(y, block, block + 16, block + 48);
    case WeightFormat::Q6_K:
        return decode_q6_k(y, block);
    case WeightFormat::F32:
    case WeightFormat::F16:
    case WeightFormat::BF16:
    case WeightFormat::F8E4M3:
    case WeightFormat::NVFP4:
        return; // no blocks of ggml's
    }
}

/// n floats from the first of a row's blocks on; n is a multiple of the block length.
static inline void
decode_blocks(float* y, const std::byte* blocks, WeightFormat format, std::int64_t n)
{
    const auto [cols, bytes] = block_of(format);
    for (std::int64_t i = 0; i < n; i += cols, blocks += bytes) decode_block(y + i, blocks, format);
}

} // namespace kernels

#pragma once

// One token times ggml's blocks in whole numbers: both planes of its activations times the numbers
// of a block, a scale for their sum. For AVX2 and what has it besides; internal linkage, see
// vector_rows.h.

#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/vector_block_numbers.h"
#include "kernels/cpu/vector_blocks.h"

namespace kernels::cpu {
namespace {

/// Eight sums of four products each: 32 numbers below 64 times 15 bits. A pair of a plane reaches
/// 2 * 63 * 128, which 16 bits hold.
inline __m256i sums_of_products(__m256i numbers, const std::int8_t* planes)
{
    const auto* in = reinterpret_cast<const __m256i*>(planes);
    const __m256i high = _mm256_maddubs_epi16(numbers, _mm256_loadu_si256(in));
    const __m256i low = _mm256_maddubs_epi16(numbers, _mm256_loadu_si256(in + 1));
    return _mm256_add_epi32(
        _mm256_madd_epi16(high, _mm256_set1_epi16(128)),
        _mm256_madd_epi16(low, _mm256_set1_epi16(1)));
}

/// The scales of a block times those of the activations beside it, in as many registers.
template <class Block>
struct ProductScales {
    static constexpr int kCount = Block::kColumns / Block::kScaled;
    static constexpr int kRegisters = (kCount + 7) / 8;
    __m256 product[kRegisters];
    __m256 constant; // what offsets and biases add to the sum

    ProductScales(const OpenBlock<Block>& block, const float* scales, const float* sums)
    {
        if constexpr (kCount == 1) {
            product[0] = _mm256_set1_ps(block.scale[0] * scales[0]);
            const float offset = Block::kOffsets ? block.offset[0] : -Block::kBias * block.scale[0];
            constant = _mm256_zextps128_ps256(_mm_set_ss(offset * sums[0]));
        } else {
            constant = _mm256_setzero_ps();
            for (int i = 0; i < kRegisters; ++i) {
                const __m256 scale = _mm256_load_ps(block.scale + i * 8);
                product[i] = _mm256_mul_ps(scale, _mm256_loadu_ps(scales + i * 8));
                const __m256 offset = Block::kOffsets
                                          ? _mm256_load_ps(block.offset + i * 8)
                                          : _mm256_mul_ps(scale, _mm256_set1_ps(-Block::kBias));
                constant = _mm256_fmadd_ps(offset, _mm256_loadu_ps(sums + i * 8), constant);
            }
        }
    }
    /// Those of the eight sums of a part.
    template <int part>
    __m256 of_part() const
    {
        if constexpr (kCount == 1) return product[0];
        if constexpr (Block::kScaled == 32)
            return _mm256_permutevar8x32_ps(product[0], _mm256_set1_epi32(part));
        constexpr int kFirst = part * 2 % 8;
        return _mm256_permutevar8x32_ps(
            product[part / 4 % kRegisters],
            _mm256_setr_epi32(
                kFirst,
                kFirst,
                kFirst,
                kFirst,
                kFirst + 1,
                kFirst + 1,
                kFirst + 1,
                kFirst + 1));
    }
};

/// R rows side by side.
template <class Block, int R>
inline void dot_quantized_rows(
    float* c,
    const QuantizedRow& x,
    const StoredRows& w,
    std::int64_t first,
    std::int64_t bytes)
{
    const float* scales = Block::kScaled == 16 ? x.scales_16 : x.scales_32;
    const float* sums = Block::kScaled == 16 ? x.sums_16 : x.sums_32;
    constexpr int kCount = ProductScales<Block>::kCount;
    __m256 total[R];
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) total[r] = _mm256_setzero_ps();
    const std::byte* rows = w.data + first * w.row_bytes;
    for (std::int64_t b = 0; b < w.k / Block::kColumns; ++b) {
        const std::int8_t* planes = x.quants + b * 2 * Block::kColumns;
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
            const std::byte* from = rows + r * w.row_bytes + b * bytes;
            ask_ahead(from, w.row_bytes, bytes);
            const OpenBlock<Block> block(from);
            const ProductScales<Block> scale(block, scales + b * kCount, sums + b * kCount);
            total[r] = _mm256_add_ps(total[r], scale.constant);
            each_part<Block>([&]<int part>(std::integral_constant<int, part>) {
                const __m256i products =
                    sums_of_products(Block::template numbers<part>(block.from), planes + part * 64);
                total[r] = _mm256_fmadd_ps(
                    _mm256_cvtepi32_ps(products),
                    scale.template of_part<part>(),
                    total[r]);
            });
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) {
        __m128 half =
            _mm_add_ps(_mm256_castps256_ps128(total[r]), _mm256_extractf128_ps(total[r], 1));
        half = _mm_add_ps(half, _mm_movehl_ps(half, half));
        c[first + r] = _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
    }
}

void dot_quantized(float* c, const QuantizedRow& x, const StoredRows& w)
{
    with_block(w.format, [&]<class Block>(Block) {
        if constexpr (!Block::kSigned) {
            const std::int64_t bytes = block_of(w.format).bytes;
            std::int64_t r = 0;
            for (; r + 4 <= w.rows; r += 4) dot_quantized_rows<Block, 4>(c, x, w, r, bytes);
            for (; r < w.rows; ++r) dot_quantized_rows<Block, 1>(c, x, w, r, bytes);
        }
    });
}

} // namespace
} // namespace kernels::cpu

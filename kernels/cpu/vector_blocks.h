#pragma once

// Products with ggml's blocks where their file has them, for any register width. Internal linkage;
// see vector_rows.h.

#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/vector_block_numbers.h"

#include <utility>

namespace kernels::cpu {
namespace {

/// One block of a row, its scales as floats.
template <class Block>
struct OpenBlock {
    alignas(64) float scale[Block::kColumns / Block::kScaled];
    alignas(64) float offset[Block::kColumns / Block::kScaled];
    const std::uint8_t* from;

    explicit OpenBlock(const std::byte* block) : from(reinterpret_cast<const std::uint8_t*>(block))
    {
        Block::scales(scale, offset, from);
    }
    /// use(i, weights) for the columns of a part, kWidth from column i of the block on.
    template <int part, typename Use>
    void each_of(Use use) const
    {
        __m256i numbers = Block::template numbers<part>(from);
        if (Block::kBias != 0) numbers = _mm256_sub_epi8(numbers, every_byte(Block::kBias));
        const auto one = [&]<int j>(std::integral_constant<int, j>) {
            constexpr int kColumn = part * 32 + j * kWidth, kAt = kColumn / Block::kScaled;
            const Floats q = floats_of_bytes<j>(numbers);
            if constexpr (Block::kOffsets)
                use(kColumn, fma(q, all(scale[kAt]), all(offset[kAt])));
            else
                use(kColumn, mul(q, all(scale[kAt])));
        };
        [&]<int... j>(std::integer_sequence<int, j...>)
        {
            (one(std::integral_constant<int, j>{}), ...);
        }
        (std::make_integer_sequence<int, 32 / kWidth>{});
    }
};

/// use(part) for the parts of 32 columns of a block.
template <class Block, typename Use>
inline void each_part(Use use)
{
    [&]<int... part>(std::integer_sequence<int, part...>)
    {
        (use(std::integral_constant<int, part>{}), ...);
    }
    (std::make_integer_sequence<int, Block::kColumns / 32>{});
}

/// Asks for the block 16 rows on, into the second cache. Rows are read once, and mostly shorter
/// than a page, at which the processor's own prefetcher begins anew; what is not there costs
/// nothing.
inline void ask_ahead(const std::byte* block, std::int64_t row_bytes, std::int64_t bytes)
{
    constexpr std::int64_t kAheadRows = 16;
    for (std::int64_t line = 0; line < bytes; line += 64)
        _mm_prefetch(
            reinterpret_cast<const char*>(block + kAheadRows * row_bytes + line),
            _MM_HINT_T1);
}

/// R rows times T tokens, all sums in registers. The order of a sum is that of dot_rows().
template <class Block, int R, int T>
inline void dot_block_rows(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    const StoredRows& w,
    std::int64_t first,
    std::int64_t bytes)
{
    Floats sums[R][T];
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) sums[r][t] = zero();
    const std::byte* rows = w.data + first * w.row_bytes;
    for (std::int64_t b = 0; b < w.k / Block::kColumns; ++b) {
        const auto blocks = [&]<std::size_t... r>(std::index_sequence<r...>)
        {
            return std::array<OpenBlock<Block>, R>{
                OpenBlock<Block>(rows + static_cast<std::int64_t>(r) * w.row_bytes + b * bytes)...};
        }
        (std::make_index_sequence<R>{});
        for (int r = 0; r < R; ++r)
            ask_ahead(rows + r * w.row_bytes + b * bytes, w.row_bytes, bytes);
        const float* in = x + b * Block::kColumns;
        each_part<Block>([&]<int part>(std::integral_constant<int, part>) {
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r)
                blocks[static_cast<std::size_t>(r)].template each_of<part>(
                    [&](int column, Floats weight) {
#pragma GCC unroll 8
                        for (int t = 0; t < T; ++t)
                            sums[r][t] = fma(load(in + t * ldx + column), weight, sums[r][t]);
                    });
        });
    }
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) {
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) c[t * ldc + r] = sum(sums[r][t]);
    }
}

template <class Block, int R>
inline void dot_block_tokens(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w,
    std::int64_t first,
    std::int64_t bytes)
{
    int t = 0;
    for (; t + 2 <= tokens; t += 2)
        dot_block_rows<Block, R, 2>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first, bytes);
    for (; t < tokens; ++t)
        dot_block_rows<Block, R, 1>(c + t * ldc + first, ldc, x + t * ldx, ldx, w, first, bytes);
}

/// use(numbers of the format) for a format of ggml's.
template <typename Use>
inline void with_block(WeightFormat format, Use use)
{
    switch (format) {
    case WeightFormat::Q4_0:
        return use(BlockNumbers<WeightFormat::Q4_0>{});
    case WeightFormat::Q4_1:
        return use(BlockNumbers<WeightFormat::Q4_1>{});
    case WeightFormat::Q5_0:
        return use(BlockNumbers<WeightFormat::Q5_0>{});
    case WeightFormat::Q5_1:
        return use(BlockNumbers<WeightFormat::Q5_1>{});
    case WeightFormat::Q8_0:
        return use(BlockNumbers<WeightFormat::Q8_0>{});
    case WeightFormat::IQ4_NL:
        return use(BlockNumbers<WeightFormat::IQ4_NL>{});
    case WeightFormat::Q2_K:
        return use(BlockNumbers<WeightFormat::Q2_K>{});
    case WeightFormat::Q3_K:
        return use(BlockNumbers<WeightFormat::Q3_K>{});
    case WeightFormat::Q4_K:
        return use(BlockNumbers<WeightFormat::Q4_K>{});
    case WeightFormat::Q5_K:
        return use(BlockNumbers<WeightFormat::Q5_K>{});
    case WeightFormat::Q6_K:
        return use(BlockNumbers<WeightFormat::Q6_K>{});
    case WeightFormat::F32:
    case WeightFormat::F16:
    case WeightFormat::BF16:
    case WeightFormat::F8E4M3:
    case WeightFormat::NVFP4:
        return; // no blocks of ggml's
    }
}

void dot_blocks(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    with_block(w.format, [&]<class Block>(Block) {
        const std::int64_t bytes = block_of(w.format).bytes;
        std::int64_t r = 0;
        for (; r + 4 <= w.rows; r += 4)
            dot_block_tokens<Block, 4>(c, ldc, x, ldx, tokens, w, r, bytes);
        for (; r < w.rows; ++r) dot_block_tokens<Block, 1>(c, ldc, x, ldx, tokens, w, r, bytes);
    });
}

void widen_blocks(float* y, const StoredRows& w)
{
    with_block(w.format, [&]<class Block>(Block) {
        const std::int64_t bytes = block_of(w.format).bytes;
        for (std::int64_t r = 0; r < w.rows; ++r) {
            const std::byte* row = w.data + r * w.row_bytes;
            for (std::int64_t i = 0; i < w.k; i += Block::kColumns, row += bytes) {
                const OpenBlock<Block> block(row);
                float* out = y + r * w.k + i;
                each_part<Block>([&]<int part>(std::integral_constant<int, part>) {
                    block.template each_of<part>(
                        [&](int column, Floats weight) { store(out + column, weight); });
                });
            }
        }
    });
}

} // namespace
} // namespace kernels::cpu

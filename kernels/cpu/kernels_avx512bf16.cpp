// Products whose activations are rounded to BF16, for processors that multiply pairs of them
// (AVX-512 BF16) and pick bits and bytes out of registers (VBMI). Only this file is compiled for
// them; everything else of the table is AVX-512's.
//
// A sum runs in 16 lanes of pairs, 128 columns after another, whether one token or many are
// computed, so that it does not depend on which of the two functions did it.

#include "kernels/cpu/simd_avx512.h"

#include "kernels/cpu/avx512bf16_attend.h"
#include "kernels/cpu/avx512bf16_formats.h"

#include <cstring>

namespace kernels::cpu {
namespace {

/// Steps that a tile takes at a time, a multiple of 4, so that a block of 6 tokens stays in the
/// first cache: 2,688 columns. Scales want room there too.
constexpr std::int64_t kStepsPerVisit = 84;
constexpr std::int64_t kScaledStepsPerVisit = 44;

/// sum += one group of a row times x.
template <class Format>
inline Floats dot_group(
    const Format& format,
    Floats sum,
    const std::byte* row,
    const std::byte* scales,
    const std::uint16_t* x)
{
    Ints w[4];
    format.columns(w, row);
    Floats part = Format::kScaled ? zero() : sum;
#pragma GCC unroll 4
    for (int s = 0; s < 4; ++s) part = multiply(part, w[s], load_words(x + s * kStep));
    return Format::kScaled ? fma(part, block_scales(scales), sum) : part;
}

/// Rows ahead of which memory is asked for, into the second cache: the part that comes next. The
/// processor's own prefetcher begins anew with every page, and a row is shorter than one.
constexpr std::int64_t kAheadRows = kWidth;

/// Asks for `bytes` bytes from kAheadRows rows behind `at` on; what is not there costs nothing.
template <std::int64_t Bytes>
inline void ask_ahead(const std::byte* at, std::int64_t row_bytes)
{
#pragma GCC unroll 4
    for (std::int64_t line = 0; line < Bytes; line += 64)
        _mm_prefetch(
            reinterpret_cast<const char*>(at + line + kAheadRows * row_bytes),
            _MM_HINT_T1);
}

/// Rows that are computed side by side for one token, so that their chains of sums overlap.
constexpr int kTogether = 4;
template <int R, class Format>
inline void dot_rows_of(
    const Format& format,
    Floats* sums,
    const std::uint16_t* x,
    const StoredRows& w,
    std::int64_t first)
{
    const std::int64_t groups = w.k / kGroup;
    const std::int64_t row_scales = w.k / kNvfp4Block;
    const std::byte* row = w.data + first * w.row_bytes;
    const std::byte* scales = Format::kScaled ? w.scales + first * row_scales : nullptr;
    Floats sum[R];
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) sum[r] = zero();
    for (std::int64_t g = 0; g < groups; ++g) {
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
            const std::byte* at = row + r * w.row_bytes + g * Format::kBytes;
            ask_ahead<Format::kBytes>(at, w.row_bytes);
            sum[r] = dot_group(
                format,
                sum[r],
                at,
                Format::kScaled ? scales + r * row_scales + g * kGroupBlocks : nullptr,
                x + g * kGroup);
        }
    }
    if (w.k % kGroup != 0) {
        for (int r = 0; r < R; ++r) {
            const LastGroup<Format> last(
                row + r * w.row_bytes,
                Format::kScaled ? scales + r * row_scales : nullptr,
                w.k);
            sum[r] = dot_group(format, sum[r], last.bytes, last.scales, x + groups * kGroup);
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) sums[r] = sum[r];
}

template <class Format>
inline void dot_format(float* c, const std::uint16_t* x, const StoredRows& w)
{
    const Format format;
    Floats sums[kWidth];
    std::int64_t r = 0;
    for (; r + kTogether <= w.rows; r += kTogether)
        dot_rows_of<kTogether>(format, sums + r, x, w, r);
    for (; r < w.rows; ++r) dot_rows_of<1>(format, sums + r, x, w, r);
    for (; r < kWidth; ++r) sums[r] = zero();
    const Floats each = sum_each(sums);
    const Floats all_sums = Format::kScaled ? mul(each, all(kScaleFactor)) : each;
    if (w.rows == kWidth)
        store(c, all_sums);
    else
        store_part(c, all_sums, w.rows);
}

void dot_rounded(float* c, const std::uint16_t* x, const StoredRows& w)
{
    switch (w.format) {
    case WeightFormat::F8E4M3:
        return dot_format<E4m3Group>(c, x, w);
    case WeightFormat::NVFP4:
        return dot_format<Nvfp4Group>(c, x, w);
    default:
        return dot_format<Bf16Group>(c, x, w);
    }
}

/// A group of 128 columns in the order in which columns() gives those of a format.
void order_group(std::uint16_t* to, const std::uint16_t* from, WeightFormat format)
{
    switch (format) {
    case WeightFormat::F8E4M3: // unpacking takes the lower and the upper halves of 16 bytes apart
        for (int half = 0; half < 2; ++half)
            for (int lane = 0; lane < 4; ++lane)
                for (int part = 0; part < 2; ++part)
                    std::memcpy(
                        to + 64 * half + 32 * part + 8 * lane,
                        from + 64 * half + 16 * lane + 8 * part,
                        16);
        return;
    case WeightFormat::NVFP4: // four columns of every block
        for (int step = 0; step < 4; ++step)
            for (int block = 0; block < 8; ++block)
                std::memcpy(to + 32 * step + 4 * block, from + 16 * block + 4 * step, 8);
        return;
    default:
        std::memcpy(to, from, kGroup * sizeof(std::uint16_t));
    }
}

void round_rows(
    std::uint16_t* y,
    const float* x,
    std::int64_t ldx,
    int tokens,
    std::int64_t k,
    WeightFormat format)
{
    for (int t = 0; t < tokens; ++t) {
        const float* from = x + t * ldx;
        for (std::int64_t i = 0; i < k; i += kGroup) {
            alignas(64) std::uint16_t natural[kGroup], ordered[kGroup];
            for (std::int64_t j = 0; j < kGroup; j += kStep)
                _mm512_store_si512(
                    natural + j,
                    i + j < k ? rounded(from + i + j, k - i - j) : _mm512_setzero_si512());
            order_group(ordered, natural, format);
            for (std::int64_t j = 0; j < kGroup; j += kStep)
                _mm512_storeu_si512(y + (i + j) * tokens + t * kStep, load_words(ordered + j));
        }
    }
}

/// Rows that tile_rounded() takes side by side. Scales want as many registers again as sums.
constexpr int rows_together(bool scaled)
{
    return scaled ? 2 : 4;
}

template <class Format>
inline void widen_format(std::uint16_t* y, float* scales, const StoredRows& w)
{
    const Format format;
    constexpr int kRows = rows_together(Format::kScaled);
    const std::int64_t groups = (w.k + kGroup - 1) / kGroup;
    for (std::int64_t r = 0; r < kWidth; ++r) {
        std::uint16_t* to = y + r / kRows * kRows * groups * kGroup + r % kRows * kStep;
        float* scale_to = scales + r / kRows * kRows * groups * kWidth + r % kRows * kWidth;
        const std::byte* row = w.data + r * w.row_bytes;
        const std::byte* row_scales =
            Format::kScaled && r < w.rows ? w.scales + r * (w.k / kNvfp4Block) : nullptr;
        const auto put = [&](std::int64_t g, const std::byte* bytes, const std::byte* of_blocks) {
            Ints columns[4];
            format.columns(columns, bytes);
            for (int s = 0; s < 4; ++s)
                _mm512_storeu_si512(to + (g * 4 + s) * kRows * kStep, columns[s]);
            if (Format::kScaled)
                store(
                    scale_to + g * kRows * kWidth,
                    mul(block_scales(of_blocks), all(kScaleFactor)));
        };
        if (r >= w.rows) { // a row that does not exist
            const LastGroup<Format> nothing(w.data, w.scales, 0);
            for (std::int64_t g = 0; g < groups; ++g) put(g, nothing.bytes, nothing.scales);
            continue;
        }
        for (std::int64_t g = 0; g < w.k / kGroup; ++g) {
            put(g, row + g * Format::kBytes, row_scales + g * kGroupBlocks);
        }
        if (w.k % kGroup != 0) {
            const LastGroup<Format> last(row, row_scales, w.k);
            put(groups - 1, last.bytes, last.scales);
        }
    }
}

void widen_rounded(std::uint16_t* y, float* scales, const StoredRows& w)
{
    switch (w.format) {
    case WeightFormat::F8E4M3:
        return widen_format<E4m3Group>(y, scales, w);
    case WeightFormat::NVFP4:
        return widen_format<Nvfp4Group>(y, scales, w);
    default:
        return widen_format<Bf16Group>(y, scales, w);
    }
}

/// What is asked for during the steps of a tile, so much with each: bursts would hold up the loads
/// of the tile itself.
struct Ahead {
    const std::byte* at = nullptr;
    std::int64_t step_bytes = 0;
    void ask()
    {
        for (const std::byte* line = at; line < at + step_bytes; line += 64)
            _mm_prefetch(reinterpret_cast<const char*>(line), _MM_HINT_T1);
        at += step_bytes;
    }
};

/// Steps of a tile that its rows are asked for ahead, from the second cache into the first.
constexpr std::int64_t kStepsAhead = 8;

/// Which part of the columns a tile computes.
struct Stretch {
    std::int64_t from, steps;
    bool last;
};

/// The sums of R rows and T tokens of [T][16][16], or zeros for the first stretch.
template <int R, int T>
inline void take_sums(Floats sum[R][T], const float* sums, const Stretch& stretch)
{
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t)
            sum[r][t] = stretch.from == 0 ? zero() : load(sums + (t * kWidth + r) * kWidth);
    }
}

/// Keeps them; those of the last stretch as far added up as R rows can be: one register in the
/// place of the first row.
template <int R, int T>
inline void keep_sums(float* sums, const Floats sum[R][T], const Stretch& stretch)
{
#pragma GCC unroll 8
    for (int t = 0; t < T; ++t) {
        float* const to = sums + t * kWidth * kWidth;
        if (!stretch.last) {
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r) store(to + r * kWidth, sum[r][t]);
        } else if constexpr (R == 4) {
            store(to, add_four(sum[0][t], sum[1][t], sum[2][t], sum[3][t]));
        } else {
            store(to, add_neighbours<1>(sum[0][t], sum[1][t]));
        }
    }
}

/// The sums of 16 rows and one token as keep_sums() left them behind the last stretch.
inline Floats sums_of_rows(const float* sums, bool scaled)
{
    Floats fours[4];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        const float* const at = sums + i * 4 * kWidth;
        fours[i] = scaled ? add_neighbours<2>(load(at), load(at + 2 * kWidth)) : load(at);
    }
    return add_fours(fours[0], fours[1], fours[2], fours[3]);
}

/// R rows times T tokens over a stretch.
template <int R, int T>
inline void tile(
    float* sums,
    const std::uint16_t* x,
    const std::uint16_t* w,
    const Stretch& stretch,
    Ahead& ahead)
{
    Floats sum[R][T];
    take_sums<R, T>(sum, sums, stretch);
    for (std::int64_t s = 0; s < stretch.steps; ++s, x += T * kStep, w += R * kStep) {
        Ints weight[R];
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
            weight[r] = load_words(w + r * kStep);
            _mm_prefetch(
                reinterpret_cast<const char*>(w + (kStepsAhead * R + r) * kStep),
                _MM_HINT_T0);
        }
        ahead.ask();
#pragma GCC unroll 8
        for (int t = 0; t < T; ++t) {
            const Ints in = load_words(x + t * kStep);
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r) sum[r][t] = multiply(sum[r][t], weight[r], in);
        }
    }
    keep_sums<R, T>(sums, sum, stretch);
}

/// The same where every group has scales [steps / 4][R][16].
template <int R, int T>
inline void tile_scaled(
    float* sums,
    const std::uint16_t* x,
    const std::uint16_t* w,
    const float* scales,
    const Stretch& stretch,
    Ahead& ahead)
{
    Floats sum[R][T];
    take_sums<R, T>(sum, sums, stretch);
    for (std::int64_t s = 0; s < stretch.steps; s += 4, scales += R * kWidth) {
        Floats part[R][T];
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t) part[r][t] = zero();
        }
#pragma GCC unroll 4
        for (int j = 0; j < 4; ++j, x += T * kStep, w += R * kStep) {
            Ints weight[R];
#pragma GCC unroll 4
            for (int r = 0; r < R; ++r) {
                weight[r] = load_words(w + r * kStep);
                _mm_prefetch(
                    reinterpret_cast<const char*>(w + (kStepsAhead * R + r) * kStep),
                    _MM_HINT_T0);
            }
            ahead.ask();
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t) {
                const Ints in = load_words(x + t * kStep);
#pragma GCC unroll 4
                for (int r = 0; r < R; ++r) part[r][t] = multiply(part[r][t], weight[r], in);
            }
        }
#pragma GCC unroll 4
        for (int r = 0; r < R; ++r) {
            const Floats scale = load(scales + r * kWidth);
#pragma GCC unroll 8
            for (int t = 0; t < T; ++t) sum[r][t] = fma(part[r][t], scale, sum[r][t]);
        }
    }
    keep_sums<R, T>(sums, sum, stretch);
}

/// All 16 rows times the T tokens of one packed block, over a stretch.
template <int T>
void visit_block(
    float* sums,
    const std::uint16_t* x,
    const RoundedRows& w,
    const Stretch& stretch,
    Ahead& ahead)
{
    const std::uint16_t* in = x + stretch.from * T * kStep;
    const int rows = rows_together(w.scales != nullptr);
    for (std::int64_t row = 0; row < kWidth; row += rows) {
        float* of_rows = sums + row * kWidth;
        const std::uint16_t* at = w.values + row * w.padded_k + stretch.from * rows * kStep;
        if (w.scales == nullptr) {
            tile<rows_together(false), T>(of_rows, in, at, stretch, ahead);
        } else {
            const float* scales =
                w.scales + row * (w.padded_k / 8) + stretch.from / 4 * rows * kWidth;
            tile_scaled<rows_together(true), T>(of_rows, in, at, scales, stretch, ahead);
        }
    }
}

void tile_rounded(
    float* c,
    std::int64_t ldc,
    float* sums,
    const std::uint16_t* x,
    int tokens,
    const RoundedRows& w)
{
    const bool scaled = w.scales != nullptr;
    const std::int64_t all_steps = w.padded_k / kStep;
    const std::int64_t visit = scaled ? kScaledStepsPerVisit : kStepsPerVisit;
    const std::int64_t blocks = (tokens + kRoundedTokens - 1) / kRoundedTokens;
    const std::int64_t tile_steps = blocks * (kWidth / rows_together(scaled)) * all_steps;
    Ahead ahead{w.next, (w.next_bytes + tile_steps - 1) / tile_steps};
    for (std::int64_t from = 0; from < all_steps; from += visit) {
        const std::int64_t steps = all_steps - from < visit ? all_steps - from : visit;
        const Stretch stretch{from, steps, from + steps == all_steps};
        // The block of tokens stays in the first cache, the rows stream past it from the second.
        for (int t = 0; t < tokens; t += kRoundedTokens) {
            const std::uint16_t* block = x + t * w.padded_k;
            float* of_block = sums + t * kWidth * kWidth;
            switch (tokens - t < kRoundedTokens ? tokens - t : kRoundedTokens) {
            case 1:
                visit_block<1>(of_block, block, w, stretch, ahead);
                break;
            case 2:
                visit_block<2>(of_block, block, w, stretch, ahead);
                break;
            case 3:
                visit_block<3>(of_block, block, w, stretch, ahead);
                break;
            case 4:
                visit_block<4>(of_block, block, w, stretch, ahead);
                break;
            case 5:
                visit_block<5>(of_block, block, w, stretch, ahead);
                break;
            default:
                visit_block<6>(of_block, block, w, stretch, ahead);
            }
        }
    }
    for (int t = 0; t < tokens; ++t)
        store(c + t * ldc, sums_of_rows(sums + t * kWidth * kWidth, scaled));
}

} // namespace

const KernelTable& avx512bf16_kernels()
{
    static const KernelTable kTable = [] {
        KernelTable table = avx512_kernels();
        table.name = "AVX-512 BF16";
        table.round_rows = round_rows;
        table.dot_rounded = dot_rounded;
        table.widen_rounded = widen_rounded;
        table.tile_rounded = tile_rounded;
        table.attend_rounded = attend_rounded;
        table.pack_rounded_keys = pack_rounded_keys;
        table.pack_rounded_values = pack_rounded_values;
        return table;
    }();
    return kTable;
}

} // namespace kernels::cpu

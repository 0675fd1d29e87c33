// The inner loops for AVX2 with FMA and F16C. Only this file is compiled for that processor.

#include "kernels/cpu/simd_avx2.h"

// Written once for every register width, on the types above.
#include "kernels/cpu/vector_rows.h"

#include "kernels/cpu/vector_attend.h"
#include "kernels/cpu/vector_block_dots.h"
#include "kernels/cpu/vector_blocks.h"
#include "kernels/cpu/vector_dots.h"
#include "kernels/cpu/vector_pack.h"
#include "kernels/cpu/vector_ssm.h"
#include "kernels/cpu/vector_tiles.h"

namespace kernels::cpu {
namespace {

// 6 tokens x 1 panel: 12 sums, 2 weights and 1 activation in 16 registers.
template <typename W>
void tile_packed(
    float* c,
    std::int64_t ldc,
    const float* a,
    int tokens,
    const W* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t k)
{
    switch (tokens) {
    case 1:
        multiply_panels<1, 2>(c, ldc, a, 1, 1, panel, panels, panel_stride, k);
        break;
    case 2:
        multiply_panels<2, 2>(c, ldc, a, 1, 2, panel, panels, panel_stride, k);
        break;
    case 4:
        multiply_panels<4, 1>(c, ldc, a, 1, 4, panel, panels, panel_stride, k);
        break;
    default:
        multiply_panels<6, 1>(c, ldc, a, 1, 6, panel, panels, panel_stride, k);
    }
}

void tile_rows_f32(
    float* c,
    std::int64_t ldc,
    const float* a,
    std::int64_t lda,
    int tokens,
    const float* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t k)
{
    int t = 0;
    for (; t + 6 <= tokens; t += 6)
        multiply_panels<6, 1>(
            c + t * ldc,
            ldc,
            a + t * lda,
            lda,
            1,
            panel,
            panels,
            panel_stride,
            k);
    for (; t + 2 <= tokens; t += 2)
        multiply_panels<2, 2>(
            c + t * ldc,
            ldc,
            a + t * lda,
            lda,
            1,
            panel,
            panels,
            panel_stride,
            k);
    for (; t < tokens; ++t)
        multiply_panels<1, 2>(
            c + t * ldc,
            ldc,
            a + t * lda,
            lda,
            1,
            panel,
            panels,
            panel_stride,
            k);
}

inline __m256i load_bytes(const std::uint8_t* p)
{
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

/// The same 4 activations for every row.
inline __m256i all_words(const std::int8_t* p)
{
    std::int32_t word = 0;
    std::memcpy(&word, p, 4);
    return _mm256_set1_epi32(word);
}

/// Per 32-bit lane: sum of 4 products of signed bytes. `magnitude` is |w|: the instruction wants
/// one side unsigned, so the sign moves to x. Pairs reach 2 * 128 * 127 = 32,512 and never
/// saturate.
inline __m256i dot_signed(__m256i magnitude, __m256i w, __m256i x)
{
    const __m256i pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(x, w));
    return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

/// T tokens times 8 rows, half a panel.
template <int T>
void multiply_q4(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    const std::uint8_t* panel,
    std::int64_t half,
    std::int64_t blocks)
{
    Floats sums[T];
#pragma GCC unroll 4
    for (int t = 0; t < T; ++t) sums[t] = zero();
    const __m256i low_nibbles = _mm256_set1_epi8(15);
    const __m256i ones = _mm256_set1_epi16(1);
    for (std::int64_t b = 0; b < blocks; ++b, panel += kQ4PanelBlockBytes) {
        const std::int8_t* quants = a.quants + b * 64 * T;
        __m256i high[T];
        __m256i low[T];
#pragma GCC unroll 4
        for (int t = 0; t < T; ++t) high[t] = low[t] = _mm256_setzero_si256();
#pragma GCC unroll 8
        for (int g = 0; g < 8; ++g) {
            const __m256i pairs = load_bytes(panel + g / 2 * 64 + half * 32);
            const __m256i w =
                _mm256_and_si256(g % 2 == 0 ? pairs : _mm256_srli_epi16(pairs, 4), low_nibbles);
            // 8 groups of two products of 15 * 127 stay below 2^15.
#pragma GCC unroll 4
            for (int t = 0; t < T; ++t) {
                high[t] = _mm256_add_epi16(
                    high[t],
                    _mm256_maddubs_epi16(w, all_words(quants + (g * T + t) * 4)));
                low[t] = _mm256_add_epi16(
                    low[t],
                    _mm256_maddubs_epi16(w, all_words(quants + ((8 + g) * T + t) * 4)));
            }
        }
        const Floats d = load(reinterpret_cast<const std::uint16_t*>(panel + 256) + half * 8);
        const Floats m = load(reinterpret_cast<const std::uint16_t*>(panel + 288) + half * 8);
#pragma GCC unroll 4
        for (int t = 0; t < T; ++t) {
            const __m256i dots = _mm256_add_epi32(
                _mm256_slli_epi32(_mm256_madd_epi16(high[t], ones), 7),
                _mm256_madd_epi16(low[t], ones));
            const Floats dot = mul(_mm256_cvtepi32_ps(dots), all(a.scales[b * T + t]));
            sums[t] = fma(m, all(a.scaled_sums[b * T + t]), fma(d, dot, sums[t]));
        }
    }
#pragma GCC unroll 4
    for (int t = 0; t < T; ++t) store(c + t * ldc, sums[t]);
}

template <int T>
void multiply_q8(
    float* c,
    std::int64_t ldc,
    const BlockActivations& a,
    const std::uint8_t* panel,
    std::int64_t half,
    std::int64_t blocks)
{
    Floats sums[T];
#pragma GCC unroll 4
    for (int t = 0; t < T; ++t) sums[t] = zero();
    const auto* scales = reinterpret_cast<const std::uint16_t*>(panel + blocks * 512);
    for (std::int64_t b = 0; b < blocks; ++b) {
        const std::int8_t* quants = a.quants + b * 64 * T;
        __m256i high[T];
        __m256i low[T];
#pragma GCC unroll 4
        for (int t = 0; t < T; ++t) high[t] = low[t] = _mm256_setzero_si256();
#pragma GCC unroll 8
        for (int g = 0; g < 8; ++g) {
            const __m256i w = _mm256_xor_si256(
                load_bytes(panel + b * 512 + g * 64 + half * 32),
                _mm256_set1_epi8(-128));
            const __m256i magnitude = _mm256_abs_epi8(w);
#pragma GCC unroll 4
            for (int t = 0; t < T; ++t) {
                high[t] = _mm256_add_epi32(
                    high[t],
                    dot_signed(magnitude, w, all_words(quants + (g * T + t) * 4)));
                low[t] = _mm256_add_epi32(
                    low[t],
                    dot_signed(magnitude, w, all_words(quants + ((8 + g) * T + t) * 4)));
            }
        }
        const Floats d = load(scales + b * kPanelRows + half * 8);
#pragma GCC unroll 4
        for (int t = 0; t < T; ++t) {
            const __m256i dots = _mm256_add_epi32(_mm256_slli_epi32(high[t], 7), low[t]);
            sums[t] = fma(mul(_mm256_cvtepi32_ps(dots), all(a.scales[b * T + t])), d, sums[t]);
        }
    }
#pragma GCC unroll 4
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
    for (int h = 0; h < 2 * panels; ++h) {
        const std::uint8_t* from = panel + h / 2 * panel_stride;
        switch (tokens) {
        case 1:
            multiply_q4<1>(c + h * 8, ldc, a, from, h % 2, blocks);
            break;
        case 2:
            multiply_q4<2>(c + h * 8, ldc, a, from, h % 2, blocks);
            break;
        default:
            multiply_q4<4>(c + h * 8, ldc, a, from, h % 2, blocks);
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
    for (int h = 0; h < 2 * panels; ++h) {
        const std::uint8_t* from = panel + h / 2 * panel_stride;
        switch (tokens) {
        case 1:
            multiply_q8<1>(c + h * 8, ldc, a, from, h % 2, blocks);
            break;
        case 2:
            multiply_q8<2>(c + h * 8, ldc, a, from, h % 2, blocks);
            break;
        default:
            multiply_q8<4>(c + h * 8, ldc, a, from, h % 2, blocks);
        }
    }
}

} // namespace

const KernelTable& avx2_kernels()
{
    static constexpr KernelTable kTable = {
        .name = "AVX2",
        .f32_tokens = 6,
        .block_tokens = 4,
        .panels = 2,
        .row_panels = 2,
        .tile_f32 = tile_packed<float>,
        .tile_f16 = tile_packed<std::uint16_t>,
        .tile_rows_f32 = tile_rows_f32,
        .dot_rows = dot_rows,
        .widen_rows = widen_rows,
        .dot_blocks = dot_blocks,
        .widen_blocks = widen_blocks,
        .dot_quantized = dot_quantized,
        .tile_q4 = tile_q4,
        .tile_q8 = tile_q8,
        .store_tile = store_tile,
        .pack_f32 = pack_f32,
        .quantize_blocks = quantize_blocks,
        .round_q8 = round_q8,
        .widen_f16 = widen_f16,
        .widen_bf16 = widen_bf16,
        .narrow_f16 = narrow_f16,
        .rms_norm = rms_norm,
        .layer_norm = layer_norm,
        .add = add,
        .gelu_erf = gelu_erf,
        .silu = silu,
        .relu = relu,
        .relu_squared = relu_squared,
        .silu_multiply = silu_multiply,
        .gelu_multiply = gelu_multiply,
        .sigmoid_multiply = sigmoid_multiply,
        .scale = scale,
        .exp_sum = exp_sum,
        .conv_taps = conv_taps,
        .ssm_step = ssm_step,
        .attend = attend,
        .pack_keys = pack_keys,
    };
    return kTable;
}

} // namespace kernels::cpu

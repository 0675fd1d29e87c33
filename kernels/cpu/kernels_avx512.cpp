// The inner loops for AVX-512 with VNNI. Only this file is compiled for that processor.

#include "kernels/cpu/simd_avx512.h"

// Written once for every register width, on the types above.
#include "kernels/cpu/vector_rows.h"

#include "kernels/cpu/avx512_integer_tiles.h"
#include "kernels/cpu/vector_attend.h"
#include "kernels/cpu/vector_block_dots.h"
#include "kernels/cpu/vector_blocks.h"
#include "kernels/cpu/vector_dots.h"
#include "kernels/cpu/vector_pack.h"
#include "kernels/cpu/vector_ssm.h"
#include "kernels/cpu/vector_tiles.h"

namespace kernels::cpu {
namespace {

// 12 tokens x 2 panels: 24 sums, 2 weights and 1 activation in 32 registers; 14 loads for 24
// multiply-adds.
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
        multiply_panels<4, 2>(c, ldc, a, 1, 4, panel, panels, panel_stride, k);
        break;
    case 6:
        multiply_panels<6, 2>(c, ldc, a, 1, 6, panel, panels, panel_stride, k);
        break;
    case 8:
        multiply_panels<8, 2>(c, ldc, a, 1, 8, panel, panels, panel_stride, k);
        break;
    default:
        multiply_panels<12, 2>(c, ldc, a, 1, 12, panel, panels, panel_stride, k);
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
    // Unpacked rows need an address each: 6 at a time, times 4 panels.
    int t = 0;
    for (; t + 6 <= tokens; t += 6)
        multiply_panels<6, 4>(
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
        multiply_panels<2, 4>(
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
        multiply_panels<1, 4>(
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

} // namespace

const KernelTable& avx512_kernels()
{
    static constexpr KernelTable kTable = {
        .name = "AVX-512 VNNI",
        .f32_tokens = 12,
        .block_tokens = 8,
        .panels = 2,
        .row_panels = 4,
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

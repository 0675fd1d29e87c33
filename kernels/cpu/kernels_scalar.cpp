// The readable truth: every inner loop once, in plain C++. The vector paths are tested against
// these.

#include "kernels/cpu/scalar_tiles.h"
#include "kernels/ggml_blocks.h"
#include "kernels/half.h"
#include "kernels/small_floats.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kernels::cpu {
namespace {

void store_tile(
    float* y,
    std::int64_t ldy,
    const float* c,
    std::int64_t ldc,
    int tokens,
    std::int64_t n,
    const float* bias,
    bool add)
{
    for (int t = 0; t < tokens; ++t) {
        for (std::int64_t r = 0; r < n; ++r) {
            const float sum = c[t * ldc + r] + (bias != nullptr ? bias[r] : 0.0f);
            y[t * ldy + r] = add ? y[t * ldy + r] + sum : sum;
        }
    }
}

void pack_f32(float* a, const float* x, std::int64_t ldx, int tokens, int padded, std::int64_t k)
{
    for (std::int64_t i = 0; i < k; ++i) {
        for (int t = 0; t < padded; ++t) a[i * padded + t] = t < tokens ? x[t * ldx + i] : 0.0f;
    }
}

/// Rounds n values to whole numbers in [-limit, limit]; hands quant i to `put`.
template <typename Put>
void quantize(const float* x, std::int64_t n, float limit, float& scale, std::int32_t& sum, Put put)
{
    float largest = 0.0f;
    for (std::int64_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(x[i]));
    scale = largest / limit;
    const float inverse = largest > 0.0f ? limit / largest : 0.0f;
    sum = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto quant = static_cast<int>(std::nearbyint(x[i] * inverse)); // ties to even
        sum += quant;
        put(i, quant);
    }
}

void quantize_blocks(
    std::int8_t* quants,
    float* scales,
    std::int32_t* sums,
    float* scaled_sums,
    const float* x,
    std::int64_t ldx,
    int tokens,
    int padded,
    std::int64_t cols)
{
    const std::int64_t blocks = cols / kBlock;
    std::memset(quants, 0, static_cast<std::size_t>(2 * cols * padded));
    for (std::int64_t b = 0; b < blocks; ++b) {
        for (int t = 0; t < padded; ++t) {
            scales[b * padded + t] = 0.0f;
            scaled_sums[b * padded + t] = 0.0f;
            sums[b * padded + t] = 0;
            if (t >= tokens) continue;
            quantize(
                x + t * ldx + b * kBlock,
                kBlock,
                127 * 128,
                scales[b * padded + t],
                sums[b * padded + t],
                [=](std::int64_t i, int quant) {
                    const int high = (quant + 64) >> 7;
                    std::int8_t* at = quants + ((b * 16 + i / 4) * padded + t) * 4 + i % 4;
                    at[0] = static_cast<std::int8_t>(high);
                    at[32 * padded] = static_cast<std::int8_t>(quant - 128 * high);
                });
            scaled_sums[b * padded + t] =
                scales[b * padded + t] * static_cast<float>(sums[b * padded + t]);
        }
    }
}

void round_q8(std::int8_t* quants, std::uint16_t* scales, const float* x, std::int64_t n)
{
    for (std::int64_t b = 0; b < n / kBlock; ++b) {
        const float* block = x + b * kBlock;
        float largest = 0.0f;
        for (int i = 0; i < kBlock; ++i) largest = std::max(largest, std::abs(block[i]));
        scales[b] = float_to_half(largest / 127);
        const float scale = half_to_float(scales[b]);
        const float inverse = scale > 0.0f ? 1.0f / scale : 0.0f;
        for (int i = 0; i < kBlock; ++i) {
            const float quant = std::clamp(std::nearbyint(block[i] * inverse), -127.0f, 127.0f);
            quants[b * kBlock + i] = static_cast<std::int8_t>(quant);
        }
    }
}

void widen_f16(float* y, const std::uint16_t* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = half_to_float(x[i]);
}

void widen_bf16(float* y, const std::uint16_t* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = bfloat_to_float(x[i]);
}

void narrow_f16(std::uint16_t* y, const float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = float_to_half(x[i]);
}

void rms_norm(float* y, const float* x, const float* weight, float eps, std::int64_t n)
{
    float sum_of_squares = 0.0f;
    for (std::int64_t i = 0; i < n; ++i) sum_of_squares += x[i] * x[i];
    const float scale = 1.0f / std::sqrt(sum_of_squares / static_cast<float>(n) + eps);
    for (std::int64_t i = 0; i < n; ++i) y[i] = x[i] * scale * weight[i];
}

void layer_norm(
    float* y,
    const float* x,
    const float* gamma,
    const float* beta,
    float eps,
    std::int64_t n)
{
    float sum = 0.0f;
    for (std::int64_t i = 0; i < n; ++i) sum += x[i];
    const float mean = sum / static_cast<float>(n);
    float sum_of_squares = 0.0f;
    for (std::int64_t i = 0; i < n; ++i) sum_of_squares += (x[i] - mean) * (x[i] - mean);
    const float scale = 1.0f / std::sqrt(sum_of_squares / static_cast<float>(n) + eps);
    for (std::int64_t i = 0; i < n; ++i) y[i] = (x[i] - mean) * scale * gamma[i] + beta[i];
}

void add(float* y, const float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] += x[i];
}

void gelu_erf(float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) x[i] = 0.5f * x[i] * (1.0f + std::erf(x[i] * 0.70710678f));
}

void silu(float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) x[i] = x[i] / (1.0f + std::exp(-x[i]));
}

void relu(float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) x[i] = std::max(x[i], 0.0f);
}

void relu_squared(float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) x[i] = std::max(x[i], 0.0f) * std::max(x[i], 0.0f);
}

void silu_multiply(float* y, const float* gate, const float* up, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = gate[i] / (1.0f + std::exp(-gate[i])) * up[i];
}

void gelu_multiply(float* y, const float* gate, const float* up, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) {
        const float x = gate[i];
        const float turned = std::tanh(0.797884561f * (x + 0.044715f * x * x * x));
        y[i] = 0.5f * x * (1.0f + turned) * up[i];
    }
}

void sigmoid_multiply(float* y, const float* gate, const float* x, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = x[i] / (1.0f + std::exp(-gate[i]));
}

void scale(float* y, const float* x, float factor, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = x[i] * factor;
}

float exp_sum(float* x, float factor, std::int64_t n)
{
    const float largest = *std::max_element(x, x + n);
    float sum = 0.0f;
    for (std::int64_t i = 0; i < n; ++i) {
        x[i] = std::exp(factor * (x[i] - largest));
        sum += x[i];
    }
    return sum;
}

float stored(const StoredRows& w, std::int64_t r, std::int64_t i)
{
    const std::byte* row = w.data + r * w.row_bytes;
    std::uint16_t half = 0;
    switch (w.format) {
    case WeightFormat::F16:
        std::memcpy(&half, row + i * 2, 2);
        return half_to_float(half);
    case WeightFormat::BF16:
        std::memcpy(&half, row + i * 2, 2);
        return bfloat_to_float(half);
    case WeightFormat::F8E4M3:
        return e4m3_to_float(std::to_integer<std::uint8_t>(row[i]));
    case WeightFormat::NVFP4: {
        const int pair = std::to_integer<int>(row[i / 2]);
        const std::byte scale = w.scales[(r * w.k + i) / kNvfp4Block];
        return kE2m1[static_cast<std::size_t>(i % 2 == 0 ? pair & 15 : pair >> 4)] *
               e4m3_to_float(std::to_integer<std::uint8_t>(scale));
    }
    default:
        float value = 0.0f;
        std::memcpy(&value, row + i * 4, 4);
        return value;
    }
}

void dot_rows(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    for (int t = 0; t < tokens; ++t) {
        for (std::int64_t r = 0; r < w.rows; ++r) {
            float sum = 0.0f;
            for (std::int64_t i = 0; i < w.k; ++i) sum += x[t * ldx + i] * stored(w, r, i);
            c[t * ldc + r] = sum;
        }
    }
}

void widen_rows(float* y, const StoredRows& w)
{
    for (std::int64_t r = 0; r < w.rows; ++r)
        for (std::int64_t i = 0; i < w.k; ++i) y[r * w.k + i] = stored(w, r, i);
}

/// As dot_rows(): block by block, every sum in the order of the columns.
void dot_blocks(
    float* c,
    std::int64_t ldc,
    const float* x,
    std::int64_t ldx,
    int tokens,
    const StoredRows& w)
{
    const std::int64_t cols = block_of(w.format).cols, bytes = block_of(w.format).bytes;
    float block[kLargestBlock];
    for (std::int64_t r = 0; r < w.rows; ++r) {
        for (int t = 0; t < tokens; ++t) c[t * ldc + r] = 0.0f;
        for (std::int64_t b = 0; b < w.k / cols; ++b) {
            decode_block(block, w.data + r * w.row_bytes + b * bytes, w.format);
            for (int t = 0; t < tokens; ++t)
                for (std::int64_t i = 0; i < cols; ++i)
                    c[t * ldc + r] += x[t * ldx + b * cols + i] * block[i];
        }
    }
}

void widen_blocks(float* y, const StoredRows& w)
{
    for (std::int64_t r = 0; r < w.rows; ++r)
        decode_blocks(y + r * w.k, w.data + r * w.row_bytes, w.format, w.k);
}

void conv_taps(
    float* y,
    const float* const* rows,
    int taps,
    const float* weight,
    std::int64_t ldw,
    const float* bias,
    bool with_silu,
    std::int64_t n)
{
    for (std::int64_t c = 0; c < n; ++c) {
        float sum = bias[c];
        for (int j = 0; j < taps; ++j) sum += weight[j * ldw + c] * rows[j][c];
        y[c] = with_silu ? sum / (1.0f + std::exp(-sum)) : sum;
    }
}

void ssm_step(const SsmStep& step)
{
    for (std::int64_t p = 0; p < step.head_dim; ++p) {
        float* memory = step.memory + p * step.state;
        const float in = step.x[p];
        float sum = 0.0f;
        for (std::int64_t n = 0; n < step.state; ++n) {
            memory[n] = step.decay * memory[n] + step.delta * in * step.b[n];
            sum += memory[n] * step.c[n];
        }
        step.y[p] = sum + step.d * in;
    }
}

float element(const void* data, bool half, std::int64_t at)
{
    return half ? half_to_float(static_cast<const std::uint16_t*>(data)[at])
                : static_cast<const float*>(data)[at];
}

void attend(const AttendTask& task)
{
    for (int q = 0; q < task.queries; ++q) {
        const std::int64_t visible = task.visible[q];
        float* scores = task.scores;
        float* mixed = task.mixed + q * task.head_dim;
        std::fill_n(mixed, task.head_dim, 0.0f);
        task.max[q] = task.sum[q] = 0.0f;
        if (visible == 0) continue;
        for (std::int64_t j = 0; j < visible; ++j) {
            scores[j] = 0.0f;
            for (int d = 0; d < task.head_dim; ++d) {
                scores[j] += task.q[q][d] * element(task.k, task.half, j * task.k_stride + d);
            }
        }
        task.max[q] = *std::max_element(scores, scores + visible);
        task.sum[q] = exp_sum(scores, 1.0f, visible);
        for (std::int64_t j = 0; j < visible; ++j) {
            for (int d = 0; d < task.head_dim; ++d) {
                mixed[d] += scores[j] * element(task.v, task.half, j * task.v_stride + d);
            }
        }
    }
}

void pack_keys(
    float* panel,
    const void* keys,
    bool half,
    std::int64_t ldk,
    int count,
    std::int64_t dim)
{
    for (std::int64_t d = 0; d < dim; ++d) {
        for (int j = 0; j < kPanelRows; ++j) {
            panel[d * kPanelRows + j] = j < count ? element(keys, half, j * ldk + d) : 0.0f;
        }
    }
}

} // namespace

const KernelTable& scalar_kernels()
{
    static const KernelTable table = {
        .name = "scalar",
        .f32_tokens = 12,
        .block_tokens = 12,
        .panels = 2,
        .row_panels = 2,
        .tile_f32 = tile_f32,
        .tile_f16 = tile_f16,
        .tile_rows_f32 = tile_rows_f32,
        .dot_rows = dot_rows,
        .widen_rows = widen_rows,
        .dot_blocks = dot_blocks,
        .widen_blocks = widen_blocks,
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
    return table;
}

} // namespace kernels::cpu

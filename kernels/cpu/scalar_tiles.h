#pragma once

// The tiles in plain C++. Included by kernels_scalar.cpp alone; internal linkage.

#include "kernels/cpu/kernel_table.h"
#include "kernels/half.h"

#include <cstring>

namespace kernels::cpu {
namespace {

/// Where weight (row, k) of a panel stands, and what a token's element k is worth, are all that the
/// exact tiles differ in.
template <typename WeightAt, typename ActivationAt>
void tile(
    float* c,
    std::int64_t ldc,
    int tokens,
    int panels,
    std::int64_t k,
    WeightAt weight_at,
    ActivationAt a_at)
{
    for (int t = 0; t < tokens; ++t) {
        for (int r = 0; r < panels * kPanelRows; ++r) {
            float sum = 0.0f;
            for (std::int64_t i = 0; i < k; ++i) {
                sum += a_at(t, i) * weight_at(r / kPanelRows, i * kPanelRows + r % kPanelRows);
            }
            c[t * ldc + r] = sum;
        }
    }
}

void tile_f32(
    float* c,
    std::int64_t ldc,
    const float* a,
    int tokens,
    const float* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t k)
{
    tile(
        c,
        ldc,
        tokens,
        panels,
        k,
        [=](int p, std::int64_t at) { return panel[p * panel_stride + at]; },
        [=](int t, std::int64_t i) { return a[i * tokens + t]; });
}

void tile_f16(
    float* c,
    std::int64_t ldc,
    const float* a,
    int tokens,
    const std::uint16_t* panel,
    int panels,
    std::int64_t panel_stride,
    std::int64_t k)
{
    tile(
        c,
        ldc,
        tokens,
        panels,
        k,
        [=](int p, std::int64_t at) { return half_to_float(panel[p * panel_stride + at]); },
        [=](int t, std::int64_t i) { return a[i * tokens + t]; });
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
    tile(
        c,
        ldc,
        tokens,
        panels,
        k,
        [=](int p, std::int64_t at) { return panel[p * panel_stride + at]; },
        [=](int t, std::int64_t i) { return a[t * lda + i]; });
}

/// Sum over one block of weight quant * activation quant.
template <typename QuantAt>
std::int32_t
dot_block(const BlockActivations& a, std::int64_t block, int tokens, int t, QuantAt quant_at)
{
    const std::int8_t* high = a.quants + block * 64 * tokens;
    const std::int8_t* low = high + 32 * tokens;
    std::int32_t sum = 0;
    for (int i = 0; i < kBlock; ++i) {
        const int at = (i / 4 * tokens + t) * 4 + i % 4;
        sum += quant_at(i) * (128 * high[at] + low[at]);
    }
    return sum;
}

std::uint16_t load_u16(const std::uint8_t* bytes)
{
    std::uint16_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
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
    for (int t = 0; t < tokens; ++t) {
        for (int r = 0; r < panels * kPanelRows; ++r) {
            const int lane = r % kPanelRows;
            float sum = 0.0f;
            for (std::int64_t b = 0; b < blocks; ++b) {
                const std::uint8_t* block =
                    panel + r / kPanelRows * panel_stride + b * kQ4PanelBlockBytes;
                const float d = half_to_float(load_u16(block + 256 + lane * 2));
                const float m = half_to_float(load_u16(block + 288 + lane * 2));
                const std::int32_t dot = dot_block(a, b, tokens, t, [=](int i) {
                    const int pair = block[i / 8 * 64 + lane * 4 + i % 4];
                    return i % 8 < 4 ? pair & 15 : pair >> 4;
                });
                const float scale = a.scales[b * tokens + t];
                sum += d * (scale * static_cast<float>(dot));
                sum += m * a.scaled_sums[b * tokens + t];
            }
            c[t * ldc + r] = sum;
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
    for (int t = 0; t < tokens; ++t) {
        for (int r = 0; r < panels * kPanelRows; ++r) {
            const std::uint8_t* quants = panel + r / kPanelRows * panel_stride;
            const std::uint8_t* scales = quants + blocks * 512;
            const int lane = r % kPanelRows;
            float sum = 0.0f;
            for (std::int64_t b = 0; b < blocks; ++b) {
                const std::int32_t dot = dot_block(a, b, tokens, t, [=](int i) {
                    return quants[b * 512 + i / 4 * 64 + lane * 4 + i % 4] - 128;
                });
                const float d = half_to_float(load_u16(scales + (b * kPanelRows + lane) * 2));
                sum += d * (a.scales[b * tokens + t] * static_cast<float>(dot));
            }
            c[t * ldc + r] = sum;
        }
    }
}

} // namespace
} // namespace kernels::cpu

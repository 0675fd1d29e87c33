#pragma once

// Activations and keys in the order that the tiles read, for any register width. Internal linkage;
// see vector_rows.h.

#include "kernels/cpu/kernel_table.h"
#include "kernels/half.h"

#include <cstring>

namespace kernels::cpu {
namespace {

/// a [k][padded] from `tokens` rows of T, ldx apart, widened to float; rows from `tokens` on become
/// zero.
template <typename T>
inline void
pack_columns(float* a, const T* x, std::int64_t ldx, int tokens, int padded, std::int64_t k)
{
    if (padded == 1) {
        std::int64_t i = 0;
        for (; i + kWidth <= k; i += kWidth) store(a + i, load(x + i));
        if (i < k) store_part(a + i, load_part(x + i, k - i), k - i);
        return;
    }
    for (std::int64_t i = 0; i < k; i += kWidth) {
        const std::int64_t columns = k - i < kWidth ? k - i : kWidth;
        for (int t0 = 0; t0 < padded; t0 += kWidth) {
            Floats v[kWidth];
            for (int t = 0; t < kWidth; ++t) {
                if (t0 + t >= tokens) {
                    v[t] = zero();
                } else {
                    const T* from = x + (t0 + t) * ldx + i;
                    v[t] = columns == kWidth ? load(from) : load_part(from, columns);
                }
            }
            transpose(v);
            const int lanes = padded - t0;
            for (std::int64_t j = 0; j < columns; ++j) {
                float* to = a + (i + j) * padded + t0;
                if (lanes >= kWidth) {
                    store(to, v[j]);
                } else {
                    store_part(to, v[j], lanes);
                }
            }
        }
    }
}

void pack_f32(float* a, const float* x, std::int64_t ldx, int tokens, int padded, std::int64_t k)
{
    pack_columns(a, x, ldx, tokens, padded, k);
}

void pack_keys(
    float* panel,
    const void* keys,
    bool half,
    std::int64_t ldk,
    int count,
    std::int64_t dim)
{
    if (half) {
        pack_columns(panel, static_cast<const std::uint16_t*>(keys), ldk, count, kPanelRows, dim);
    } else {
        pack_columns(panel, static_cast<const float*>(keys), ldk, count, kPanelRows, dim);
    }
}

/// Words of 4 bytes to every `step`-th word of `to`.
inline void spread_words(std::int8_t* to, const std::int8_t* from, int words, std::int64_t step)
{
    for (int w = 0; w < words; ++w) std::memcpy(to + w * step * 4, from + w * 4, 4);
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
    constexpr int kParts = kBlock / kWidth;
    constexpr float kLimit = 127 * 128;
    for (std::int64_t b = 0; b < cols / kBlock; ++b) {
        std::int8_t* block = quants + b * 64 * padded;
        for (int t = 0; t < padded; ++t) {
            const std::int64_t at = b * padded + t;
            alignas(64) std::int8_t planes[2][kBlock] = {};
            scales[at] = scaled_sums[at] = 0.0f;
            sums[at] = 0;
            if (t < tokens) {
                Floats v[kParts];
                Floats top = zero();
                for (int i = 0; i < kParts; ++i) {
                    v[i] = load(x + t * ldx + b * kBlock + i * kWidth);
                    top = max(top, abs(v[i]));
                }
                const float m = largest(top);
                const Floats inverse = all(m > 0.0f ? kLimit / m : 0.0f);
                Ints total = all(0);
                for (int i = 0; i < kParts; ++i) {
                    const Ints q = to_ints(mul(v[i], inverse));
                    const Ints high = shift_right<7>(add(q, all(64)));
                    total = add(total, q);
                    store_bytes(planes[0] + i * kWidth, high);
                    store_bytes(planes[1] + i * kWidth, sub(q, shift_left<7>(high)));
                }
                scales[at] = m / kLimit;
                sums[at] = sum(total);
                scaled_sums[at] = scales[at] * static_cast<float>(sums[at]);
            }
            spread_words(block + t * 4, planes[0], 8, padded);
            spread_words(block + (8 * padded + t) * 4, planes[1], 8, padded);
        }
    }
}

void round_q8(std::int8_t* quants, std::uint16_t* scales, const float* x, std::int64_t n)
{
    for (std::int64_t b = 0; b < n / kBlock; ++b) {
        const float* block = x + b * kBlock;
        Floats top = zero();
        for (int i = 0; i < kBlock; i += kWidth) top = max(top, abs(load(block + i)));
        scales[b] = float_to_half(largest(top) / 127);
        const float scale = half_to_float(scales[b]);
        const Floats inverse = all(scale > 0.0f ? 1.0f / scale : 0.0f);
        for (int i = 0; i < kBlock; i += kWidth) {
            const Floats v = mul(load(block + i), inverse);
            store_bytes(quants + b * kBlock + i, to_ints(max(all(-127.0f), min(all(127.0f), v))));
        }
    }
}

} // namespace
} // namespace kernels::cpu

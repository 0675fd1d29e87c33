#include "kernels/cpu_backend.h"
#include "kernels/ops/work.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kernels {

using cpu::kAttendQueries;
using cpu::kPanelRows;
using cpu::Scratch;
using cpu::scratch;

namespace {

/// Keys of one task of the decode path. Fixed, so that the order of the sums does not depend on
/// threads.
constexpr std::int64_t kStretchKeys = 64;
/// From this many query rows on, keys are repacked and products run as blocked matrix products.
constexpr std::int64_t kBlockedFromTokens = 8;

bool holds_keys(const Tensor& tensor)
{
    return tensor.dtype == DType::F32 || tensor.dtype == DType::F16;
}

/// Element (row, col) of a matrix of keys or values.
const std::byte* at(const Tensor& tensor, std::int64_t row, std::int64_t col)
{
    return tensor.data +
           static_cast<std::size_t>(row * tensor.stride + col) * size_bytes(tensor.dtype);
}

/// Reads one byte of every cache line, in order. A head takes a part of each row, a pattern that
/// the processor's prefetcher does not follow: 47 MB of cache came at 9 GB/s, after one pass in
/// order at TOUCHED.
void touch(const Tensor& rows)
{
    const std::int64_t bytes = rows.cols * static_cast<std::int64_t>(size_bytes(rows.dtype));
    for (std::int64_t r = 0; r < rows.rows; ++r) {
        const std::byte* row = at(rows, r, 0);
        for (std::int64_t i = 0; i < bytes; i += 64) {
            static_cast<void>(*static_cast<const volatile std::byte*>(row + i));
        }
    }
}

/// Keys before those that a query's window shows.
std::int64_t hidden_keys(const AttentionShape& shape, std::int64_t query)
{
    if (shape.window == 0) return 0;
    return std::max<std::int64_t>(shape.first_position + query + 1 - shape.window, 0);
}

std::int64_t visible_keys(const AttentionShape& shape, std::int64_t query, std::int64_t keys)
{
    return shape.causal ? std::clamp<std::int64_t>(shape.first_position + query + 1, 0, keys)
                        : keys;
}

} // namespace

void CpuBackend::attention(
    const Tensor& y,
    const Tensor& q,
    const Tensor& all_keys,
    const Tensor& all_values,
    const AttentionShape& whole)
{
    EXPECTS(whole.window >= 0 && (whole.window == 0 || whole.causal));
    // Stretches that lie before every window are left out; the others keep their borders.
    AttentionShape shape = whole;
    const std::int64_t skipped = hidden_keys(whole, 0) / kStretchKeys * kStretchKeys;
    EXPECTS(skipped <= all_keys.rows && all_values.rows == all_keys.rows);
    shape.first_position -= skipped;
    const Tensor k = all_keys.slice_rows(skipped, all_keys.rows - skipped);
    const Tensor v = all_values.slice_rows(skipped, all_values.rows - skipped);
    EXPECTS(shape.heads > 0 && shape.kv_heads > 0 && shape.heads % shape.kv_heads == 0);
    EXPECTS(y.dtype == DType::F32 && q.dtype == DType::F32 && holds_keys(k) && k.dtype == v.dtype);
    EXPECTS(q.cols == shape.heads * shape.head_dim && y.cols == q.cols && y.rows == q.rows);
    EXPECTS(k.cols == shape.kv_heads * shape.head_dim && v.cols == k.cols && v.rows == k.rows);
    if (q.rows == 0) return;
    EXPECTS(k.rows > 0 && visible_keys(shape, 0, k.rows) > 0);
    if (q.rows < kBlockedFromTokens) {
        attend_step(y, q, k, v, shape);
    } else if (
        shape.compute == Compute::Fast && table_.attend_rounded != nullptr && !shape.causal &&
        k.dtype == DType::F32 && shape.head_dim % kPanelRows == 0 &&
        shape.head_dim <= cpu::kRoundedHeadDim) {
        attend_rounded(y, q, k, v, shape);
    } else {
        attend_blocked(y, q, k, v, shape);
    }
}

/// Many queries that see everything, in BF16: pictures, half of whose work is this.
void CpuBackend::attend_rounded(
    const Tensor& y,
    const Tensor& q,
    const Tensor& k,
    const Tensor& v,
    const AttentionShape& shape)
{
    const std::int64_t dim = shape.head_dim;
    const std::int64_t padded = ceil_div(k.rows, 32) * 32;
    const std::int64_t panels = padded / kPanelRows;
    auto* keys = packed_.get<std::uint16_t>(shape.kv_heads * padded * dim);
    auto* values = values_.get<std::uint16_t>(shape.kv_heads * padded * dim);
    pool_.parallel_for(
        shape.kv_heads * panels,
        ceil_div(kGrainWork / 8, kPanelRows * dim),
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t item = first; item < last; ++item) {
                const std::int64_t head = item / panels, begin = item % panels * kPanelRows;
                const std::int64_t count = std::clamp<std::int64_t>(k.rows - begin, 0, kPanelRows);
                const auto row = [&](const Tensor& of, std::int64_t j) {
                    return j < k.rows ? of.row<const float>(j).data() + head * dim : nullptr;
                };
                table_.pack_rounded_keys(
                    keys + item * kPanelRows * dim,
                    row(k, begin),
                    k.stride,
                    static_cast<int>(count),
                    dim);
                for (std::int64_t d = 0; d < dim; d += kPanelRows)
                    for (std::int64_t j = begin; j < begin + kPanelRows; j += 2) {
                        const float* a = row(v, j);
                        const float* b = row(v, j + 1);
                        table_.pack_rounded_values(
                            values + (head * dim + d) * padded + j * kPanelRows,
                            a == nullptr ? nullptr : a + d,
                            b == nullptr ? nullptr : b + d);
                    }
            }
        });
    const std::int64_t blocks = ceil_div(q.rows, cpu::kRoundedQueries);
    // Heads change slowest: one head's keys and values stay in the last cache.
    pool_.parallel_for(
        blocks * shape.heads,
        ceil_div(kGrainWork, 2 * cpu::kRoundedQueries * k.rows * dim),
        [&](std::int64_t first_item, std::int64_t last_item) {
            for (std::int64_t item = first_item; item < last_item; ++item) {
                const std::int64_t head = item / blocks;
                const std::int64_t first = item % blocks * cpu::kRoundedQueries;
                const std::int64_t kv_head = head / (shape.heads / shape.kv_heads);
                table_.attend_rounded({
                    .q = q.row<const float>(first).data() + head * dim,
                    .ldq = q.stride,
                    .queries = static_cast<int>(
                        std::min<std::int64_t>(cpu::kRoundedQueries, q.rows - first)),
                    .head_dim = shape.head_dim,
                    .keys = keys + kv_head * padded * dim,
                    .values = values + kv_head * padded * dim,
                    .count = k.rows,
                    .padded_count = padded,
                    .scale = shape.scale,
                    .y = y.row<float>(first).data() + head * dim,
                    .ldy = y.stride,
                    .scratch = scratch<float>(Scratch::Scores, cpu::kRoundedAttendScratch),
                });
            }
        });
}

/// Few queries: every stretch of keys is read once for all queries that share it; the stretches'
/// results are merged.
void CpuBackend::attend_step(
    const Tensor& y,
    const Tensor& q,
    const Tensor& k,
    const Tensor& v,
    const AttentionShape& shape)
{
    const int dim = shape.head_dim;
    const int sharing = shape.heads / shape.kv_heads; // heads that share keys
    const std::int64_t queries =
        sharing * q.rows; // rows of q per kv head: [token][head of the group]
    const std::int64_t stretches = ceil_div(k.rows, kStretchKeys);
    const std::int64_t results = shape.kv_heads * stretches * queries;
    auto* scaled = partial_.get<float>(q.rows * q.cols + results * (dim + 2));
    float* largest = scaled + q.rows * q.cols; // [kv head][stretch][query]
    float* sums = largest + results;
    float* mixed = sums + results; // [kv head][stretch][query][dim]
    for (std::int64_t t = 0; t < q.rows; ++t) {
        table_.scale(scaled + t * q.cols, q.row<const float>(t).data(), shape.scale, q.cols);
    }
    const std::int64_t work = 2 * shape.kv_heads * queries * dim * std::min(kStretchKeys, k.rows);
    pool_.parallel_for(
        stretches,
        ceil_div(kGrainWork, work),
        [&](std::int64_t first, std::int64_t last) {
            auto* scores = scratch<float>(Scratch::Scores, kAttendQueries * kStretchKeys);
            for (std::int64_t stretch = first; stretch < last; ++stretch) {
                const std::int64_t begin = stretch * kStretchKeys;
                const std::int64_t keys = std::min(kStretchKeys, k.rows - begin);
                touch(k.slice_rows(begin, keys));
                touch(v.slice_rows(begin, keys));
                for (std::int64_t kv_head = 0; kv_head < shape.kv_heads; ++kv_head) {
                    for (std::int64_t done = 0, count = 0; done < queries; done += count) {
                        // Queries of one token share a window as well.
                        const std::int64_t left =
                            shape.window == 0 ? queries - done : sharing - done % sharing;
                        count = std::min<std::int64_t>(kAttendQueries, left);
                        const std::int64_t hidden = std::clamp<std::int64_t>(
                            hidden_keys(shape, done / sharing) - begin,
                            0,
                            keys);
                        const std::int64_t result =
                            (kv_head * stretches + stretch) * queries + done;
                        if (hidden == keys) {
                            std::fill_n(sums + result, count, 0.0f);
                            continue;
                        }
                        const float* rows[kAttendQueries] = {};
                        std::int64_t visible[kAttendQueries] = {};
                        for (int i = 0; i < count; ++i) {
                            const std::int64_t token = (done + i) / sharing;
                            const std::int64_t head = kv_head * sharing + (done + i) % sharing;
                            rows[i] = scaled + token * q.cols + head * dim;
                            visible[i] = std::clamp<std::int64_t>(
                                visible_keys(shape, token, k.rows) - begin - hidden,
                                0,
                                keys - hidden);
                        }
                        table_.attend({
                            .q = rows,
                            .queries = static_cast<int>(count),
                            .head_dim = dim,
                            .k = at(k, begin + hidden, kv_head * dim),
                            .v = at(v, begin + hidden, kv_head * dim),
                            .half = k.dtype == DType::F16,
                            .k_stride = k.stride,
                            .v_stride = v.stride,
                            .keys = keys - hidden,
                            .visible = visible,
                            .scores = scores,
                            .max = largest + result,
                            .sum = sums + result,
                            .mixed = mixed + result * dim,
                        });
                    }
                }
            }
        });
    for (std::int64_t t = 0; t < q.rows; ++t) {
        for (std::int64_t head = 0; head < shape.heads; ++head) {
            const std::int64_t query = t * sharing + head % sharing;
            const std::int64_t base = head / sharing * stretches * queries + query;
            float top = -std::numeric_limits<float>::infinity();
            for (std::int64_t s = 0; s < stretches; ++s) {
                if (sums[base + s * queries] > 0.0f)
                    top = std::max(top, largest[base + s * queries]);
            }
            float* out = y.row<float>(t).data() + head * dim;
            std::fill_n(out, dim, 0.0f);
            float sum = 0.0f;
            for (std::int64_t s = 0; s < stretches; ++s) {
                const std::int64_t result = base + s * queries;
                if (sums[result] == 0.0f) continue;
                const float weight = std::exp(largest[result] - top);
                sum += weight * sums[result];
                for (int d = 0; d < dim; ++d) out[d] += weight * mixed[result * dim + d];
            }
            table_.scale(out, out, 1.0f / sum, dim);
        }
    }
}

/// Many queries: scores and mixtures as matrix products on panels of keys and of values, a block of
/// rows at a time.
void CpuBackend::attend_blocked(
    const Tensor& y,
    const Tensor& q,
    const Tensor& k,
    const Tensor& v,
    const AttentionShape& shape)
{
    const int dim = shape.head_dim;
    const bool half = k.dtype == DType::F16;
    const std::int64_t keys = visible_keys(shape, q.rows - 1, k.rows);
    const std::int64_t key_panels = ceil_div(keys, kPanelRows);
    const std::int64_t dim_panels = ceil_div(dim, kPanelRows);
    const std::int64_t padded_keys = key_panels * kPanelRows;
    auto* key_memory =
        packed_.get<float>(shape.kv_heads * padded_keys * dim); // [kv head][panel][dim][16 keys]
    auto* value_memory = values_.get<float>(
        shape.kv_heads * dim_panels * kPanelRows * padded_keys); // [kv head][panel][keys][16 dims]

    pool_.parallel_for(
        shape.kv_heads * key_panels,
        ceil_div(kGrainWork / 8, kPanelRows * dim),
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t item = first; item < last; ++item) {
                const std::int64_t head = item / key_panels;
                const std::int64_t begin = item % key_panels * kPanelRows;
                const int count =
                    static_cast<int>(std::min<std::int64_t>(kPanelRows, keys - begin));
                table_.pack_keys(
                    key_memory + item * kPanelRows * dim,
                    at(k, begin, head * dim),
                    half,
                    k.stride,
                    count,
                    dim);
                for (std::int64_t p = 0; p < dim_panels; ++p) {
                    const std::int64_t lanes =
                        std::min<std::int64_t>(kPanelRows, dim - p * kPanelRows);
                    float* out =
                        value_memory + ((head * dim_panels + p) * padded_keys + begin) * kPanelRows;
                    for (int j = 0; j < count; ++j, out += kPanelRows) {
                        const std::byte* in = at(v, begin + j, head * dim + p * kPanelRows);
                        if (half) {
                            table_.widen_f16(
                                out,
                                reinterpret_cast<const std::uint16_t*>(in),
                                lanes);
                        } else {
                            std::copy_n(reinterpret_cast<const float*>(in), lanes, out);
                        }
                        std::fill(out + lanes, out + kPanelRows, 0.0f);
                    }
                }
            }
        });

    const int step = table_.f32_tokens;
    const std::int64_t blocks = ceil_div(q.rows, step);
    const std::int64_t work = 2 * step * keys * dim;
    // Later blocks see more keys: heads change fastest, so that the parts of a causal product cost
    // alike.
    pool_.parallel_for(
        blocks * shape.heads,
        ceil_div(kGrainWork, work),
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t item = first; item < last; ++item) {
                const std::int64_t head = item % shape.heads;
                const std::int64_t kv_head = head / (shape.heads / shape.kv_heads);
                attend_block(
                    y,
                    q,
                    shape,
                    item / shape.heads * step,
                    head,
                    key_memory + kv_head * padded_keys * dim,
                    value_memory + kv_head * dim_panels * kPanelRows * padded_keys,
                    k.rows,
                    padded_keys);
            }
        });
}

/// Rows [first, first + f32_tokens) of one head.
void CpuBackend::attend_block(
    const Tensor& y,
    const Tensor& q,
    const AttentionShape& shape,
    std::int64_t first,
    std::int64_t head,
    const float* key_panels,
    const float* value_panels,
    std::int64_t all_keys,
    std::int64_t padded_keys)
{
    const int dim = shape.head_dim;
    const int count = static_cast<int>(std::min<std::int64_t>(table_.f32_tokens, q.rows - first));
    const int padded = cpu::padded_tokens(count);
    const std::int64_t keys = visible_keys(shape, first + count - 1, all_keys);
    const std::int64_t panels = ceil_div(keys, kPanelRows);
    const std::int64_t lds = panels * kPanelRows;

    auto* rows = scratch<float>(Scratch::Query, padded * dim);
    table_.pack_f32(
        rows,
        q.row<const float>(first).data() + head * dim,
        q.stride,
        count,
        padded,
        dim);
    auto* scores = scratch<float>(Scratch::Scores, padded * lds);
    for (std::int64_t p = 0; p < panels; p += table_.panels) {
        const int width = static_cast<int>(std::min<std::int64_t>(table_.panels, panels - p));
        table_.tile_f32(
            scores + p * kPanelRows,
            lds,
            rows,
            padded,
            key_panels + p * kPanelRows * dim,
            width,
            kPanelRows * dim,
            dim);
    }
    float sums[cpu::kMaxTileTokens] = {};
    for (int t = 0; t < count; ++t) {
        float* row = scores + t * lds;
        const std::int64_t visible = visible_keys(shape, first + t, all_keys);
        const std::int64_t hidden = hidden_keys(shape, first + t);
        sums[t] = table_.exp_sum(row + hidden, shape.scale, visible - hidden);
        std::fill(row, row + hidden, 0.0f);
        std::fill(row + visible, row + lds, 0.0f);
    }
    const std::int64_t dim_panels = ceil_div(dim, kPanelRows);
    const std::int64_t ldc = table_.row_panels * kPanelRows;
    auto* c = scratch<float>(Scratch::Tile, ldc * cpu::kMaxTileTokens);
    for (std::int64_t p = 0; p < dim_panels; p += table_.row_panels) {
        const int width =
            static_cast<int>(std::min<std::int64_t>(table_.row_panels, dim_panels - p));
        table_.tile_rows_f32(
            c,
            ldc,
            scores,
            lds,
            padded,
            value_panels + p * padded_keys * kPanelRows,
            width,
            padded_keys * kPanelRows,
            keys);
        for (int t = 0; t < count; ++t) {
            float* out = y.row<float>(first + t).data() + head * dim + p * kPanelRows;
            const std::int64_t lanes =
                std::min<std::int64_t>(width * kPanelRows, dim - p * kPanelRows);
            table_.scale(out, c + t * ldc, 1.0f / sums[t], lanes);
        }
    }
}

void CpuBackend::attention_weights(
    const Tensor& weights,
    const Tensor& q,
    const Tensor& k,
    int head,
    int head_dim,
    float scale)
{
    EXPECTS(weights.dtype == DType::F32 && q.dtype == DType::F32 && holds_keys(k));
    EXPECTS(head >= 0 && head_dim > 0 && (head + 1) * head_dim <= q.cols && q.cols == k.cols);
    EXPECTS(weights.rows == q.rows && weights.cols == k.rows && k.rows > 0);
    if (q.rows == 0) return;
    const Tensor head_q = q.slice_cols(head * head_dim, head_dim);
    const Tensor head_k = k.slice_cols(head * head_dim, head_dim);
    if (k.dtype == DType::F32) {
        matmul(weights, head_q, head_k);
    } else {
        auto* wide = values_.get<float>(k.rows * head_dim);
        for (std::int64_t j = 0; j < k.rows; ++j) {
            table_.widen_f16(
                wide + j * head_dim,
                head_k.row<const std::uint16_t>(j).data(),
                head_dim);
        }
        matmul(
            weights,
            head_q,
            Tensor{reinterpret_cast<std::byte*>(wide), DType::F32, k.rows, head_dim, head_dim});
    }
    softmax(weights, scale);
}

} // namespace kernels

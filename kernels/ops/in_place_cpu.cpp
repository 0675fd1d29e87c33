#include "kernels/cpu_backend.h"
#include "kernels/ops/work.h"

#include "base/expects.h"

#include <algorithm>

namespace kernels {

using cpu::kBlock;
using cpu::kRoundedColumns;
using cpu::kRoundedTokens;
using cpu::PackedWeight;
using cpu::Scratch;
using cpu::scratch;
using cpu::StoredRows;

namespace {

/// Rows that one thread takes at a time: several streams for the prefetcher, few enough to share.
constexpr std::int64_t kRows = 16;
/// Tokens from which on NVFP4 rows are widened once: at 512 tokens that saves a seventh (48 against
/// 56 ms for a matrix of 1,856 x 2,688, two threads, AVX-512). The other formats convert for next
/// to nothing; widened they are never faster, and slower up to 96 tokens.
constexpr std::int64_t kWidenFrom = 16;
/// The same for ggml's blocks: dot_blocks() takes them apart anew for every few tokens.
constexpr std::int64_t kWidenBlocksFrom = 7;
/// Tokens that share one visit of widened rows: 48 of 2,688 floats are 516 KB, half of a L2. A
/// multiple of kRoundedTokens.
constexpr std::int64_t kVisitTokens = 48;

StoredRows rows_of(const Weight& weight, std::int64_t first, std::int64_t count)
{
    StoredRows rows;
    rows.row_bytes =
        static_cast<std::int64_t>(row_bytes(weight.format, static_cast<std::size_t>(weight.cols)));
    rows.data = weight.data + first * rows.row_bytes;
    if (weight.format == WeightFormat::NVFP4)
        rows.scales = weight.block_scales + first * (weight.cols / 16);
    rows.format = weight.format;
    rows.rows = count;
    rows.k = weight.cols;
    return rows;
}

} // namespace

void CpuBackend::run_in_place(std::vector<InPlaceProduct>& products)
{
    std::int64_t groups = 0, work = 0;
    for (InPlaceProduct& product : products) {
        const auto& weight = static_cast<const PackedWeight&>(*product.output.weight);
        product.first_group = groups;
        groups += ceil_div(weight.rows(), kRows);
        work = std::max(work, kRows * weight.cols() * product.x.rows);
    }
    round_inputs(products);
    quantize_inputs(products);
    pool_.parallel_for(
        groups,
        ceil_div(kGrainWork, work),
        [&](std::int64_t first, std::int64_t last) {
            auto next = std::upper_bound(
                products.begin(),
                products.end(),
                first,
                [](std::int64_t g, const InPlaceProduct& p) { return g < p.first_group; });
            for (std::int64_t g = first; g < last; ++g) {
                if (next != products.end() && g >= next->first_group) ++next;
                const InPlaceProduct& product = *std::prev(next);
                const std::int64_t row = (g - product.first_group) * kRows;
                if (product.rounded != nullptr)
                    visit_rounded_rows(product, row);
                else
                    visit_rows(product, row);
            }
        });
}

/// Rounds every input once for each order of columns that the weights of its products want.
void CpuBackend::round_inputs(std::vector<InPlaceProduct>& products)
{
    if (table_.dot_rounded == nullptr) return;
    struct Input {
        const Tensor* x;
        WeightFormat format;
        std::int64_t offset; // in rounded_
    };
    std::vector<Input> inputs;
    std::vector<std::size_t> input_of(products.size());
    std::int64_t size = 0;
    const auto is_rounded = [](const InPlaceProduct& product) {
        const auto& weight = static_cast<const PackedWeight&>(*product.output.weight);
        const WeightFormat format = weight.source().format;
        return weight.compute() == Compute::Fast &&
               (format == WeightFormat::BF16 || format == WeightFormat::F8E4M3 ||
                format == WeightFormat::NVFP4);
    };
    for (std::size_t i = 0; i < products.size(); ++i) {
        if (!is_rounded(products[i])) continue;
        const Tensor& x = products[i].x;
        const WeightFormat format =
            static_cast<const PackedWeight&>(*products[i].output.weight).source().format;
        const auto same = std::find_if(inputs.begin(), inputs.end(), [&](const Input& input) {
            return input.x->data == x.data && input.x->rows == x.rows && input.format == format;
        });
        input_of[i] = static_cast<std::size_t>(same - inputs.begin());
        if (same != inputs.end()) continue;
        inputs.push_back({&x, format, size});
        size += x.rows * ceil_div(x.cols, kRoundedColumns) * kRoundedColumns;
    }
    if (inputs.empty()) return;
    auto* memory = rounded_.get<std::uint16_t>(size);
    for (const Input& input : inputs) {
        const Tensor& x = *input.x;
        const std::int64_t padded = ceil_div(x.cols, kRoundedColumns) * kRoundedColumns;
        pool_.parallel_for(
            ceil_div(x.rows, kRoundedTokens),
            ceil_div(kGrainWork / 4, kRoundedTokens * padded),
            [&](std::int64_t first, std::int64_t last) {
                for (std::int64_t block = first; block < last; ++block) {
                    const std::int64_t t = block * kRoundedTokens;
                    const auto tokens =
                        static_cast<int>(std::min<std::int64_t>(kRoundedTokens, x.rows - t));
                    table_.round_rows(
                        memory + input.offset + t * padded,
                        x.row<const float>(t).data(),
                        x.stride,
                        tokens,
                        x.cols,
                        input.format);
                }
            });
    }
    for (std::size_t i = 0; i < products.size(); ++i)
        if (is_rounded(products[i])) products[i].rounded = memory + inputs[input_of[i]].offset;
}

/// The same for a single token that meets ggml's blocks.
void CpuBackend::quantize_inputs(std::vector<InPlaceProduct>& products)
{
    if (table_.dot_quantized == nullptr) return;
    const auto is_quantized = [](const InPlaceProduct& product) {
        const auto& weight = static_cast<const PackedWeight&>(*product.output.weight);
        return weight.compute() == Compute::Fast && product.x.rows == 1 &&
               takes_quantized(weight.source().format);
    };
    std::vector<InPlaceProduct*> wanted;
    std::vector<const void*> inputs;
    std::int64_t blocks = 0;
    for (InPlaceProduct& product : products) {
        if (!is_quantized(product)) continue;
        wanted.push_back(&product);
        if (std::ranges::find(inputs, product.x.data) != inputs.end()) continue;
        inputs.push_back(product.x.data);
        blocks += product.x.cols / kBlock;
    }
    if (wanted.empty()) return;
    auto* quants = block_quants_.get<std::int8_t>(2 * kBlock * blocks);
    auto* whole_sums = block_sums_.get<std::int32_t>(blocks);
    auto* scales = block_scales_.get<float>(3 * blocks);
    auto* sums = block_scaled_sums_.get<float>(3 * blocks);
    for (InPlaceProduct* product : wanted) {
        const Tensor& x = product->x;
        const auto same = std::ranges::find_if(wanted, [&](const InPlaceProduct* other) {
            return other->quantized && other->x.data == x.data;
        });
        if (same != wanted.end()) {
            product->quantized = (*same)->quantized;
            continue;
        }
        const std::int64_t count = x.cols / kBlock;
        const cpu::QuantizedRow row{quants, scales, sums, scales + count, sums + count};
        table_.quantize_blocks(
            quants,
            scales,
            whole_sums,
            sums,
            x.row<const float>(0).data(),
            x.stride,
            1,
            1,
            x.cols);
        for (std::int64_t i = 0; i < 2 * count; ++i) {
            const std::int8_t* high = quants + i / 2 * 2 * kBlock + i % 2 * (kBlock / 2);
            std::int32_t sum = 0;
            for (int j = 0; j < kBlock / 2; ++j) sum += 128 * high[j] + high[kBlock + j];
            scales[count + i] = scales[i / 2];
            sums[count + i] = scales[i / 2] * static_cast<float>(sum);
        }
        product->quantized = row;
        quants += 2 * kBlock * count;
        scales += 3 * count;
        sums += 3 * count;
    }
}

/// kRows rows times all tokens, in float.
void CpuBackend::visit_rows(const InPlaceProduct& product, std::int64_t first_row) const
{
    const Weight& weight = static_cast<const PackedWeight&>(*product.output.weight).source();
    const Tensor& x = product.x;
    const std::int64_t visit = std::min(kVisitTokens, x.rows);
    const std::int64_t count = std::min(kRows, weight.rows - first_row);
    StoredRows rows = rows_of(weight, first_row, count);
    const bool blocks = is_ggml_block(weight.format);
    if (x.rows >= (blocks ? kWidenBlocksFrom : kWidenFrom) &&
        (blocks || weight.format == WeightFormat::NVFP4)) {
        auto* wide = scratch<float>(Scratch::Wide, kRows * x.cols);
        (blocks ? table_.widen_blocks : table_.widen_rows)(wide, rows);
        rows.data = reinterpret_cast<const std::byte*>(wide);
        rows.row_bytes = x.cols * 4;
        rows.scales = nullptr;
        rows.format = WeightFormat::F32;
    }
    if (product.quantized) {
        auto* c = scratch<float>(Scratch::Tile, kRows);
        table_.dot_quantized(c, *product.quantized, rows);
        finish_rows(product, 0, 1, first_row, count, c);
        return;
    }
    const auto dot = is_ggml_block(rows.format) ? table_.dot_blocks : table_.dot_rows;
    auto* c = scratch<float>(Scratch::Tile, visit * kRows);
    for (std::int64_t t = 0; t < x.rows; t += visit) {
        const int tokens = static_cast<int>(std::min(visit, x.rows - t));
        const float* in = x.row<const float>(t).data();
        dot(c, kRows, in, x.stride, tokens, rows);
        finish_rows(product, t, tokens, first_row, count, c);
    }
}

/// The same with rounded activations: one token reads the rows as they are stored, more tokens a
/// widened copy.
void CpuBackend::visit_rounded_rows(const InPlaceProduct& product, std::int64_t first_row) const
{
    const Weight& weight = static_cast<const PackedWeight&>(*product.output.weight).source();
    const Tensor& x = product.x;
    const std::int64_t visit = std::min(kVisitTokens, x.rows);
    const std::int64_t count = std::min(kRows, weight.rows - first_row);
    const StoredRows stored = rows_of(weight, first_row, count);
    auto* c = scratch<float>(Scratch::Tile, visit * kRows);
    if (x.rows == 1) {
        table_.dot_rounded(c, product.rounded, stored);
        finish_rows(product, 0, 1, first_row, count, c);
        return;
    }
    const std::int64_t padded = ceil_div(x.cols, kRoundedColumns) * kRoundedColumns;
    const bool scaled = weight.format == WeightFormat::NVFP4;
    auto* values = scratch<std::uint16_t>(Scratch::Wide, kRows * padded);
    auto* scales = scaled ? scratch<float>(Scratch::Scales, kRows * padded / 8) : nullptr;
    auto* sums = scratch<float>(Scratch::Scores, visit * kRows * kRows);
    table_.widen_rounded(values, scales, stored);
    for (std::int64_t t = 0; t < x.rows; t += visit) {
        const int tokens = static_cast<int>(std::min(visit, x.rows - t));
        const std::uint16_t* in = product.rounded + t * padded;
        cpu::RoundedRows rows{values, scales, padded};
        if (t + visit >= x.rows) {
            rows.next = stored.data + count * stored.row_bytes;
            rows.next_bytes = std::min(kRows, weight.rows - first_row - count) * stored.row_bytes;
        }
        table_.tile_rounded(c, kRows, sums, in, tokens, rows);
        finish_rows(product, t, tokens, first_row, count, c);
    }
}

void CpuBackend::finish_rows(
    const InPlaceProduct& product,
    std::int64_t first_token,
    int tokens,
    std::int64_t first_row,
    std::int64_t count,
    float* c) const
{
    const float scale = static_cast<const PackedWeight&>(*product.output.weight).source().scale;
    if (scale != 1.0f)
        for (int i = 0; i < tokens; ++i) table_.scale(c + i * kRows, c + i * kRows, scale, count);
    finish_tile(product.output, first_token, tokens, first_row, count, c, kRows);
}

} // namespace kernels

#include "kernels/cpu_backend.h"
#include "kernels/ops/work.h"

#include "base/expects.h"

#include <algorithm>

namespace kernels {

using cpu::kBlock;
using cpu::kMaxTileTokens;
using cpu::kPanelRows;
using cpu::PackedWeight;
using cpu::PanelFormat;
using cpu::Scratch;
using cpu::scratch;

/// One weight of a group, resolved.
struct CpuBackend::Product {
    const MatmulOutput* output = nullptr;
    const PackedWeight* weight = nullptr; // or, for a dense operand,
    const float* dense = nullptr;         // panels [cols][16]
    bool exact = false;                   // float32 throughout
    std::int64_t rows = 0;
    std::int64_t first_group = 0; // its panel groups within the whole group of products
};

/// x in the forms that the weights of a group want; blocks of tokens one after another, packed as
/// kernel_table.h says.
struct CpuBackend::Activations {
    std::int64_t tokens = 0;
    std::int64_t cols = 0;
    const float* exact = nullptr;
    cpu::BlockActivations blocks{};
};

namespace {

/// Token blocks that share one visit of a weight panel. 96 tokens of 1,536 floats are 590 KB: they
/// stay in L2 beside the panel, and a widened F16 panel is used eight times.
constexpr std::int64_t kBlocksPerVisit = 8;

/// Tokens [first, first + count) of block b when blocks hold `step` tokens.
struct TokenBlock {
    TokenBlock(std::int64_t b, int step, std::int64_t tokens)
        : first(b * step), count(static_cast<int>(std::min<std::int64_t>(step, tokens - first))),
          padded(cpu::padded_tokens(count))
    {
    }
    std::int64_t first;
    int count;
    int padded;
};

void check_output(const MatmulOutput& output, const Tensor& x, std::int64_t rows, std::int64_t cols)
{
    EXPECTS(output.y.rows == x.rows && output.y.cols == rows && x.cols == cols);
    EXPECTS(output.y.dtype == DType::F32 || output.y.dtype == DType::F16);
    EXPECTS(output.bias.empty() || static_cast<std::int64_t>(output.bias.size()) == rows);
    EXPECTS(!output.add_to_y || output.y.dtype == DType::F32);
}

} // namespace

/// Bias, activation and store of the tile c: `tokens` tokens from first_token on times rows
/// [first, first + n).
void CpuBackend::finish_tile(
    const MatmulOutput& output,
    std::int64_t first_token,
    int tokens,
    std::int64_t first,
    std::int64_t n,
    float* c,
    std::int64_t ldc) const
{
    const float* bias = output.bias.empty() ? nullptr : output.bias.data() + first;
    const bool half = output.y.dtype == DType::F16;
    if (output.activation != Activation::None || half) {
        for (int t = 0; t < tokens; ++t) {
            float* sums = c + t * ldc;
            if (bias != nullptr) table_.add(sums, bias, n);
            switch (output.activation) {
            case Activation::None:
                break;
            case Activation::GeluErf:
                table_.gelu_erf(sums, n);
                break;
            case Activation::Relu:
                table_.relu(sums, n);
                break;
            case Activation::Silu:
                table_.silu(sums, n);
                break;
            case Activation::ReluSquared:
                table_.relu_squared(sums, n);
                break;
            }
            if (half) {
                auto* y = output.y.row<std::uint16_t>(first_token + t).data();
                table_.narrow_f16(y + first, sums, n);
            }
        }
        if (half) return;
        bias = nullptr; // it came before the activation
    }
    float* y = output.y.row<float>(first_token).data() + first;
    table_.store_tile(y, output.y.stride, c, ldc, tokens, n, bias, output.add_to_y);
}

void CpuBackend::matmul(std::span<const MatmulOutput> outputs, const Tensor& x)
{
    EXPECTS(x.dtype == DType::F32 && !outputs.empty());
    if (x.rows == 0) return;
    std::vector<Product> products;
    products.reserve(outputs.size());
    std::vector<InPlaceProduct> in_place;
    bool exact = false;
    bool blocks = false;
    std::int64_t group = 0;
    for (const MatmulOutput& output : outputs) {
        EXPECTS(output.weight != nullptr);
        const auto& weight = static_cast<const PackedWeight&>(*output.weight);
        check_output(output, x, weight.rows(), weight.cols());
        if (weight.format() == PanelFormat::Source) {
            in_place.push_back({output, x});
            continue;
        }
        const bool is_exact = weight.compute() == Compute::Exact;
        exact |= is_exact;
        blocks |= !is_exact;
        products.push_back({&output, &weight, nullptr, is_exact, weight.rows(), group});
        group += ceil_div(weight.panels(), table_.panels);
    }
    if (!products.empty()) run_products(products, prepare(x, exact, blocks));
    if (!in_place.empty()) run_in_place(in_place);
}

void CpuBackend::matmul(const Tensor& y, const Tensor& a, const Tensor& b)
{
    EXPECTS(a.dtype == DType::F32 && b.dtype == DType::F32 && a.cols == b.cols);
    const MatmulOutput output{.y = y, .weight = nullptr};
    check_output(output, a, b.rows, b.cols);
    if (a.rows == 0 || b.rows == 0) return;
    const std::int64_t panels = ceil_div(b.rows, kPanelRows);
    auto* packed = packed_.get<float>(panels * kPanelRows * b.cols);
    pool_.parallel_for(
        panels,
        ceil_div(kGrainWork, kPanelRows * b.cols + 1),
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t p = first; p < last; ++p) {
                const int count =
                    static_cast<int>(std::min<std::int64_t>(kPanelRows, b.rows - p * kPanelRows));
                table_.pack_f32(
                    packed + p * kPanelRows * b.cols,
                    b.row<const float>(p * kPanelRows).data(),
                    b.stride,
                    count,
                    kPanelRows,
                    b.cols);
            }
        });
    const Product product{&output, nullptr, packed, true, b.rows, 0};
    run_products({&product, 1}, prepare(a, true, false));
}

CpuBackend::Activations CpuBackend::prepare(const Tensor& x, bool exact, bool blocks)
{
    const std::int64_t cols = x.cols;
    const std::int64_t padded_rows = ceil_div(x.rows, kMaxTileTokens) * kMaxTileTokens;
    Activations a{x.rows, cols};
    const auto for_blocks = [&](int step, auto&& pack) {
        pool_.parallel_for(
            ceil_div(x.rows, step),
            ceil_div(kGrainWork / 8, step * cols),
            [&](std::int64_t first, std::int64_t last) {
                for (std::int64_t b = first; b < last; ++b) {
                    pack(TokenBlock(b, step, x.rows), x.row<const float>(b * step).data());
                }
            });
    };
    if (exact) {
        auto* packed = exact_.get<float>(padded_rows * cols);
        for_blocks(table_.f32_tokens, [&](const TokenBlock& block, const float* from) {
            table_.pack_f32(
                packed + block.first * cols,
                from,
                x.stride,
                block.count,
                block.padded,
                cols);
        });
        a.exact = packed;
    }
    if (blocks) {
        const std::int64_t count = cols / kBlock;
        auto* quants = block_quants_.get<std::int8_t>(2 * padded_rows * cols);
        auto* scales = block_scales_.get<float>(padded_rows * count);
        auto* sums = block_sums_.get<std::int32_t>(padded_rows * count);
        auto* scaled = block_scaled_sums_.get<float>(padded_rows * count);
        for_blocks(table_.block_tokens, [&](const TokenBlock& block, const float* from) {
            table_.quantize_blocks(
                quants + 2 * block.first * cols,
                scales + block.first * count,
                sums + block.first * count,
                scaled + block.first * count,
                from,
                x.stride,
                block.count,
                block.padded,
                cols);
        });
        a.blocks = {quants, scales, sums, scaled};
    }
    return a;
}

void CpuBackend::run_products(std::span<const Product> products, const Activations& a)
{
    const Product& last_product = products.back();
    const std::int64_t groups =
        last_product.first_group + ceil_div(ceil_div(last_product.rows, kPanelRows), table_.panels);
    const int narrowest = std::min(table_.f32_tokens, table_.block_tokens);
    const std::int64_t visit_tokens = kBlocksPerVisit * kMaxTileTokens;
    EXPECTS(
        visit_tokens % table_.f32_tokens == 0 && visit_tokens % table_.block_tokens == 0 &&
        narrowest > 0);
    const std::int64_t visits = ceil_div(a.tokens, visit_tokens);
    const std::int64_t work =
        table_.panels * kPanelRows * a.cols * std::min(a.tokens, visit_tokens);

    // Item: one stretch of tokens times one group of panels. Neighbours share the stretch, which
    // stays in L2.
    pool_.parallel_for(
        visits * groups,
        ceil_div(kGrainWork, work),
        [&](std::int64_t first_item, std::int64_t last_item) {
            const Product* product = products.data();
            for (std::int64_t item = first_item; item < last_item; ++item) {
                const std::int64_t group = item % groups;
                if (group == 0) product = products.data();
                while (product != &products.back() && group >= product[1].first_group) ++product;
                const std::int64_t first_token = item / groups * visit_tokens;
                const std::int64_t last_token = std::min(first_token + visit_tokens, a.tokens);
                visit(
                    *product,
                    (group - product->first_group) * table_.panels,
                    a,
                    first_token,
                    last_token);
            }
        });
}

void CpuBackend::visit(
    const Product& product,
    std::int64_t first_panel,
    const Activations& a,
    std::int64_t first_token,
    std::int64_t last_token)
{
    const std::int64_t all_panels = ceil_div(product.rows, kPanelRows);
    const int panels =
        static_cast<int>(std::min<std::int64_t>(table_.panels, all_panels - first_panel));
    const std::int64_t first_row = first_panel * kPanelRows;
    const std::int64_t row_count =
        std::min<std::int64_t>(panels * kPanelRows, product.rows - first_row);
    const std::int64_t ldc = table_.panels * kPanelRows;
    auto* c = scratch<float>(Scratch::Tile, ldc * kMaxTileTokens);
    const std::int64_t panel_floats = a.cols * kPanelRows;

    const auto for_blocks = [&](int step, auto&& multiply) {
        for (std::int64_t b = first_token / step; b < ceil_div(last_token, step); ++b) {
            const TokenBlock block(b, step, a.tokens);
            multiply(block);
            finish_tile(*product.output, block.first, block.count, first_row, row_count, c, ldc);
        }
    };

    const PackedWeight* weight = product.weight;
    if (weight != nullptr && !product.exact) {
        const auto* panel = reinterpret_cast<const std::uint8_t*>(weight->panel(first_panel));
        const std::int64_t stride = weight->panel_bytes();
        const std::int64_t count = a.cols / kBlock;
        const auto tile = weight->format() == PanelFormat::Q4 ? table_.tile_q4 : table_.tile_q8;
        for_blocks(table_.block_tokens, [&](const TokenBlock& block) {
            const cpu::BlockActivations blocks{
                a.blocks.quants + 2 * block.first * a.cols,
                a.blocks.scales + block.first * count,
                a.blocks.sums + block.first * count,
                a.blocks.scaled_sums + block.first * count};
            tile(c, ldc, blocks, block.padded, panel, panels, stride, count);
        });
        return;
    }

    if (weight != nullptr && weight->format() == PanelFormat::F16 &&
        last_token - first_token <= table_.f32_tokens) {
        const auto* panel = reinterpret_cast<const std::uint16_t*>(weight->panel(first_panel));
        for_blocks(table_.f32_tokens, [&](const TokenBlock& block) {
            table_.tile_f16(
                c,
                ldc,
                a.exact + block.first * a.cols,
                block.padded,
                panel,
                panels,
                weight->panel_bytes() / 2,
                a.cols);
        });
        return;
    }
    const float* panel = nullptr;
    if (weight == nullptr) {
        panel = product.dense + first_panel * panel_floats;
    } else if (weight->format() == PanelFormat::F32) {
        panel = reinterpret_cast<const float*>(weight->panel(first_panel));
    } else {
        auto* wide = scratch<float>(Scratch::Wide, panels * panel_floats);
        for (int p = 0; p < panels; ++p) {
            weight->widen_panel(first_panel + p, wide + p * panel_floats, table_);
        }
        panel = wide;
    }
    for_blocks(table_.f32_tokens, [&](const TokenBlock& block) {
        table_.tile_f32(
            c,
            ldc,
            a.exact + block.first * a.cols,
            block.padded,
            panel,
            panels,
            panel_floats,
            a.cols);
    });
}

} // namespace kernels

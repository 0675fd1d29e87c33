#include "kernels/cpu_backend.h"
#include "kernels/ops/work.h"

#include "base/expects.h"

#include <algorithm>

namespace kernels {

using cpu::PackedWeight;
using cpu::PanelFormat;
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
/// Tokens that share one visit of widened rows: 48 of 2,688 floats are 516 KB, half of a L2.
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

void CpuBackend::run_in_place(std::span<const MatmulOutput> outputs, const Tensor& x)
{
    std::int64_t groups = 0;
    std::vector<std::int64_t> first_group;
    first_group.reserve(outputs.size());
    for (const MatmulOutput& output : outputs) {
        first_group.push_back(groups);
        groups += ceil_div(output.weight->rows(), kRows);
    }
    const std::int64_t cols = x.cols;
    const std::int64_t visit = std::min(kVisitTokens, x.rows);

    const auto visit_rows = [&](std::size_t which, std::int64_t first_row) {
        const MatmulOutput& output = outputs[which];
        const Weight& weight = static_cast<const PackedWeight&>(*output.weight).source();
        const std::int64_t count = std::min(kRows, weight.rows - first_row);
        StoredRows rows = rows_of(weight, first_row, count);
        const bool blocks = is_ggml_block(weight.format);
        if (x.rows >= (blocks ? kWidenBlocksFrom : kWidenFrom) &&
            (blocks || weight.format == WeightFormat::NVFP4)) {
            auto* wide = scratch<float>(Scratch::Wide, kRows * cols);
            (blocks ? table_.widen_blocks : table_.widen_rows)(wide, rows);
            rows.data = reinterpret_cast<const std::byte*>(wide);
            rows.row_bytes = cols * 4;
            rows.scales = nullptr;
            rows.format = WeightFormat::F32;
        }
        const auto dot = is_ggml_block(rows.format) ? table_.dot_blocks : table_.dot_rows;
        auto* c = scratch<float>(Scratch::Tile, visit * kRows);
        for (std::int64_t t = 0; t < x.rows; t += visit) {
            const int tokens = static_cast<int>(std::min(visit, x.rows - t));
            const float* in = x.row<const float>(t).data();
            dot(c, kRows, in, x.stride, tokens, rows);
            if (weight.scale != 1.0f)
                for (int i = 0; i < tokens; ++i)
                    table_.scale(c + i * kRows, c + i * kRows, weight.scale, count);
            finish_tile(output, t, tokens, first_row, count, c, kRows);
        }
    };

    pool_.parallel_for(
        groups,
        ceil_div(kGrainWork, kRows * cols * x.rows),
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t g = first; g < last; ++g) {
                const auto next = std::upper_bound(first_group.begin(), first_group.end(), g);
                const auto which = static_cast<std::size_t>(next - first_group.begin()) - 1;
                visit_rows(which, (g - first_group[which]) * kRows);
            }
        });
}

} // namespace kernels

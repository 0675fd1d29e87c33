#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace kernels {

using cpu::Scratch;
using cpu::scratch;

std::vector<double> rope_frequencies(int head_dim, double base)
{
    std::vector<double> frequencies(static_cast<std::size_t>(head_dim / 2));
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        frequencies[i] = std::pow(base, -2.0 * static_cast<double>(i) / head_dim);
    return frequencies;
}

/// Sines of one token cost as much as a small layer; all layers of a kind, and q and k, share them.
const float*
CpuBackend::turns(std::span<const std::int32_t> positions, std::span<const double> frequencies)
{
    for (const RopeTable& table : rope_tables_)
        if (std::ranges::equal(table.frequencies, frequencies) &&
            std::ranges::equal(table.positions, positions))
            return table.turns.data();
    RopeTable& table = rope_tables_[oldest_table_];
    oldest_table_ = (oldest_table_ + 1) % rope_tables_.size();
    table.positions.assign(positions.begin(), positions.end());
    table.frequencies.assign(frequencies.begin(), frequencies.end());
    table.turns.clear();
    for (const std::int32_t position : positions)
        for (const double frequency : frequencies) {
            table.turns.push_back(static_cast<float>(std::cos(position * frequency)));
            table.turns.push_back(static_cast<float>(std::sin(position * frequency)));
        }
    return table.turns.data();
}

void CpuBackend::rope(
    const Tensor& y,
    const Tensor& x,
    std::span<const std::int32_t> positions,
    std::span<const double> frequencies,
    RopeStyle style)
{
    EXPECTS(x.dtype == DType::F32 && x.rows == static_cast<std::int64_t>(positions.size()));
    EXPECTS(y.rows == x.rows && y.cols == x.cols);
    EXPECTS(y.dtype == DType::F32 || y.dtype == DType::F16);
    const int pairs = static_cast<int>(frequencies.size()), head_dim = 2 * pairs;
    EXPECTS(pairs > 0 && x.cols % head_dim == 0);
    const float* const table = turns(positions, frequencies);
    const int step = style == RopeStyle::Interleaved ? 2 : 1; // from one pair to the next
    const int apart = style == RopeStyle::Interleaved ? 1 : pairs;
    pool_.parallel_for(x.rows, 16'384 / x.cols + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t t = first; t < last; ++t) {
            const float* angles = table + t * head_dim;
            const float* in = x.row<const float>(t).data();
            const bool half = y.dtype == DType::F16;
            float* out = half ? scratch<float>(Scratch::Wide, x.cols) : y.row<float>(t).data();
            for (std::int64_t head = 0; head < x.cols; head += head_dim) {
                for (int i = 0; i < pairs; ++i) {
                    const std::int64_t a = head + i * step;
                    const std::int64_t b = a + apart;
                    const float cosine = angles[2 * i];
                    const float sine = angles[2 * i + 1];
                    const float rotated = in[a] * cosine - in[b] * sine;
                    out[b] = in[a] * sine + in[b] * cosine;
                    out[a] = rotated;
                }
            }
            if (half) table_.narrow_f16(y.row<std::uint16_t>(t).data(), out, x.cols);
        }
    });
}

} // namespace kernels

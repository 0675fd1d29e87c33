#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace kernels {

using cpu::Scratch;
using cpu::scratch;

void CpuBackend::rope(
    const Tensor& y,
    const Tensor& x,
    std::span<const std::int32_t> positions,
    int head_dim,
    float base,
    RopeStyle style)
{
    EXPECTS(x.dtype == DType::F32 && x.rows == static_cast<std::int64_t>(positions.size()));
    EXPECTS(y.rows == x.rows && y.cols == x.cols);
    EXPECTS(y.dtype == DType::F32 || y.dtype == DType::F16);
    EXPECTS(head_dim > 0 && head_dim % 2 == 0 && x.cols % head_dim == 0);
    const int pairs = head_dim / 2;
    // Sines of one token cost as much as a small layer; all layers, and q and k, share them.
    if (rope_dim_ != head_dim || rope_base_ != base ||
        !std::ranges::equal(rope_positions_, positions)) {
        rope_dim_ = head_dim;
        rope_base_ = base;
        rope_positions_.assign(positions.begin(), positions.end());
        rope_table_.resize(positions.size() * static_cast<std::size_t>(head_dim));
        for (int i = 0; i < pairs; ++i) {
            const double frequency = std::pow(static_cast<double>(base), -2.0 * i / head_dim);
            for (std::size_t t = 0; t < positions.size(); ++t) {
                const double angle = positions[t] * frequency;
                float* pair =
                    &rope_table_
                        [t * static_cast<std::size_t>(head_dim) + static_cast<std::size_t>(2 * i)];
                pair[0] = static_cast<float>(std::cos(angle));
                pair[1] = static_cast<float>(std::sin(angle));
            }
        }
    }
    const int step = style == RopeStyle::Interleaved ? 2 : 1; // from one pair to the next
    const int apart = style == RopeStyle::Interleaved ? 1 : pairs;
    pool_.parallel_for(x.rows, 16'384 / x.cols + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t t = first; t < last; ++t) {
            const float* angles = &rope_table_[static_cast<std::size_t>(t * head_dim)];
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

#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <algorithm>
#include <array>

namespace kernels {
namespace {

constexpr int kMostTaps = 64;

std::int64_t outputs(std::int64_t size, int padding, int taps, int stride)
{
    return size + 2 * padding < taps ? 0 : (size + 2 * padding - taps) / stride + 1;
}

} // namespace

void CpuBackend::depthwise_conv(
    const Tensor& y,
    const Tensor& x,
    const Tensor& weight,
    std::span<const float> bias,
    const DepthwiseShape& shape,
    Activation activation)
{
    EXPECTS(x.dtype == DType::F32 && y.dtype == DType::F32 && weight.dtype == DType::F32);
    EXPECTS(shape.width > 0 && shape.stride > 0 && x.rows % shape.width == 0 && x.cols > 0);
    EXPECTS(shape.taps_down > 0 && shape.taps_across > 0);
    EXPECTS(weight.rows == shape.taps_down * shape.taps_across && weight.rows <= kMostTaps);
    EXPECTS(weight.cols == x.cols && y.cols == x.cols);
    EXPECTS(static_cast<std::int64_t>(bias.size()) == x.cols);
    EXPECTS(activation == Activation::None || activation == Activation::Silu);
    const std::int64_t height = x.rows / shape.width;
    const std::int64_t width =
        outputs(shape.width, shape.padding_across, shape.taps_across, shape.stride);
    EXPECTS(y.rows == width * outputs(height, shape.padding_down, shape.taps_down, shape.stride));
    auto* zeros = history_.get<float>(x.cols);
    std::fill_n(zeros, x.cols, 0.0f);
    const auto pixel = [&](std::int64_t t, std::int64_t i) -> const float* {
        const bool inside = t >= 0 && t < height && i >= 0 && i < shape.width;
        return inside ? x.row<const float>(t * shape.width + i).data() : zeros;
    };
    const std::int64_t work = x.cols * weight.rows;
    pool_.parallel_for(y.rows, 32'768 / work + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t r = first; r < last; ++r) {
            const std::int64_t t = r / width * shape.stride - shape.padding_down;
            const std::int64_t i = r % width * shape.stride - shape.padding_across;
            std::array<const float*, kMostTaps> rows{};
            std::size_t tap = 0;
            for (int a = 0; a < shape.taps_down; ++a)
                for (int b = 0; b < shape.taps_across; ++b) rows[tap++] = pixel(t + a, i + b);
            table_.conv_taps(
                y.row<float>(r).data(),
                rows.data(),
                static_cast<int>(weight.rows),
                weight.row<const float>(0).data(),
                weight.stride,
                bias.data(),
                activation == Activation::Silu,
                x.cols);
        }
    });
}

} // namespace kernels

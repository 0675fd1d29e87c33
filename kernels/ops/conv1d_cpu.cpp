#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <algorithm>

namespace kernels {

void CpuBackend::conv1d(
    const Tensor& y,
    const Tensor& x,
    const LoadedWeight& weight,
    std::span<const float> bias,
    int width,
    int stride,
    int padding,
    Activation activation)
{
    EXPECTS(x.dtype == DType::F32 && width >= 1 && stride >= 1 && padding >= 0);
    EXPECTS(weight.cols() == x.cols * width && y.cols == weight.rows());
    EXPECTS(x.rows + 2 * padding >= width && y.rows == (x.rows + 2 * padding - width) / stride + 1);
    // A convolution is a product with the input unfolded. In stretches, so that the unfolded copy
    // stays in the cache.
    constexpr std::int64_t kStretch = 384;
    const std::int64_t cols = weight.cols();
    const std::int64_t most = std::min(kStretch, y.rows);
    auto* memory = columns_.get<float>(most * cols);
    for (std::int64_t begin = 0; begin < y.rows; begin += kStretch) {
        const std::int64_t count = std::min(kStretch, y.rows - begin);
        pool_.parallel_for(count, 4096 / cols + 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t t = first; t < last; ++t) {
                float* column = memory + t * cols;
                for (int k = 0; k < width; ++k) {
                    const std::int64_t from = (begin + t) * stride + k - padding;
                    if (from < 0 || from >= x.rows) {
                        for (std::int64_t i = 0; i < x.cols; ++i) column[i * width + k] = 0.0f;
                    } else {
                        const auto row = x.row<const float>(from);
                        for (std::int64_t i = 0; i < x.cols; ++i)
                            column[i * width + k] = row[static_cast<std::size_t>(i)];
                    }
                }
            }
        });
        const Tensor unfolded{reinterpret_cast<std::byte*>(memory), DType::F32, count, cols, cols};
        const MatmulOutput output{
            .y = y.slice_rows(begin, count),
            .weight = &weight,
            .bias = bias,
            .activation = activation};
        matmul({&output, 1}, unfolded);
    }
}

} // namespace kernels

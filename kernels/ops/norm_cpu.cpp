#include "kernels/cpu_backend.h"

#include "base/expects.h"

namespace kernels {
namespace {

/// Elements below which rows are not worth sharing.
constexpr std::int64_t kGrainElements = 16'384;

void check_rows(const Tensor& y, const Tensor& x)
{
    EXPECTS(y.dtype == DType::F32 && x.dtype == DType::F32);
    EXPECTS(y.rows == x.rows && y.cols == x.cols && x.cols > 0);
}

} // namespace

void CpuBackend::rms_norm(
    const Tensor& y,
    const Tensor& x,
    std::span<const float> weight,
    float eps)
{
    check_rows(y, x);
    EXPECTS(static_cast<std::int64_t>(weight.size()) == x.cols);
    pool_.parallel_for(
        x.rows,
        kGrainElements / x.cols + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t r = first; r < last; ++r) {
                table_.rms_norm(
                    y.row<float>(r).data(),
                    x.row<const float>(r).data(),
                    weight.data(),
                    eps,
                    x.cols);
            }
        });
}

void CpuBackend::layer_norm(
    const Tensor& y,
    const Tensor& x,
    std::span<const float> gamma,
    std::span<const float> beta,
    float eps)
{
    check_rows(y, x);
    EXPECTS(static_cast<std::int64_t>(gamma.size()) == x.cols && beta.size() == gamma.size());
    pool_.parallel_for(
        x.rows,
        kGrainElements / x.cols + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t r = first; r < last; ++r) {
                table_.layer_norm(
                    y.row<float>(r).data(),
                    x.row<const float>(r).data(),
                    gamma.data(),
                    beta.data(),
                    eps,
                    x.cols);
            }
        });
}

} // namespace kernels

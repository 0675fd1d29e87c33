#include "kernels/cpu_backend.h"

#include "base/expects.h"

namespace kernels {
namespace {

constexpr std::int64_t kGrainElements = 8'192;

void check_same(const Tensor& y, const Tensor& x)
{
    EXPECTS(y.dtype == DType::F32 && x.dtype == DType::F32);
    EXPECTS(y.rows == x.rows && y.cols == x.cols);
}

} // namespace

/// y = op(gate, x), row by row.
void CpuBackend::multiply_rows(
    const Tensor& y,
    const Tensor& gate,
    const Tensor& x,
    void (*op)(float* y, const float* gate, const float* x, std::int64_t n))
{
    check_same(y, gate);
    check_same(y, x);
    pool_.parallel_for(
        y.rows,
        kGrainElements / (y.cols + 1) + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t r = first; r < last; ++r)
                op(y.row<float>(r).data(),
                   gate.row<const float>(r).data(),
                   x.row<const float>(r).data(),
                   y.cols);
        });
}

void CpuBackend::silu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up)
{
    multiply_rows(y, gate, up, table_.silu_multiply);
}

void CpuBackend::gelu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up)
{
    multiply_rows(y, gate, up, table_.gelu_multiply);
}

void CpuBackend::sigmoid_multiply(const Tensor& y, const Tensor& gate, const Tensor& x)
{
    multiply_rows(y, gate, x, table_.sigmoid_multiply);
}

void CpuBackend::add(const Tensor& y, const Tensor& x)
{
    check_same(y, x);
    pool_.parallel_for(
        y.rows,
        4 * kGrainElements / (y.cols + 1) + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t r = first; r < last; ++r) {
                table_.add(y.row<float>(r).data(), x.row<const float>(r).data(), y.cols);
            }
        });
}

void CpuBackend::softmax(const Tensor& x, float scale)
{
    EXPECTS(x.dtype == DType::F32 && x.cols > 0 && scale >= 0.0f);
    pool_.parallel_for(
        x.rows,
        kGrainElements / x.cols + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t r = first; r < last; ++r) {
                float* row = x.row<float>(r).data();
                const float sum = table_.exp_sum(row, scale, x.cols);
                table_.scale(row, row, 1.0f / sum, x.cols);
            }
        });
}

} // namespace kernels

#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <array>
#include <cmath>
#include <cstring>

namespace kernels {
namespace {

constexpr int kMostTaps = 8;

bool has_size(std::span<const float> values, std::int64_t count)
{
    return static_cast<std::int64_t>(values.size()) == count;
}

float softplus(float v)
{
    return v > 20.0f ? v : std::log1p(std::exp(v));
}

} // namespace

void CpuBackend::causal_conv(
    const Tensor& y,
    const Tensor& x,
    const Tensor& weight,
    std::span<const float> bias,
    const Tensor& history)
{
    const auto taps = static_cast<int>(weight.rows);
    const std::int64_t before = taps - 1;
    EXPECTS(x.dtype == DType::F32 && y.dtype == DType::F32 && history.dtype == DType::F32);
    EXPECTS(taps >= 2 && taps <= kMostTaps && weight.cols == x.cols && has_size(bias, x.cols));
    EXPECTS(y.rows == x.rows && y.cols == x.cols);
    EXPECTS(history.rows == before && history.cols == x.cols);
    const auto input = [&](std::int64_t t) {
        return t < 0 ? history.row<const float>(before + t).data() : x.row<const float>(t).data();
    };
    pool_.parallel_for(x.rows, 8'192 / x.cols + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t t = first; t < last; ++t) {
            std::array<const float*, kMostTaps> rows{};
            for (int j = 0; j < taps; ++j)
                rows[static_cast<std::size_t>(j)] = input(t - before + j);
            table_.conv_taps(
                y.row<float>(t).data(),
                rows.data(),
                taps,
                weight.row<const float>(0).data(),
                weight.stride,
                bias.data(),
                true,
                x.cols);
        }
    });
    // Fewer new tokens than taps: some of the old rows move up instead of leaving.
    const auto row_size = static_cast<std::size_t>(x.cols) * sizeof(float);
    auto* kept = history_.get<float>(before * x.cols);
    for (std::int64_t j = 0; j < before; ++j)
        std::memcpy(kept + j * x.cols, input(x.rows - before + j), row_size);
    for (std::int64_t j = 0; j < before; ++j)
        std::memcpy(history.row<float>(j).data(), kept + j * x.cols, row_size);
}

void CpuBackend::ssm_scan(
    const Tensor& y,
    const Tensor& x,
    const Tensor& b,
    const Tensor& c,
    const Tensor& dt,
    std::span<const float> dt_bias,
    std::span<const float> a_log,
    std::span<const float> d,
    const Tensor& state,
    const SsmShape& shape)
{
    const std::int64_t width = std::int64_t{shape.heads} * shape.head_dim;
    EXPECTS(shape.groups > 0 && shape.heads % shape.groups == 0);
    EXPECTS(x.dtype == DType::F32 && x.cols == width && y.cols == width && y.rows == x.rows);
    EXPECTS(b.rows == x.rows && b.cols == std::int64_t{shape.groups} * shape.state);
    EXPECTS(c.rows == x.rows && c.cols == b.cols && dt.rows == x.rows && dt.cols == shape.heads);
    EXPECTS(state.dtype == DType::F32 && state.rows == width && state.cols == shape.state);
    EXPECTS(state.stride == state.cols);
    EXPECTS(has_size(dt_bias, shape.heads) && has_size(a_log, shape.heads));
    EXPECTS(has_size(d, shape.heads));
    const int heads_per_group = shape.heads / shape.groups;
    pool_.parallel_for(shape.heads, 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t h = first; h < last; ++h) {
            const auto head = static_cast<std::size_t>(h);
            const float rate = -std::exp(a_log[head]);
            cpu::SsmStep step;
            step.memory = state.row<float>(h * shape.head_dim).data();
            step.d = d[head];
            step.head_dim = shape.head_dim;
            step.state = shape.state;
            for (std::int64_t t = 0; t < x.rows; ++t) {
                step.y = y.row<float>(t).data() + h * shape.head_dim;
                step.x = x.row<const float>(t).data() + h * shape.head_dim;
                step.b = b.row<const float>(t).data() + h / heads_per_group * shape.state;
                step.c = c.row<const float>(t).data() + h / heads_per_group * shape.state;
                step.delta = softplus(dt.row<const float>(t)[head] + dt_bias[head]);
                step.decay = std::exp(step.delta * rate);
                table_.ssm_step(step);
            }
        }
    });
}

void CpuBackend::gated_rms_norm(
    const Tensor& y,
    const Tensor& gate,
    std::span<const float> weight,
    int groups,
    float eps)
{
    EXPECTS(y.dtype == DType::F32 && gate.dtype == DType::F32);
    EXPECTS(y.rows == gate.rows && y.cols == gate.cols && has_size(weight, y.cols));
    EXPECTS(groups > 0 && y.cols % groups == 0);
    const std::int64_t width = y.cols / groups;
    pool_.parallel_for(y.rows, 8'192 / y.cols + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t t = first; t < last; ++t) {
            float* row = y.row<float>(t).data();
            table_.silu_multiply(row, gate.row<const float>(t).data(), row, y.cols);
            for (std::int64_t at = 0; at < y.cols; at += width)
                table_.rms_norm(row + at, row + at, weight.data() + at, eps, width);
        }
    });
}

} // namespace kernels

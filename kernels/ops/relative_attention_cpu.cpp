#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <algorithm>

namespace kernels {
namespace {

constexpr std::int64_t kGrainElements = 8'192;

Tensor matrix(float* data, std::int64_t rows, std::int64_t cols)
{
    return {reinterpret_cast<std::byte*>(data), DType::F32, rows, cols, cols};
}

} // namespace

// Three dense products a head. The scores of one head, 375 x 1,124 floats for 30 s of sound, stay
// in L2; the products by relative position are a third of the work, which a cut of them to the half
// that is used would not repay in code.
void CpuBackend::relative_attention(
    const Tensor& y,
    const Tensor& q,
    const Tensor& k,
    const Tensor& v,
    const Tensor& r,
    std::span<const float> content_bias,
    std::span<const float> position_bias,
    int head_dim,
    float scale)
{
    const std::int64_t tokens = q.rows, width = q.cols;
    EXPECTS(q.dtype == DType::F32 && v.dtype == DType::F32 && y.dtype == DType::F32);
    EXPECTS(head_dim > 0 && width % head_dim == 0 && scale >= 0.0f);
    EXPECTS(k.rows == tokens && v.rows == tokens && y.rows == tokens);
    EXPECTS(k.cols == width && v.cols == width && y.cols == width && r.cols == width);
    EXPECTS(static_cast<std::int64_t>(content_bias.size()) == width);
    EXPECTS(static_cast<std::int64_t>(position_bias.size()) == width);
    if (tokens == 0) return;
    EXPECTS(r.rows == 2 * tokens - 1);

    auto* queries = columns_.get<float>(2 * tokens * width);
    const Tensor by_content = matrix(queries, tokens, width);
    const Tensor by_position = matrix(queries + tokens * width, tokens, width);
    pool_.parallel_for(
        tokens,
        kGrainElements / width + 1,
        [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t t = first; t < last; ++t) {
                const float* const from = q.row<const float>(t).data();
                for (const auto& [to, bias] :
                     {std::pair(by_content, content_bias), std::pair(by_position, position_bias)}) {
                    std::copy_n(from, width, to.row<float>(t).data());
                    table_.add(to.row<float>(t).data(), bias.data(), width);
                }
            }
        });

    auto* memory = partial_.get<float>(tokens * (3 * tokens - 1));
    const Tensor scores = matrix(memory, tokens, tokens);
    const Tensor shifted = matrix(memory + tokens * tokens, tokens, 2 * tokens - 1);
    const Tensor values = matrix(values_.get<float>(head_dim * tokens), head_dim, tokens);
    for (std::int64_t at = 0; at < width; at += head_dim) {
        matmul(scores, by_content.slice_cols(at, head_dim), k.slice_cols(at, head_dim));
        matmul(shifted, by_position.slice_cols(at, head_dim), r.slice_cols(at, head_dim));
        pool_.parallel_for(
            tokens,
            kGrainElements / tokens + 1,
            [&](std::int64_t first, std::int64_t last) {
                for (std::int64_t i = first; i < last; ++i) {
                    float* const row = scores.row<float>(i).data();
                    table_.add(row, shifted.row<const float>(i).data() + tokens - 1 - i, tokens);
                    const float sum = table_.exp_sum(row, scale, tokens);
                    table_.scale(row, row, 1.0f / sum, tokens);
                    for (std::int64_t d = 0; d < head_dim; ++d)
                        values.row<float>(d)[static_cast<std::size_t>(i)] =
                            v.row<const float>(i)[static_cast<std::size_t>(at + d)];
                }
            });
        matmul(y.slice_cols(at, head_dim), scores, values);
    }
}

} // namespace kernels

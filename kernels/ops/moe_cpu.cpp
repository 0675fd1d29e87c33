#include "kernels/cpu_backend.h"
#include "kernels/ops/work.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <vector>

namespace kernels {
namespace {

Tensor as_tensor(float* data, std::int64_t rows, std::int64_t cols)
{
    return {reinterpret_cast<std::byte*>(data), DType::F32, rows, cols, cols};
}

} // namespace

void CpuBackend::route_experts(
    const Tensor& ids,
    const Tensor& weights,
    const Tensor& logits,
    std::span<const float> bias,
    bool normalise,
    float scale)
{
    const auto experts = static_cast<std::size_t>(logits.cols);
    const std::int64_t k = ids.cols;
    EXPECTS(ids.dtype == DType::I32 && weights.dtype == DType::F32 && logits.dtype == DType::F32);
    EXPECTS(ids.rows == logits.rows && weights.rows == ids.rows && weights.cols == k);
    EXPECTS(k > 0 && k <= logits.cols && bias.size() == experts);
    std::vector<float> scores(experts);
    std::vector<std::int32_t> order(experts);
    for (std::int64_t t = 0; t < logits.rows; ++t) {
        const auto in = logits.row<const float>(t);
        for (std::size_t e = 0; e < experts; ++e) scores[e] = 1.0f / (1.0f + std::exp(-in[e]));
        std::iota(order.begin(), order.end(), 0);
        const auto biased = [&](std::int32_t e) {
            return scores[static_cast<std::size_t>(e)] + bias[static_cast<std::size_t>(e)];
        };
        std::partial_sort(
            order.begin(),
            order.begin() + k,
            order.end(),
            [&](std::int32_t a, std::int32_t b) {
                return biased(a) != biased(b) ? biased(a) > biased(b) : a < b;
            });
        std::sort(order.begin(), order.begin() + k);
        const auto chosen = ids.row<std::int32_t>(t);
        const auto share = weights.row<float>(t);
        float sum = 0.0f;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            chosen[i] = order[i];
            share[i] = scores[static_cast<std::size_t>(order[i])];
            sum += share[i];
        }
        const float factor = normalise ? scale / (sum + 1e-20f) : scale;
        for (float& w : share) w *= factor;
    }
}

void CpuBackend::mix_experts(
    const Tensor& y,
    const Tensor& x,
    std::span<const Expert> experts,
    const Tensor& ids,
    const Tensor& weights)
{
    const std::int64_t k = ids.cols;
    EXPECTS(x.dtype == DType::F32 && y.dtype == DType::F32 && ids.dtype == DType::I32);
    EXPECTS(y.rows == x.rows && y.cols == x.cols && ids.rows == x.rows);
    EXPECTS(weights.rows == ids.rows && weights.cols == k);

    // One token leaves so little for each expert that taking the chosen ones together spares more
    // than it costs: two starts of the threads instead of four an expert.
    if (x.rows == 1) {
        mix_one_token(y, x, experts, ids, weights);
        return;
    }

    // Places (token, i) by expert; within one by token. Experts in the order of their ids, so that
    // a token adds its own in that order however many others it is computed with.
    std::vector<std::int32_t> first(experts.size() + 1);
    for (std::int64_t t = 0; t < x.rows; ++t)
        for (const std::int32_t e : ids.row<const std::int32_t>(t)) {
            EXPECTS(e >= 0 && e < static_cast<std::int32_t>(experts.size()));
            ++first[static_cast<std::size_t>(e) + 1];
        }
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::pair<std::int64_t, float>> places(static_cast<std::size_t>(x.rows * k));
    std::vector<std::int32_t> next(first.begin(), first.end() - 1);
    for (std::int64_t t = 0; t < x.rows; ++t)
        for (std::int64_t i = 0; i < k; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const auto e = static_cast<std::size_t>(ids.row<const std::int32_t>(t)[at]);
            places[static_cast<std::size_t>(next[e]++)] = {t, weights.row<const float>(t)[at]};
        }

    for (std::size_t e = 0; e < experts.size(); ++e) {
        const std::int64_t count = first[e + 1] - first[e];
        if (count == 0) continue;
        const auto tokens = std::span(places).subspan(
            static_cast<std::size_t>(first[e]),
            static_cast<std::size_t>(count));
        const Expert& expert = experts[e];
        const std::int64_t width = expert.up->rows();
        auto* memory = columns_.get<float>(2 * count * x.cols);
        const Tensor gathered = as_tensor(memory, count, x.cols);
        const Tensor result = as_tensor(memory + count * x.cols, count, x.cols);
        const Tensor hidden = as_tensor(hidden_.get<float>(count * width), count, width);
        for (std::int64_t i = 0; i < count; ++i)
            std::memcpy(
                gathered.row<float>(i).data(),
                x.row<const float>(tokens[static_cast<std::size_t>(i)].first).data(),
                static_cast<std::size_t>(x.cols) * sizeof(float));
        const MatmulOutput up{
            .y = hidden,
            .weight = expert.up,
            .activation = Activation::ReluSquared};
        matmul({&up, 1}, gathered);
        const MatmulOutput down{.y = result, .weight = expert.down};
        matmul({&down, 1}, hidden);
        const std::int64_t grain = ceil_div(kGrainWork / 4, x.cols);
        pool_.parallel_for(count, grain, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                const auto& [token, weight] = tokens[static_cast<std::size_t>(i)];
                float* row = result.row<float>(i).data();
                table_.scale(row, row, weight, x.cols);
                table_.add(y.row<float>(token).data(), row, x.cols);
            }
        });
    }
}

/// The same sums for a single token, all products of a kind at once.
void CpuBackend::mix_one_token(
    const Tensor& y,
    const Tensor& x,
    std::span<const Expert> experts,
    const Tensor& ids,
    const Tensor& weights)
{
    const auto chosen = ids.row<const std::int32_t>(0);
    // Experts in the order of their ids, as many tokens add them.
    std::vector<std::pair<std::int32_t, float>> order;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        order.emplace_back(chosen[i], weights.row<const float>(0)[i]);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    const auto count = static_cast<std::int64_t>(order.size());
    const auto expert_of = [&](std::int64_t i) -> const Expert& {
        return experts[static_cast<std::size_t>(order[static_cast<std::size_t>(i)].first)];
    };
    const std::int64_t width = expert_of(0).up->rows();
    const Tensor hidden = as_tensor(hidden_.get<float>(count * width), count, width);
    const Tensor results = as_tensor(columns_.get<float>(count * x.cols), count, x.cols);
    std::vector<MatmulOutput> ups;
    for (std::int64_t i = 0; i < count; ++i)
        ups.push_back(
            {.y = hidden.slice_rows(i, 1),
             .weight = expert_of(i).up,
             .activation = Activation::ReluSquared});
    matmul(ups, x);
    std::vector<InPlaceProduct> downs;
    for (std::int64_t i = 0; i < count; ++i) {
        const MatmulOutput down{.y = results.slice_rows(i, 1), .weight = expert_of(i).down};
        if (static_cast<const cpu::PackedWeight&>(*down.weight).refers_to_source())
            downs.push_back({down, hidden.slice_rows(i, 1)});
        else
            matmul({&down, 1}, hidden.slice_rows(i, 1));
    }
    if (!downs.empty()) run_in_place(downs);
    for (std::int64_t i = 0; i < count; ++i) {
        float* row = results.row<float>(i).data();
        table_.scale(row, row, order[static_cast<std::size_t>(i)].second, x.cols);
        table_.add(y.row<float>(0).data(), row, x.cols);
    }
}

} // namespace kernels

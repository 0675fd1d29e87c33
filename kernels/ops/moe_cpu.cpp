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

/// Rows of tokens that a few experts take together; of 2,688 floats they and what is made of them
/// are 22 MB.
constexpr std::int64_t kRowsTogether = 768;
constexpr std::int64_t kColumnsTogether = 64;

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

    for (std::size_t begin = 0; begin < experts.size();) {
        std::size_t end = begin + 1;
        while (end < experts.size() && first[end + 1] - first[begin] <= kRowsTogether) ++end;
        mix_group(
            y,
            x,
            experts.subspan(begin, end - begin),
            std::span(first).subspan(begin, end - begin + 1),
            places);
        begin = end;
    }
}

/// Adds the results of a few experts, all products of a kind at once: threads meet ten times for
/// hundreds of rows instead of five times for every expert. `places` [first[e], first[e + 1]) are
/// those of expert e.
void CpuBackend::mix_group(
    const Tensor& y,
    const Tensor& x,
    std::span<const Expert> experts,
    std::span<const std::int32_t> first,
    std::span<const std::pair<std::int64_t, float>> places)
{
    const std::int64_t rows = first.back() - first.front();
    if (rows == 0) return;
    const auto mine =
        places.subspan(static_cast<std::size_t>(first.front()), static_cast<std::size_t>(rows));
    auto* memory = columns_.get<float>(2 * rows * x.cols);
    const Tensor gathered = as_tensor(memory, rows, x.cols);
    const Tensor results = as_tensor(memory + rows * x.cols, rows, x.cols);
    pool_.parallel_for(
        rows,
        ceil_div(kGrainWork / 4, x.cols),
        [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                std::memcpy(
                    gathered.row<float>(i).data(),
                    x.row<const float>(mine[static_cast<std::size_t>(i)].first).data(),
                    static_cast<std::size_t>(x.cols) * sizeof(float));
        });
    std::int64_t hidden_size = 0;
    const auto count_of = [&](std::size_t e) { return std::int64_t{first[e + 1]} - first[e]; };
    for (std::size_t e = 0; e < experts.size(); ++e)
        if (count_of(e) > 0) hidden_size += count_of(e) * experts[e].up->rows();
    float* hidden = hidden_.get<float>(hidden_size);
    std::vector<InPlaceProduct> ups, downs;
    for (std::size_t e = 0; e < experts.size(); ++e) {
        const std::int64_t count = count_of(e), at = first[e] - first.front();
        if (count == 0) continue;
        const std::int64_t width = experts[e].up->rows();
        const Tensor between = as_tensor(hidden, count, width);
        hidden += count * width;
        ups.push_back(
            {{.y = between, .weight = experts[e].up, .activation = Activation::ReluSquared},
             gathered.slice_rows(at, count)});
        downs.push_back({{.y = results.slice_rows(at, count), .weight = experts[e].down}, between});
    }
    multiply_all(ups);
    multiply_all(downs);
    // By columns: a token's experts are added in their order, and no two threads meet.
    pool_.parallel_for(
        ceil_div(x.cols, kColumnsTogether),
        ceil_div(kGrainWork / 4, kColumnsTogether * rows),
        [&](std::int64_t begin, std::int64_t end) {
            const std::int64_t from = begin * kColumnsTogether;
            const std::int64_t n = std::min(end * kColumnsTogether, x.cols) - from;
            for (std::int64_t i = 0; i < rows; ++i) {
                const auto& [token, weight] = mine[static_cast<std::size_t>(i)];
                float* row = results.row<float>(i).data() + from;
                table_.scale(row, row, weight, n);
                table_.add(y.row<float>(token).data() + from, row, n);
            }
        });
}

/// Products with inputs of their own: those in place together, packed ones one by one.
void CpuBackend::multiply_all(std::vector<InPlaceProduct>& products)
{
    std::vector<InPlaceProduct> in_place;
    for (const InPlaceProduct& product : products) {
        if (product.output.weight->refers_to_source())
            in_place.push_back(product);
        else
            matmul({&product.output, 1}, product.x);
    }
    if (!in_place.empty()) run_in_place(in_place);
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
    for (std::int64_t i = 0; i < count; ++i)
        downs.push_back(
            {{.y = results.slice_rows(i, 1), .weight = expert_of(i).down},
             hidden.slice_rows(i, 1)});
    multiply_all(downs);
    for (std::int64_t i = 0; i < count; ++i) {
        float* row = results.row<float>(i).data();
        table_.scale(row, row, order[static_cast<std::size_t>(i)].second, x.cols);
        table_.add(y.row<float>(0).data(), row, x.cols);
    }
}

} // namespace kernels

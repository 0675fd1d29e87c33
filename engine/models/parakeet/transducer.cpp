#include "engine/models/parakeet/transducer.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace engine::parakeet {
namespace {

using kernels::Buffer;
using kernels::DType;
using kernels::Tensor;

float sigmoid(float x)
{
    return 1.0f / (1.0f + std::exp(-x));
}

/// The first of the largest.
std::size_t largest(std::span<const float> values)
{
    return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}

float probability_of(std::span<const float> logits, std::size_t which)
{
    double sum = 0;
    for (const float logit : logits) sum += std::exp(double{logit} - double{logits[which]});
    return static_cast<float>(1 / sum);
}

} // namespace

// Hochreiter & Schmidhuber 1997, with PyTorch's order of gates; the blank token is a row of zeros
// and stands for the start too.
void Transducer::predict(kernels::Backend& backend, TokenId token, State& state) const
{
    const auto dim = static_cast<std::size_t>(config_.dim);
    const Buffer input = backend.allocate(DType::F32, 1, config_.dim);
    const Buffer before = backend.allocate(DType::F32, 1, config_.dim);
    const Buffer gates = backend.allocate(DType::F32, 1, 4 * config_.dim);
    const auto entry =
        std::span(weights_.embedding).subspan(static_cast<std::size_t>(token) * dim, dim);
    std::ranges::copy(entry, input.view().row<float>(0).begin());
    for (std::size_t i = 0; i < weights_.lstm.size(); ++i) {
        const LstmLayer& layer = weights_.lstm[i];
        std::vector<float>&hidden = state.hidden_[i], &cell = state.cell_[i];
        std::ranges::copy(hidden, before.view().row<float>(0).begin());
        multiply(backend, gates.view(), layer.from_input, input.view());
        multiply(
            backend,
            gates.view(),
            layer.from_hidden,
            before.view(),
            kernels::Activation::None,
            true);
        backend.synchronize();
        const auto z = gates.view().row<const float>(0);
        for (std::size_t u = 0; u < dim; ++u) {
            const float enter = sigmoid(z[u]), keep = sigmoid(z[dim + u]);
            const float fresh = std::tanh(z[2 * dim + u]), leave = sigmoid(z[3 * dim + u]);
            cell[u] = keep * cell[u] + enter * fresh;
            hidden[u] = leave * std::tanh(cell[u]);
        }
        std::ranges::copy(hidden, input.view().row<float>(0).begin());
    }
    const Buffer prediction = backend.allocate(DType::F32, 1, config_.joint_dim);
    multiply(backend, prediction.view(), weights_.predictor_projector, input.view());
    backend.synchronize();
    const auto row = prediction.view().row<const float>(0);
    state.prediction_.assign(row.begin(), row.end());
}

Buffer Transducer::project(kernels::Backend& backend, const Tensor& rows) const
{
    Buffer projected = backend.allocate(DType::F32, rows.rows, config_.joint_dim);
    multiply(backend, projected.view(), weights_.encoder_projector, rows);
    backend.synchronize();
    return projected;
}

bool Transducer::decode(
    kernels::Backend& backend,
    const Tensor& rows,
    std::int64_t first,
    State& state,
    std::vector<Token>& tokens,
    const std::stop_token& stop,
    const StepObserver& observer) const
{
    if (state.prediction_.empty()) {
        const std::vector<float> nothing(static_cast<std::size_t>(config_.dim));
        state.hidden_.assign(weights_.lstm.size(), nothing);
        state.cell_ = state.hidden_;
        predict(backend, config_.blank(), state);
    }
    if (rows.rows == 0) return true;
    const Buffer projected = project(backend, rows);
    const Buffer joined = backend.allocate(DType::F32, 1, config_.joint_dim);
    const Buffer logits = backend.allocate(DType::F32, 1, config_.logits());
    std::int64_t t = state.ahead_, last = -1;
    int symbols = 0;
    while (t < rows.rows) {
        if (stop.stop_requested()) return false;
        const auto heard = projected.view().row<const float>(t);
        const auto sum = joined.view().row<float>(0);
        for (std::size_t c = 0; c < sum.size(); ++c)
            sum[c] = std::max(heard[c] + state.prediction_[c], 0.0f);
        multiply(backend, logits.view(), weights_.head, joined.view());
        backend.synchronize();
        const auto z = logits.view().row<const float>(0);
        if (observer) observer(z);
        const auto of_tokens = z.first(static_cast<std::size_t>(config_.vocabulary) + 1);
        const std::size_t best = largest(of_tokens);
        const int duration = config_.durations[largest(z.subspan(of_tokens.size()))];
        const auto id = static_cast<TokenId>(best);
        if (id == config_.blank()) {
            t += std::max(duration, 1); // a blank never stays where it is
            continue;
        }
        tokens.push_back({id, first + t, duration, probability_of(of_tokens, best)});
        symbols = t == last ? symbols + 1 : 1;
        last = t;
        predict(backend, id, state);
        t += duration;
        if (duration == 0 && symbols >= config_.most_symbols) ++t;
    }
    state.ahead_ = t - rows.rows;
    return true;
}

} // namespace engine::parakeet

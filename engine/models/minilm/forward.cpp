#include "engine/models/minilm/forward.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine::minilm {

using kernels::Activation;
using kernels::MatmulOutput;
using kernels::Tensor;

void ForwardPass::reserve(kernels::Backend& backend, std::int64_t tokens)
{
    if (tokens <= rows_) return;
    for (kernels::Buffer* buffer : {&x_, &q_, &k_, &v_, &mixed_})
        *buffer = backend.allocate(kernels::DType::F32, tokens, config_.dim);
    inner_ = backend.allocate(kernels::DType::F32, tokens, config_.ffn_dim);
    rows_ = tokens;
}

// BERT encoder (Devlin et al. 2018), post-norm; mean of all tokens, unit length (Reimers & Gurevych
// 2019).
std::vector<std::vector<float>> ForwardPass::run(
    kernels::Backend& backend,
    const Weights& weights,
    std::span<const std::vector<std::int32_t>> texts,
    const std::stop_token& stop)
{
    std::vector<std::int32_t> ids, places;
    for (const auto& text : texts) {
        EXPECTS(!text.empty() && text.size() <= static_cast<std::size_t>(config_.positions));
        for (std::size_t i = 0; i < text.size(); ++i) {
            EXPECTS(text[i] >= 0 && text[i] < config_.vocab_size);
            ids.push_back(text[i]);
            places.push_back(static_cast<std::int32_t>(i));
        }
    }
    const auto tokens = static_cast<std::int64_t>(ids.size());
    if (tokens == 0) return {};
    reserve(backend, tokens);

    const Tensor x = x_.rows(0, tokens), mixed = mixed_.rows(0, tokens);
    backend.embedding(x, *weights.words, ids);            // [tokens, dim]
    backend.embedding(mixed, *weights.positions, places); // [tokens, dim], token type included
    backend.add(x, mixed);
    backend.layer_norm(x, x, weights.gamma, weights.beta, config_.norm_eps);
    for (const LayerWeights& each : weights.layers) {
        if (stop.stop_requested()) return {};
        layer(backend, each, texts, tokens);
    }
    backend.synchronize();

    std::vector<std::vector<float>> vectors;
    std::int64_t first = 0;
    for (const auto& text : texts) {
        vectors.push_back(pool(first, static_cast<std::int64_t>(text.size())));
        first += static_cast<std::int64_t>(text.size());
    }
    return vectors;
}

void ForwardPass::layer(
    kernels::Backend& backend,
    const LayerWeights& weights,
    std::span<const std::vector<std::int32_t>> texts,
    std::int64_t tokens)
{
    const Tensor x = x_.rows(0, tokens), mixed = mixed_.rows(0, tokens),
                 inner = inner_.rows(0, tokens);
    const Tensor q = q_.rows(0, tokens), k = k_.rows(0, tokens), v = v_.rows(0, tokens);
    const std::array qkv = {
        MatmulOutput{.y = q, .weight = weights.wq.get(), .bias = weights.bq},
        MatmulOutput{.y = k, .weight = weights.wk.get(), .bias = weights.bk},
        MatmulOutput{.y = v, .weight = weights.wv.get(), .bias = weights.bv},
    };
    backend.matmul(qkv, x); // [tokens, heads * head_dim] each

    kernels::AttentionShape shape;
    shape.heads = shape.kv_heads = config_.heads;
    shape.head_dim = config_.head_dim();
    shape.scale = 1.0f / std::sqrt(static_cast<float>(config_.head_dim()));
    std::int64_t first = 0;
    for (const auto& text : texts) { // each text sees itself alone
        const auto count = static_cast<std::int64_t>(text.size());
        backend.attention(
            mixed.slice_rows(first, count),
            q.slice_rows(first, count),
            k.slice_rows(first, count),
            v.slice_rows(first, count),
            shape);
        first += count;
    }
    const std::array out = {
        MatmulOutput{.y = x, .weight = weights.wo.get(), .bias = weights.bo, .add_to_y = true}};
    backend.matmul(out, mixed); // [tokens, dim]
    backend.layer_norm(x, x, weights.attention_gamma, weights.attention_beta, config_.norm_eps);

    const std::array up = {MatmulOutput{
        .y = inner,
        .weight = weights.up.get(),
        .bias = weights.b_up,
        .activation = Activation::GeluErf}};
    backend.matmul(up, x); // [tokens, ffn_dim]
    const std::array down = {MatmulOutput{
        .y = x,
        .weight = weights.down.get(),
        .bias = weights.b_down,
        .add_to_y = true}};
    backend.matmul(down, inner); // [tokens, dim]
    backend.layer_norm(x, x, weights.output_gamma, weights.output_beta, config_.norm_eps);
}

/// The mean of all rows of a text, [CLS] and [SEP] included, at length one.
std::vector<float> ForwardPass::pool(std::int64_t first, std::int64_t count) const
{
    std::vector<double> sum(static_cast<std::size_t>(config_.dim), 0.0);
    for (std::int64_t r = first; r < first + count; ++r) {
        const auto row = x_.view().row<const float>(r);
        for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += static_cast<double>(row[c]);
    }
    double squares = 0;
    for (double& value : sum) {
        value /= static_cast<double>(count);
        squares += value * value;
    }
    const double length = std::max(std::sqrt(squares), 1e-12);
    std::vector<float> vector(sum.size());
    for (std::size_t c = 0; c < sum.size(); ++c) vector[c] = static_cast<float>(sum[c] / length);
    return vector;
}

} // namespace engine::minilm

#include "engine/models/llama/forward.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

namespace engine::llama {

using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

ForwardPass::ForwardPass(kernels::Backend& backend, const Config& config, const Weights& weights)
    : config_(config), weights_(weights),
      logits_(backend.allocate(DType::F32, 1, config.vocab_size)),
      frequencies_(kernels::rope_frequencies(config.head_dim, config.rope_base))
{
    for (std::size_t i = 0; i < frequencies_.size(); ++i) {
        frequencies_[i] /= config.rope_stretch;
        if (!weights.rope_factors.empty()) frequencies_[i] /= weights.rope_factors[i];
    }
    if (config.window > 0)
        window_frequencies_ = kernels::rope_frequencies(config.head_dim, config.window_rope_base);
    reserve(backend, 1);
}

void ForwardPass::reserve(kernels::Backend& backend, int count)
{
    if (count <= rows_) return;
    x_ = backend.allocate(DType::F32, count, config_.dim);
    normed_ = backend.allocate(DType::F32, count, config_.dim);
    q_ = backend.allocate(DType::F32, count, config_.q_dim());
    k_ = backend.allocate(DType::F32, count, config_.kv_dim());
    mixed_ = backend.allocate(DType::F32, count, config_.q_dim());
    gate_ = backend.allocate(DType::F32, count, config_.ffn_dim);
    up_ = backend.allocate(DType::F32, count, config_.ffn_dim);
    rows_ = count;
}

// Pre-norm decoder with rotary positions (Su et al. 2021), grouped-query attention (Ainslie et al.
// 2023) and a gated network (Shazeer 2020); architecture.cpp says who differs in what.
bool ForwardPass::run(
    kernels::Backend& backend,
    std::span<const std::int32_t> tokens,
    KvCache& cache,
    const std::stop_token& stop,
    const Observer& observer)
{
    const int count = static_cast<int>(tokens.size());
    EXPECTS(count > 0 && count <= kMaxPassTokens);
    EXPECTS(cache.length() + count <= config_.context_length);
    cache.reserve(backend, cache.length() + count);
    reserve(backend, count);
    current_ = count;
    positions_.resize(tokens.size());
    std::iota(positions_.begin(), positions_.end(), cache.length());

    const Tensor x = x_.rows(0, count);
    backend.embedding(x, *weights_.embedding, tokens); // [tokens, dim]
    if (observer) observer("embedding", x);
    for (int i = 0; i < config_.layers; ++i) {
        if (stop.stop_requested()) return false;
        layer(backend, weights_.layers[static_cast<std::size_t>(i)], i, count, cache);
        if (observer) observer("layer " + std::to_string(i), x);
    }
    const Tensor normed = normed_.rows(0, count);
    backend.rms_norm(normed, x, weights_.output_norm, config_.norm_eps); // [tokens, dim]
    if (observer) observer("norm", normed);
    backend.synchronize();
    cache.commit(tokens);
    return true;
}

void ForwardPass::layer(
    kernels::Backend& backend,
    const LayerWeights& layer,
    int index,
    int count,
    KvCache& cache)
{
    attend(backend, layer, index, count, cache);
    feed_forward(backend, layer, count);
}

void ForwardPass::attend(
    kernels::Backend& backend,
    const LayerWeights& layer,
    int index,
    int count,
    KvCache& cache)
{
    const Tensor x = x_.rows(0, count), normed = normed_.rows(0, count),
                 mixed = mixed_.rows(0, count);
    const Tensor q = q_.rows(0, count), k = k_.rows(0, count);
    const int first = cache.length();
    const Tensor new_keys = cache.keys(index, first, count),
                 new_values = cache.values(index, first, count);
    const bool has_window = config_.has_window(index);
    const int scale_dim = config_.scale_dim > 0 ? config_.scale_dim : config_.head_dim;

    kernels::AttentionShape shape;
    shape.heads = config_.heads;
    shape.kv_heads = config_.kv_heads;
    shape.head_dim = config_.head_dim;
    shape.scale = 1.0f / std::sqrt(static_cast<float>(scale_dim));
    shape.causal = true;
    shape.first_position = first;
    shape.window = has_window ? config_.window : 0;

    const auto rotate = [&](const Tensor& y, const Tensor& from) {
        const auto& frequencies = has_window ? window_frequencies_ : frequencies_;
        backend.rope(y, from, positions_, frequencies, config_.architecture.rope);
    };
    const auto norm_heads = [&](const Tensor& heads, std::span<const float> norm) {
        if (norm.empty()) return;
        Tensor rows = heads; // one a head: the buffers have no padding
        rows.rows = heads.rows * heads.cols / config_.head_dim;
        rows.cols = rows.stride = config_.head_dim;
        backend.rms_norm(rows, rows, norm, config_.norm_eps);
    };

    backend.rms_norm(normed, x, layer.attention_norm, config_.norm_eps); // [tokens, dim]
    const std::array<MatmulOutput, 3> qkv = {{
        {.y = q, .weight = layer.wq.get(), .bias = layer.bq},          // [tokens, q_dim]
        {.y = k, .weight = layer.wk.get(), .bias = layer.bk},          // [tokens, kv_dim]
        {.y = new_values, .weight = layer.wv.get(), .bias = layer.bv}, // [tokens, kv_dim]
    }};
    backend.matmul(qkv, normed);
    norm_heads(q, layer.q_norm);
    norm_heads(k, layer.k_norm);
    rotate(q, q);
    rotate(new_keys, k);
    backend.attention(
        mixed,
        q,
        cache.keys(index, 0, first + count),
        cache.values(index, 0, first + count),
        shape);
    add_closed(backend, *layer.wo, mixed, layer.attention_closing_norm, count);
}

void ForwardPass::feed_forward(kernels::Backend& backend, const LayerWeights& layer, int count)
{
    const Tensor normed = normed_.rows(0, count);
    const Tensor gate = gate_.rows(0, count), up = up_.rows(0, count);
    backend.rms_norm(normed, x_.rows(0, count), layer.ffn_norm, config_.norm_eps);
    const std::array<MatmulOutput, 2> gate_up = {{
        {.y = gate, .weight = layer.gate.get()}, // [tokens, ffn_dim]
        {.y = up, .weight = layer.up.get()},     // [tokens, ffn_dim]
    }};
    backend.matmul(gate_up, normed);
    if (config_.architecture.gelu) {
        backend.gelu_multiply(gate, gate, up);
    } else {
        backend.silu_multiply(gate, gate, up);
    }
    add_closed(backend, *layer.down, gate, layer.ffn_closing_norm, count);
}

void ForwardPass::add_closed(
    kernels::Backend& backend,
    const kernels::LoadedWeight& weight,
    const Tensor& in,
    std::span<const float> norm,
    int count)
{
    const Tensor x = x_.rows(0, count), added = normed_.rows(0, count);
    const bool direct = norm.empty();
    const std::array<MatmulOutput, 1> out = {
        {{.y = direct ? x : added, .weight = &weight, .add_to_y = direct}}};
    backend.matmul(out, in); // [tokens, dim]
    if (direct) return;
    backend.rms_norm(added, added, norm, config_.norm_eps);
    backend.add(x, added);
}

std::span<float> ForwardPass::last_logits(kernels::Backend& backend)
{
    logits(backend, logits_.view(), current_ - 1, 1);
    return logits_.view().row<float>(0);
}

void ForwardPass::logits(kernels::Backend& backend, const Tensor& out, int first, int count)
{
    EXPECTS(first >= 0 && first + count <= current_ && out.rows == count);
    const std::array<MatmulOutput, 1> head = {{{.y = out, .weight = &weights_.head()}}};
    backend.matmul(head, normed_.rows(first, count));
    backend.synchronize();
}

} // namespace engine::llama

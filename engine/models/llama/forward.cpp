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
using kernels::RopeStyle;
using kernels::Tensor;

ForwardPass::ForwardPass(kernels::Backend& backend, const Config& config, const Weights& weights)
    : config_(config), weights_(weights),
      logits_(backend.allocate(DType::F32, 1, config.vocab_size))
{
    reserve(backend, 1);
}

void ForwardPass::reserve(kernels::Backend& backend, int count)
{
    if (count <= rows_) return;
    x_ = backend.allocate(DType::F32, count, config_.dim);
    normed_ = backend.allocate(DType::F32, count, config_.dim);
    q_ = backend.allocate(DType::F32, count, config_.dim);
    k_ = backend.allocate(DType::F32, count, config_.kv_dim());
    mixed_ = backend.allocate(DType::F32, count, config_.dim);
    gate_ = backend.allocate(DType::F32, count, config_.ffn_dim);
    up_ = backend.allocate(DType::F32, count, config_.ffn_dim);
    rows_ = count;
}

// Llama: Touvron et al. 2023. Pre-norm decoder with rotary positions (Su et al. 2021),
// grouped-query attention (Ainslie et al. 2023) and SwiGLU (Shazeer 2020); no biases.
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
    const Tensor x = x_.rows(0, count), normed = normed_.rows(0, count),
                 mixed = mixed_.rows(0, count);
    const Tensor q = q_.rows(0, count), k = k_.rows(0, count);
    const Tensor gate = gate_.rows(0, count), up = up_.rows(0, count);
    const int first = cache.length();
    const Tensor new_keys = cache.keys(index, first, count),
                 new_values = cache.values(index, first, count);

    kernels::AttentionShape shape;
    shape.heads = config_.heads;
    shape.kv_heads = config_.kv_heads;
    shape.head_dim = config_.head_dim;
    shape.scale = 1.0f / std::sqrt(static_cast<float>(config_.head_dim));
    shape.causal = true;
    shape.first_position = first;

    const auto rotate = [&](const Tensor& y, const Tensor& from) {
        backend
            .rope(y, from, positions_, config_.head_dim, config_.rope_base, RopeStyle::Interleaved);
    };

    backend.rms_norm(normed, x, layer.attention_norm, config_.norm_eps); // [tokens, dim]
    const std::array<MatmulOutput, 3> qkv = {{
        {.y = q, .weight = layer.wq.get()},          // [tokens, heads * head_dim]
        {.y = k, .weight = layer.wk.get()},          // [tokens, kv_dim]
        {.y = new_values, .weight = layer.wv.get()}, // [tokens, kv_dim]
    }};
    backend.matmul(qkv, normed);
    rotate(q, q);
    rotate(new_keys, k);
    backend.attention(
        mixed,
        q,
        cache.keys(index, 0, first + count),
        cache.values(index, 0, first + count),
        shape);
    const std::array<MatmulOutput, 1> attention_out = {
        {{.y = x, .weight = layer.wo.get(), .add_to_y = true}}};
    backend.matmul(attention_out, mixed); // [tokens, dim]

    backend.rms_norm(normed, x, layer.ffn_norm, config_.norm_eps); // [tokens, dim]
    const std::array<MatmulOutput, 2> gate_up = {{
        {.y = gate, .weight = layer.gate.get()}, // [tokens, ffn_dim]
        {.y = up, .weight = layer.up.get()},     // [tokens, ffn_dim]
    }};
    backend.matmul(gate_up, normed);
    backend.silu_multiply(gate, gate, up);
    const std::array<MatmulOutput, 1> ffn_out = {
        {{.y = x, .weight = layer.down.get(), .add_to_y = true}}};
    backend.matmul(ffn_out, gate); // [tokens, dim]
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

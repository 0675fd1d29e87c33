#include "engine/models/nemotron_h/forward.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace engine::nemotron_h {

using kernels::Activation;
using kernels::DType;
using kernels::MatmulOutput;
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
    const auto floats = [&](std::int64_t cols) {
        return backend.allocate(DType::F32, count, cols);
    };
    x_ = floats(config_.dim);
    normed_ = floats(config_.dim);
    projected_ = floats(config_.in_proj_dim());
    convolved_ = floats(config_.conv_dim());
    scanned_ = floats(config_.mamba_dim());
    q_ = floats(std::int64_t{config_.heads} * config_.head_dim);
    mixed_ = floats(std::int64_t{config_.heads} * config_.head_dim);
    if (config_.experts > 0) {
        scores_ = floats(config_.experts);
        shares_ = floats(config_.experts_per_token);
        ids_ = backend.allocate(DType::I32, count, config_.experts_per_token);
        hidden_ = floats(config_.shared_dim);
    }
    rows_ = count;
}

// Nemotron-H: NVIDIA 2025 (arXiv 2504.03624; 2512.20848 for the mixture of experts). Each layer is
// one norm and one mixer; positions are carried by the Mamba layers alone. Backbone spec 3.
bool ForwardPass::run(
    kernels::Backend& backend,
    std::span<const std::int32_t> tokens,
    std::span<const PositionKey> keys,
    std::span<const MediaRow> media,
    SequenceState& state,
    const std::stop_token& stop,
    const Observer& observer)
{
    const int count = static_cast<int>(tokens.size());
    EXPECTS(count > 0 && count <= kMaxPassTokens && keys.size() == tokens.size());
    EXPECTS(state.length() + count <= config_.context_length);
    reserve(backend, count);
    state.begin(backend, state.length() + count);
    current_ = count;

    const Tensor x = x_.rows(0, count), normed = normed_.rows(0, count);
    backend.embedding(x, *weights_.embedding, tokens); // [tokens, dim]
    for (const MediaRow& row : media) {
        EXPECTS(row.position >= 0 && row.position < count);
        EXPECTS(static_cast<int>(row.values.size()) == config_.dim);
        std::copy(row.values.begin(), row.values.end(), x.row<float>(row.position).begin());
    }
    if (observer) observer("embedding", x);
    std::array<int, 128> seen{}; // layers of each kind so far, by letter
    for (std::size_t i = 0; i < config_.layers.size(); ++i) {
        if (stop.stop_requested()) return false;
        const LayerWeights& layer = weights_.layers[i];
        const std::string name = "layer " + std::to_string(i);
        const Observer inner =
            !observer ? Observer() : [&](std::string_view box, const Tensor& output) {
                observer(name + " " + std::string(box), output);
            };
        backend.rms_norm(normed, x, layer.norm, config_.norm_eps); // [tokens, dim]
        const int index = seen[static_cast<std::size_t>(config_.layers[i])]++;
        std::visit([&](const auto& w) { mix(backend, w, index, state, inner); }, layer.mixer);
        if (observer) observer(name, x);
    }
    backend.rms_norm(normed, x, weights_.final_norm, config_.norm_eps); // [tokens, dim]
    if (observer) observer("norm", normed);
    backend.synchronize();
    state.commit(keys);
    return true;
}

// Mamba-2: Dao & Gu 2024, figure 6.
void ForwardPass::mix(
    kernels::Backend& backend,
    const MambaWeights& w,
    int index,
    SequenceState& state,
    const Observer& observer)
{
    const Tensor x = x_.rows(0, current_), normed = normed_.rows(0, current_);
    const Tensor projected = projected_.rows(0, current_), y = scanned_.rows(0, current_);
    const Tensor convolved = convolved_.rows(0, current_);
    const int inner = config_.mamba_dim(), conv = config_.conv_dim();
    const int group = config_.mamba_groups * config_.mamba_state;

    const std::array<MatmulOutput, 1> in = {{{.y = projected, .weight = w.in_proj.get()}}};
    backend.matmul(in, normed); // [tokens, gate | x B C | steps]
    if (observer) observer("in_proj", projected);
    backend.causal_conv(
        convolved,
        projected.slice_cols(inner, conv),
        w.conv.view(),
        w.conv_bias,
        state.conv(index)); // [tokens, x | B | C]
    if (observer) observer("conv", convolved);
    backend.ssm_scan(
        y,
        convolved.slice_cols(0, inner),
        convolved.slice_cols(inner, group),
        convolved.slice_cols(inner + group, group),
        projected.slice_cols(inner + conv, config_.mamba_heads),
        w.dt,
        w.a_log,
        w.d,
        state.scan(index),
        {config_.mamba_heads, config_.mamba_head_dim, config_.mamba_groups, config_.mamba_state});
    if (observer) observer("scan", y); // [tokens, mamba_dim]
    backend.gated_rms_norm(
        y,
        projected.slice_cols(0, inner),
        w.norm,
        config_.mamba_groups,
        config_.norm_eps);
    if (observer) observer("gated", y);
    const std::array<MatmulOutput, 1> out = {
        {{.y = x, .weight = w.out_proj.get(), .add_to_y = true}}};
    backend.matmul(out, y); // [tokens, dim]
}

// Grouped-query attention (Ainslie et al. 2023) without positions of any kind.
void ForwardPass::mix(
    kernels::Backend& backend,
    const AttentionWeights& w,
    int index,
    SequenceState& state,
    const Observer& observer)
{
    const Tensor x = x_.rows(0, current_), normed = normed_.rows(0, current_);
    const Tensor q = q_.rows(0, current_), mixed = mixed_.rows(0, current_);
    const int first = state.length(), all = first + current_;

    kernels::AttentionShape shape;
    shape.heads = config_.heads;
    shape.kv_heads = config_.kv_heads;
    shape.head_dim = config_.head_dim;
    shape.scale = 1.0f / std::sqrt(static_cast<float>(config_.head_dim));
    shape.causal = true;
    shape.first_position = first;

    const std::array<MatmulOutput, 3> qkv = {{
        {.y = q, .weight = w.wq.get()}, // [tokens, heads * head_dim]
        {.y = state.keys(index, first, current_), .weight = w.wk.get()},   // [tokens, kv_dim]
        {.y = state.values(index, first, current_), .weight = w.wv.get()}, // [tokens, kv_dim]
    }};
    backend.matmul(qkv, normed);
    backend.attention(mixed, q, state.keys(index, 0, all), state.values(index, 0, all), shape);
    if (observer) observer("attention", mixed);
    const std::array<MatmulOutput, 1> out = {{{.y = x, .weight = w.wo.get(), .add_to_y = true}}};
    backend.matmul(out, mixed); // [tokens, dim]
}

// Mixture of experts with a shared one, routed by sigmoids (DeepSeek-AI 2024), squared ReLU (So et
// al. 2021).
void ForwardPass::mix(
    kernels::Backend& backend,
    const ExpertsWeights& w,
    int /*index*/,
    SequenceState& /*state*/,
    const Observer& observer)
{
    const Tensor x = x_.rows(0, current_), normed = normed_.rows(0, current_);
    const Tensor scores = scores_.rows(0, current_), hidden = hidden_.rows(0, current_);
    const Tensor ids = ids_.rows(0, current_), shares = shares_.rows(0, current_);

    const std::array<MatmulOutput, 2> first = {{
        {.y = scores, .weight = w.router.get()}, // [tokens, experts]
        {.y = hidden,
         .weight = w.shared.up.get(),
         .activation = Activation::ReluSquared}, // [tokens, shared_dim]
    }};
    backend.matmul(first, normed);
    if (observer) observer("router", scores);
    backend.route_experts(
        ids,
        shares,
        scores,
        w.bias,
        config_.normalise_weights,
        config_.weight_scale);
    if (observer) {
        observer("chosen", ids);
        observer("shares", shares);
    }
    backend.mix_experts(x, normed, w.experts, ids, shares);
    const std::array<MatmulOutput, 1> shared = {
        {{.y = x, .weight = w.shared.down.get(), .add_to_y = true}}};
    backend.matmul(shared, hidden); // [tokens, dim]
}

std::span<float> ForwardPass::last_logits(kernels::Backend& backend)
{
    logits(backend, logits_.view(), current_ - 1, 1);
    return logits_.view().row<float>(0);
}

void ForwardPass::logits(kernels::Backend& backend, const Tensor& out, int first, int count)
{
    EXPECTS(first >= 0 && first + count <= current_ && out.rows == count);
    const std::array<MatmulOutput, 1> head = {{{.y = out, .weight = weights_.head.get()}}};
    backend.matmul(head, normed_.rows(first, count));
    backend.synchronize();
}

} // namespace engine::nemotron_h

#include "engine/models/whisper/encoder.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace engine::whisper {

using kernels::Activation;
using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

int short_window_positions(int frames)
{
    constexpr int kMargin = 100, kStep = 16;
    return ((frames + 1) / 2 + kMargin + kStep - 1) / kStep * kStep;
}

void Encoder::allocate(kernels::Backend& backend, int positions)
{
    if (positions <= room_) return;
    room_ = positions;
    const auto make = [&](std::int64_t rows, std::int64_t cols) {
        return backend.allocate(DType::F32, rows, cols);
    };
    mel_ = make(2 * room_, config_.mel_bins);
    conv_ = make(2 * room_, config_.width);
    for (auto* buffer : {&x_, &normed_, &q_, &k_, &v_, &attended_}) {
        *buffer = make(room_, config_.width);
    }
    hidden_ = make(room_, config_.hidden);
}

// Radford et al. 2022, figure 1, left: two convolutions, fixed places, pre-norm layers.
std::optional<Tensor> Encoder::run(
    kernels::Backend& backend,
    std::span<const float> mel,
    int positions,
    const std::stop_token& stop)
{
    EXPECTS(positions > 0 && positions <= config_.audio_positions);
    EXPECTS(mel.size() <= static_cast<std::size_t>(2 * positions * config_.mel_bins));
    allocate(backend, positions);
    const Tensor features = mel_.rows(0, 2 * positions), conv = conv_.rows(0, 2 * positions);
    const Tensor x = x_.rows(0, positions), normed = normed_.rows(0, positions);
    const Tensor q = q_.rows(0, positions), k = k_.rows(0, positions), v = v_.rows(0, positions);
    const Tensor attended = attended_.rows(0, positions), hidden = hidden_.rows(0, positions);
    const int head_width = config_.width / config_.encoder_heads;
    const kernels::AttentionShape heads{
        .heads = config_.encoder_heads,
        .kv_heads = config_.encoder_heads,
        .head_dim = head_width,
        .scale = 1 / std::sqrt(static_cast<float>(head_width))};

    auto* const into = reinterpret_cast<float*>(features.data);
    std::copy(mel.begin(), mel.end(), into);
    std::fill(into + mel.size(), into + 2 * positions * config_.mel_bins, 0.0f);

    const Weights& w = weights_;
    backend.conv1d(conv, features, *w.conv1.weight, w.conv1.bias, 3, 1, 1, Activation::GeluErf);
    if (stop.stop_requested()) return std::nullopt;
    backend.conv1d(x, conv, *w.conv2.weight, w.conv2.bias, 3, 2, 1, Activation::GeluErf);
    backend.add(x, w.audio_places.rows(0, positions));

    for (const EncoderLayer& layer : w.encoder) {
        if (stop.stop_requested()) return std::nullopt;
        const Attention& a = layer.attention;
        backend.layer_norm(normed, x, a.norm.gamma, a.norm.beta, kNormEps);
        const MatmulOutput qkv[] = {
            {.y = q, .weight = a.q.weight.get(), .bias = a.q.bias},
            {.y = k, .weight = a.k.weight.get(), .bias = a.k.bias},
            {.y = v, .weight = a.v.weight.get(), .bias = a.v.bias}};
        backend.matmul(qkv, normed);
        backend.attention(attended, q, k, v, heads);
        const MatmulOutput out[] = {
            {.y = x, .weight = a.out.weight.get(), .bias = a.out.bias, .add_to_y = true}};
        backend.matmul(out, attended);

        if (stop.stop_requested()) return std::nullopt;
        const FeedForward& f = layer.feed_forward;
        backend.layer_norm(normed, x, f.norm.gamma, f.norm.beta, kNormEps);
        const MatmulOutput up[] = {
            {.y = hidden,
             .weight = f.up.weight.get(),
             .bias = f.up.bias,
             .activation = Activation::GeluErf}};
        backend.matmul(up, normed);
        const MatmulOutput down[] = {
            {.y = x, .weight = f.down.weight.get(), .bias = f.down.bias, .add_to_y = true}};
        backend.matmul(down, hidden);
    }
    backend.layer_norm(x, x, w.encoder_norm.gamma, w.encoder_norm.beta, kNormEps);
    return x;
}

} // namespace engine::whisper

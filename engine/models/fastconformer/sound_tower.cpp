#include "engine/models/fastconformer/sound_tower.h"

#include "base/expects.h"
#include "engine/sound/speech_features.h"

#include <algorithm>

namespace engine::fastconformer {

using kernels::DType;
using kernels::MatmulOutput;
using sound::SpeechFeatures;

int clip_rows(std::int64_t samples)
{
    EXPECTS(samples >= 0 && samples <= kClipSamples);
    const auto frames = SpeechFeatures::frames(std::max(samples, kShortestSamples));
    return encoder_rows(static_cast<int>(frames));
}

std::vector<float> mel_of_clip(std::span<const float> clip, int bins)
{
    std::vector<float> filled;
    if (static_cast<std::int64_t>(clip.size()) < kShortestSamples) {
        filled.assign(clip.begin(), clip.end());
        filled.resize(static_cast<std::size_t>(kShortestSamples));
        clip = filled;
    }
    const auto frames = SpeechFeatures::frames(static_cast<std::int64_t>(clip.size()));
    std::vector<float> mel(static_cast<std::size_t>(frames) * static_cast<std::size_t>(bins));
    SpeechFeatures(bins).compute(clip, mel);
    SpeechFeatures::normalise(mel, bins);
    return mel;
}

std::optional<kernels::Buffer> SoundTower::encode(
    kernels::Backend& backend,
    std::span<const float> clip,
    const std::stop_token& stop,
    const Observer& observer) const
{
    EXPECTS(static_cast<std::int64_t>(clip.size()) <= kClipSamples);
    std::vector<float> mel = mel_of_clip(clip, config_.mel_bins);
    if (observer) {
        const std::int64_t bins = config_.mel_bins;
        const auto frames = static_cast<std::int64_t>(mel.size()) / bins;
        observer("mel", {reinterpret_cast<std::byte*>(mel.data()), DType::F32, frames, bins, bins});
    }
    return encode_mel(backend, mel, stop, observer);
}

std::optional<kernels::Buffer> SoundTower::encode_mel(
    kernels::Backend& backend,
    std::span<const float> mel,
    const std::stop_token& stop,
    const Observer& observer) const
{
    const auto heard = Encoder(config_, weights_.encoder).encode(backend, mel, stop, observer);
    if (!heard) return std::nullopt;
    const kernels::Tensor x = heard->view();
    const ProjectorWeights& w = weights_.projector;
    backend.rms_norm(x, x, w.norm, config_.projector_eps);
    if (observer) observer("normed", x);
    const kernels::Buffer hidden = backend.allocate(DType::F32, x.rows, config_.projector_dim);
    kernels::Buffer rows = backend.allocate(DType::F32, x.rows, config_.out_dim);
    const MatmulOutput up{
        .y = hidden.view(),
        .weight = w.up.weight.get(),
        .bias = w.up.bias,
        .activation = kernels::Activation::ReluSquared};
    backend.matmul({&up, 1}, x); // [rows, projector_dim]
    const MatmulOutput down{.y = rows.view(), .weight = w.down.weight.get(), .bias = w.down.bias};
    backend.matmul({&down, 1}, hidden.view()); // [rows, out_dim]
    backend.synchronize();
    return rows;
}

} // namespace engine::fastconformer

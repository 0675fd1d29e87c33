#include "engine/sound/speech_features.h"

#include "base/expects.h"
#include "engine/types.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace engine::sound {
namespace {

constexpr int kLanes = PowerSpectra::kLanes;
constexpr int kBefore = (SpeechFeatures::kPoints - SpeechFeatures::kWindow) / 2;
constexpr float kPreEmphasis = 0.97f;
constexpr float kFloor = 0x1p-24f;

/// Sample `at` of the clip after pre-emphasis, in the midst of zeros.
float emphasised(std::span<const float> clip, std::int64_t at)
{
    if (at < 0 || at >= static_cast<std::int64_t>(clip.size())) return 0.0f;
    const auto i = static_cast<std::size_t>(at);
    return i == 0 ? clip[0] : clip[i] - kPreEmphasis * clip[i - 1];
}

} // namespace

SpeechFeatures::SpeechFeatures(int bins)
    : spectra_(kPoints), filters_(make_mel_filters(bins, kPoints, kSampleRateHz)),
      frames_(static_cast<std::size_t>(kPoints) * kLanes),
      power_(static_cast<std::size_t>(kPoints / 2 + 1) * kLanes)
{
    for (int k = 0; k < kWindow; ++k) {
        window_.push_back(
            static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * k / (kWindow - 1))));
    }
}

void SpeechFeatures::compute(std::span<const float> clip, std::span<float> out)
{
    const std::size_t bins = filters_.size();
    const auto count = static_cast<std::int64_t>(out.size() / bins);
    EXPECTS(out.size() % bins == 0);
    EXPECTS(count <= frames(static_cast<std::int64_t>(clip.size())) + 1);
    for (std::int64_t block = 0; block < count; block += kLanes) {
        const std::int64_t lanes = std::min<std::int64_t>(kLanes, count - block);
        for (std::int64_t l = 0; l < kLanes; ++l) {
            // Lanes without a frame of their own repeat the last one.
            const std::int64_t begin = (block + std::min(l, lanes - 1)) * kHop - kWindow / 2;
            for (std::int64_t k = 0; k < kWindow; ++k)
                frames_[static_cast<std::size_t>((kBefore + k) * kLanes + l)] =
                    emphasised(clip, begin + k) * window_[static_cast<std::size_t>(k)];
        }
        spectra_.compute(frames_, power_);
        for (std::size_t m = 0; m < bins; ++m) {
            float sums[kLanes] = {};
            const float* power =
                power_.data() + static_cast<std::ptrdiff_t>(filters_[m].first_bin) * kLanes;
            for (const float weight : filters_[m].weights) {
                for (int l = 0; l < kLanes; ++l) sums[l] += weight * power[l];
                power += kLanes;
            }
            for (std::int64_t l = 0; l < lanes; ++l)
                out[static_cast<std::size_t>(block + l) * bins + m] = std::log(sums[l] + kFloor);
        }
    }
}

void SpeechFeatures::normalise(std::span<float> features, int bins)
{
    const auto width = static_cast<std::size_t>(bins);
    EXPECTS(bins > 0 && features.size() % width == 0);
    const std::size_t frames = features.size() / width;
    const auto count = static_cast<double>(frames);
    for (std::size_t m = 0; m < width; ++m) {
        double mean = 0, squares = 0;
        for (std::size_t i = m; i < features.size(); i += width) mean += features[i];
        mean /= count;
        for (std::size_t i = m; i < features.size(); i += width)
            squares += (features[i] - mean) * (features[i] - mean);
        const double deviation = count > 1 ? std::sqrt(squares / (count - 1)) : 0.0;
        for (std::size_t i = m; i < features.size(); i += width)
            features[i] = static_cast<float>((features[i] - mean) / (deviation + 1e-5));
    }
}

} // namespace engine::sound

#include "engine/sound/log_mel.h"

#include "base/expects.h"
#include "engine/types.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace engine::sound {
namespace {

constexpr int kLanes = PowerSpectra::kLanes;

/// Sample `at` of the sound followed by kHop zeros and then mirrored at both ends.
float padded_sample(std::span<const float> sound, std::int64_t at)
{
    const auto size = static_cast<std::int64_t>(sound.size());
    const std::int64_t last = size + LogMel::kHop - 1;
    if (at < 0) at = -at;
    if (at > last) at = 2 * last - at;
    // A sound shorter than the mirror is mirrored into its own zeros.
    return at >= 0 && at < size ? sound[static_cast<std::size_t>(at)] : 0.0f;
}

} // namespace

LogMel::LogMel(int bins)
    : spectra_(kWindow), filters_(make_mel_filters(bins, kWindow, kSampleRateHz)),
      frames_(static_cast<std::size_t>(kWindow) * kLanes),
      power_(static_cast<std::size_t>(kWindow / 2 + 1) * kLanes)
{
    for (int k = 0; k < kWindow; ++k) {
        window_.push_back(
            static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * k / kWindow)));
    }
}

void LogMel::compute(
    std::span<const float> sound,
    std::int64_t first,
    std::int64_t count,
    std::span<float> out)
{
    const auto size = static_cast<std::int64_t>(sound.size());
    EXPECTS(first >= 0 && count >= 0 && first + count <= frames(size));
    EXPECTS(out.size() == static_cast<std::size_t>(count) * filters_.size());
    for (std::int64_t block = 0; block < count; block += kLanes) {
        const std::int64_t lanes = std::min<std::int64_t>(kLanes, count - block);
        for (std::int64_t l = 0; l < kLanes; ++l) {
            // Lanes without a frame of their own repeat the last one.
            const std::int64_t frame = first + block + std::min(l, lanes - 1);
            const std::int64_t begin = frame * kHop - kWindow / 2;
            const bool inside = begin >= 0 && begin + kWindow <= size;
            for (std::int64_t k = 0; k < kWindow; ++k) {
                const float sample = inside ? sound[static_cast<std::size_t>(begin + k)]
                                            : padded_sample(sound, begin + k);
                frames_[static_cast<std::size_t>(k * kLanes + l)] =
                    sample * window_[static_cast<std::size_t>(k)];
            }
        }
        spectra_.compute(frames_, power_);
        for (std::size_t m = 0; m < filters_.size(); ++m) {
            float sums[kLanes] = {};
            const float* power =
                power_.data() + static_cast<std::ptrdiff_t>(filters_[m].first_bin) * kLanes;
            for (const float weight : filters_[m].weights) {
                for (int l = 0; l < kLanes; ++l) sums[l] += weight * power[l];
                power += kLanes;
            }
            for (std::int64_t l = 0; l < lanes; ++l) {
                out[static_cast<std::size_t>(block + l) * filters_.size() + m] =
                    std::log10(std::max(sums[l], 1e-10f));
            }
        }
    }
}

void LogMel::scale(std::span<float> log_mel, float whole_maximum)
{
    const float floor = whole_maximum - 8.0f;
    for (float& x : log_mel) x = (std::max(x, floor) + 4.0f) / 4.0f;
}

} // namespace engine::sound

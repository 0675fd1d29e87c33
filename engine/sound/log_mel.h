#pragma once

#include "engine/sound/fft.h"
#include "engine/sound/mel_filters.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::sound {

/// Whisper's log-mel features: frames of 10 ms, 80 (or 128) bins.
///
/// 160 zeros follow the sound; 200 samples are reflected at both ends; periodic Hann window of 400,
/// hop 160; power spectrum; Slaney filters; log10 with floor 1e-10. The features proper are (max(x,
/// M - 8) + 4) / 4 with M the largest value of the *whole* sound: make log-mels of all of it, then
/// scale() what is needed. One object a thread. Source: Radford et al. 2022, section 2.2 and the
/// released code.
class LogMel {
public:
    static constexpr int kHop = 160;
    static constexpr int kWindow = 400;

    explicit LogMel(int bins);
    int bins() const { return static_cast<int>(filters_.size()); }
    /// Frames of a sound; the last one looks mostly into the zeros that follow and is not content.
    static std::int64_t frames(std::int64_t samples) { return (samples + kHop) / kHop; }
    static std::int64_t content_frames(std::int64_t samples) { return frames(samples) - 1; }

    /// log10 mel of frames [first, first + count) of `sound`, out [count, bins] row-major.
    void compute(
        std::span<const float> sound,
        std::int64_t first,
        std::int64_t count,
        std::span<float> out);

    /// (max(x, whole_maximum - 8) + 4) / 4 in place.
    static void scale(std::span<float> log_mel, float whole_maximum);

private:
    PowerSpectra spectra_;
    std::vector<MelFilter> filters_;
    std::vector<float> window_;
    std::vector<float> frames_; // [window, lanes]
    std::vector<float> power_;  // [window / 2 + 1, lanes]
};

} // namespace engine::sound

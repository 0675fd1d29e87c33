#pragma once

#include "engine/sound/fft.h"
#include "engine/sound/mel_filters.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::sound {

/// The log-mel features of NeMo's Parakeet models, and of sound towers made from them: one frame
/// for every 10 ms.
///
/// Pre-emphasis 0.97; zeros before and behind; symmetric Hann window of 400 in the middle of 512
/// points, hop 160; power spectrum; Slaney filters; natural log of what they let through + 2^-24.
/// The features proper have mean 0 and deviation 1 in every bin over one clip: normalise() what was
/// computed. One object a thread. Source: NVIDIA NeMo, AudioToMelSpectrogramPreprocessor.
class SpeechFeatures {
public:
    static constexpr int kHop = 160;
    static constexpr int kWindow = 400;
    static constexpr int kPoints = 512;

    explicit SpeechFeatures(int bins);
    int bins() const { return static_cast<int>(filters_.size()); }
    /// Frames of a clip. One more can be computed, which looks mostly behind the end; the
    /// references mask it.
    static std::int64_t frames(std::int64_t samples) { return samples / kHop; }

    /// Log-mels of the first `out.size() / bins` frames of `clip`, [frames, bins] row-major.
    void compute(std::span<const float> clip, std::span<float> out);

    /// (x - mean) / (deviation + 1e-5) for every bin, in place; deviation by n - 1. Of one frame
    /// nothing is left but zeros.
    static void normalise(std::span<float> features, int bins);

private:
    PowerSpectra spectra_;
    std::vector<MelFilter> filters_;
    std::vector<float> window_;
    std::vector<float> frames_; // [points, lanes]
    std::vector<float> power_;  // [points / 2 + 1, lanes]
};

} // namespace engine::sound

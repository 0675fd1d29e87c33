#pragma once

#include <span>
#include <vector>

namespace engine::sound {

/// Triangular filters on the Slaney mel scale with area normalisation; each is stored from its
/// first bin on.
struct MelFilter {
    int first_bin = 0;
    std::vector<float> weights;
};

/// `count` filters from 0 Hz to half the sample rate over the bins of an n_fft-point spectrum.
/// Source: Slaney's Auditory Toolbox 1998, as in librosa.
std::vector<MelFilter> make_mel_filters(int count, int n_fft, int sample_rate_hz);

} // namespace engine::sound

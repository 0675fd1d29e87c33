#pragma once

#include <span>
#include <vector>

namespace engine::sound {

inline constexpr int kMinRateHz = 100;
inline constexpr int kMaxRateHz = 1'000'000;

/// Mono sound at another rate: output sample k is the band-limited input at time k / to_hz, so
/// nothing is delayed.
///
/// Windowed sinc, 64 zero crossings on each side, Kaiser window with beta 10 (side lobes below -100
/// dB), pass band up to 0.95 of the lower Nyquist frequency. The input counts as silent outside its
/// ends. ceil(size * to / from) samples. Rates within [kMinRateHz, kMaxRateHz]. Source: Smith,
/// "Digital Audio Resampling"; Kaiser 1974.
std::vector<float> resample(std::span<const float> samples, int from_hz, int to_hz);

} // namespace engine::sound

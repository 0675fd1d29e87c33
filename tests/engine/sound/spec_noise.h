#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace engine::sound {

/// Deterministic noise in [-0.5, 0.5): a 32-bit integer hash of (stream, index); the audio spec's
/// appendix A makes its sound and its weights of it.
inline double noise(std::uint32_t stream, std::uint32_t index)
{
    std::uint32_t x = (stream << 20) + index;
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    x ^= x >> 16;
    return static_cast<double>(x) / 4294967296.0 - 0.5;
}

/// One second: 440 Hz, 3 kHz and noise.
inline std::vector<float> two_tones_in_noise()
{
    std::vector<float> sound;
    for (std::uint32_t n = 0; n < 16'000; ++n) {
        const double t = 2 * std::numbers::pi * n / 16'000;
        sound.push_back(static_cast<float>(
            0.4 * std::sin(440 * t) + 0.2 * std::sin(3000 * t) + 0.1 * noise(1, n)));
    }
    return sound;
}

} // namespace engine::sound

#pragma once

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace engine::omni {

/// A sound of the omni goldens by its formula [first, second, seed]: two triangle waves and noise,
/// louder and softer in turns, in integers. tests/data/omni/README.md.
inline std::vector<float>
formula_samples(std::int64_t count, const std::vector<std::int64_t>& formula)
{
    std::vector<float> samples;
    for (std::int64_t n = 0; n < count; ++n) {
        const auto wave = [&](std::int64_t pace) {
            return std::abs(((n * pace) & 65535) - 32768) - 16384;
        };
        // Of the products the lower 32 bits count.
        std::uint64_t x = static_cast<std::uint64_t>(n * 2654435761 + formula.at(2)) & 0xffffffff;
        x = ((x ^ x >> 16) * 2246822519u) & 0xffffffff;
        const std::int64_t noise = static_cast<std::int64_t>((x ^ x >> 13) >> 20) - 2048;
        const std::int64_t loudness = 64 + (((n >> 8) * 53) & 191);
        // Shifts round down, as the formula wants it.
        const std::int64_t sample =
            (((wave(formula.at(0)) >> 1) + (wave(formula.at(1)) >> 2) + noise) * loudness) >> 8;
        samples.push_back(static_cast<float>(sample) / 32768.0f);
    }
    return samples;
}

} // namespace engine::omni

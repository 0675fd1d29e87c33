#include "engine/sound/mel_filters.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace engine::sound {
namespace {

// Linear below 1 kHz (15 mel), logarithmic above: 27 mel for a factor of 6.4.
constexpr double kBreakHz = 1000, kBreakMel = 15;

double hz_to_mel(double hz)
{
    if (hz < kBreakHz) return hz * 3 / 200;
    return kBreakMel + std::log(hz / kBreakHz) * 27 / std::log(6.4);
}

double mel_to_hz(double mel)
{
    if (mel < kBreakMel) return mel * 200 / 3;
    return kBreakHz * std::exp((mel - kBreakMel) * std::log(6.4) / 27);
}

} // namespace

std::vector<MelFilter> make_mel_filters(int count, int n_fft, int sample_rate_hz)
{
    std::vector<double> points;
    points.reserve(static_cast<std::size_t>(count) + 2);
    const double top = hz_to_mel(sample_rate_hz / 2.0);
    for (int i = 0; i < count + 2; ++i) points.push_back(mel_to_hz(top * i / (count + 1)));

    std::vector<MelFilter> filters;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const double low = points[i], middle = points[i + 1], high = points[i + 2];
        MelFilter filter;
        for (int k = 0; k <= n_fft / 2; ++k) {
            const double hz = static_cast<double>(k) * sample_rate_hz / n_fft;
            const double triangle =
                std::min((hz - low) / (middle - low), (high - hz) / (high - middle));
            if (triangle <= 0) continue;
            if (filter.weights.empty()) filter.first_bin = k;
            filter.weights.push_back(static_cast<float>(triangle * 2 / (high - low)));
        }
        filters.push_back(std::move(filter));
    }
    return filters;
}

} // namespace engine::sound

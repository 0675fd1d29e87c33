#include "engine/sound/resampler.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <numeric>

namespace engine::sound {
namespace {

constexpr double kZeroCrossings = 64;
constexpr double kBeta = 10;
constexpr double kPassBand = 0.95;
// Ratios with more phases than this are interpolated between neighbouring ones: -106 dB, and a
// bounded table.
constexpr std::int64_t kMaxPhases = 512;

/// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; term > 1e-14 * sum; ++k) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

/// One row of taps a phase: row p is the kernel seen from p / phases of an input sample further on.
struct Taps {
    std::int64_t phases = 1;
    std::int64_t width = 0;  // taps a row, a multiple of 8
    std::int64_t before = 0; // taps at or before the position
    std::vector<float> rows; // [phases + 1, width]
};

Taps make_taps(double cutoff, std::int64_t phases)
{
    const double half = kZeroCrossings / cutoff; // in input samples
    Taps taps;
    taps.phases = phases;
    taps.before = static_cast<std::int64_t>(std::ceil(half));
    taps.width = (2 * taps.before + 1 + 7) / 8 * 8;
    taps.rows.assign(static_cast<std::size_t>((phases + 1) * taps.width), 0.0f);
    const double norm = bessel_i0(kBeta);
    for (std::int64_t p = 0; p <= phases; ++p) {
        const double fraction = static_cast<double>(p) / static_cast<double>(phases);
        for (std::int64_t i = 0; i < taps.width; ++i) {
            const double t = static_cast<double>(i - taps.before + 1) - fraction;
            const double u = t / half;
            if (std::abs(u) >= 1) continue;
            const double angle = std::numbers::pi * cutoff * t;
            const double sinc = std::abs(angle) < 1e-12 ? 1.0 : std::sin(angle) / angle;
            const double window = bessel_i0(kBeta * std::sqrt(1 - u * u)) / norm;
            taps.rows[static_cast<std::size_t>(p * taps.width + i)] =
                static_cast<float>(cutoff * sinc * window);
        }
    }
    return taps;
}

/// Eight running sums, so that the compiler may use vectors without reordering one sum.
float dot(const float* a, const float* b, std::int64_t count)
{
    float sums[8] = {};
    for (std::int64_t i = 0; i < count; i += 8) {
        for (int j = 0; j < 8; ++j) sums[j] += a[i + j] * b[i + j];
    }
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) +
           ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

} // namespace

std::vector<float> resample(std::span<const float> samples, int from_hz, int to_hz)
{
    EXPECTS(from_hz >= kMinRateHz && from_hz <= kMaxRateHz);
    EXPECTS(to_hz >= kMinRateHz && to_hz <= kMaxRateHz);
    if (from_hz == to_hz || samples.empty()) return {samples.begin(), samples.end()};

    const std::int64_t divisor = std::gcd(from_hz, to_hz);
    const std::int64_t up = to_hz / divisor, down = from_hz / divisor;
    const double lower = static_cast<double>(std::min(from_hz, to_hz));
    const Taps taps = make_taps(kPassBand * lower / from_hz, std::min(up, kMaxPhases));
    const bool exact = up <= kMaxPhases;

    // Silence on both ends spares every inner loop its bounds checks.
    const auto count = static_cast<std::int64_t>(samples.size());
    std::vector<float> padded(static_cast<std::size_t>(count + 2 * taps.width), 0.0f);
    std::copy(samples.begin(), samples.end(), padded.begin() + taps.width);

    std::vector<float> out(static_cast<std::size_t>((count * up + down - 1) / down));
    for (std::size_t k = 0; k < out.size(); ++k) {
        const std::int64_t position = static_cast<std::int64_t>(k) * down;
        const std::int64_t whole = position / up, rest = position % up;
        const float* in = padded.data() + taps.width + whole - taps.before + 1;
        const std::int64_t row = exact ? rest : rest * taps.phases / up;
        const float* h = taps.rows.data() + row * taps.width;
        float value = dot(in, h, taps.width);
        if (!exact) {
            const double at = static_cast<double>(rest * taps.phases) / static_cast<double>(up);
            const auto share = static_cast<float>(at - static_cast<double>(row));
            value += share * (dot(in, h + taps.width, taps.width) - value);
        }
        out[k] = value;
    }
    return out;
}

} // namespace engine::sound

#include "engine/sound/resampler.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace engine::sound {
namespace {

std::vector<float> tone(double hz, int rate_hz, std::size_t count)
{
    std::vector<float> sound(count);
    for (std::size_t i = 0; i < count; ++i) {
        sound[i] = static_cast<float>(
            std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / rate_hz));
    }
    return sound;
}

/// Largest difference away from the ends, where the silence outside is heard.
double
largest_difference(const std::vector<float>& a, const std::vector<float>& b, std::size_t skip)
{
    double largest = 0;
    for (std::size_t i = skip; i + skip < std::min(a.size(), b.size()); ++i) {
        largest =
            std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    }
    return largest;
}

TEST(Resampler, KeepsTonesInPhaseAtEveryRate)
{
    for (const int rate : {8'000, 11'025, 22'050, 24'000, 32'000, 44'100, 44'101, 48'000, 96'000}) {
        const auto in = tone(1'000, rate, static_cast<std::size_t>(rate));
        const auto out = resample(in, rate, 16'000);
        EXPECT_EQ(out.size(), 16'000U) << rate;
        EXPECT_LT(largest_difference(out, tone(1'000, 16'000, 16'000), 200), 2e-4) << rate;
    }
}

TEST(Resampler, PassesSpeechAndStopsWhatWouldFold)
{
    const auto passed = resample(tone(7'000, 48'000, 48'000), 48'000, 16'000);
    EXPECT_LT(largest_difference(passed, tone(7'000, 16'000, 16'000), 200), 1e-3);
    const auto stopped = resample(tone(9'000, 48'000, 48'000), 48'000, 16'000);
    const std::vector<float> silence(stopped.size(), 0.0f);
    EXPECT_LT(largest_difference(stopped, silence, 200), 1e-4); // -80 dB
}

TEST(Resampler, LeavesTheSameRateAlone)
{
    const auto in = tone(300, 16'000, 1'000);
    EXPECT_EQ(resample(in, 16'000, 16'000), in);
    EXPECT_TRUE(resample({}, 48'000, 16'000).empty());
}

TEST(Resampler, CoversTheLastSample)
{
    EXPECT_EQ(resample(std::vector<float>(1), 48'000, 16'000).size(), 1U);
    EXPECT_EQ(resample(std::vector<float>(4), 48'000, 16'000).size(), 2U);
    EXPECT_EQ(resample(std::vector<float>(3), 8'000, 16'000).size(), 6U);
}

} // namespace
} // namespace engine::sound

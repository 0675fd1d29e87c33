#include "engine/sound/log_mel.h"
#include "tests/engine/sound/spec_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdint>
#include <gtest/gtest.h>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace engine::sound {
namespace {

TEST(PowerSpectra, MatchTheDefinition)
{
    for (const int n : {2, 6, 20, 400, 512}) {
        PowerSpectra spectra(n);
        constexpr int kLanes = PowerSpectra::kLanes;
        std::vector<float> frames(static_cast<std::size_t>(n) * kLanes);
        for (std::size_t i = 0; i < frames.size(); ++i) {
            frames[i] = static_cast<float>(noise(2, static_cast<std::uint32_t>(i)));
        }
        std::vector<float> power(static_cast<std::size_t>(spectra.bins()) * kLanes);
        spectra.compute(frames, power);
        for (const int lane : {0, 5, kLanes - 1}) {
            for (int k = 0; k <= n / 2; ++k) {
                std::complex<double> sum = 0;
                const float* sample = frames.data() + lane;
                for (int i = 0; i < n; ++i, sample += kLanes)
                    sum += double{*sample} * std::polar(1.0, -2 * std::numbers::pi * k * i / n);
                EXPECT_NEAR(power.data()[k * kLanes + lane], std::norm(sum), 1e-4 * n)
                    << "n " << n << " bin " << k;
            }
        }
    }
}

TEST(MelFilters, HaveTheRecordedShape)
{
    const auto filters = make_mel_filters(80, 400, 16'000);
    ASSERT_EQ(filters.size(), 80U);
    EXPECT_EQ(filters[0].first_bin, 1);
    ASSERT_EQ(filters[0].weights.size(), 1U);
    EXPECT_NEAR(filters[0].weights[0], 0.024862590, 1e-8);
    EXPECT_EQ(filters[79].first_bin, 186);
    EXPECT_EQ(filters[79].weights.size(), 14U);
    double sum = 0;
    for (const auto& filter : filters) {
        sum = std::accumulate(filter.weights.begin(), filter.weights.end(), sum);
    }
    EXPECT_NEAR(sum, 1.999024, 1e-6);
}

TEST(LogMel, MatchesTheRecordedFeatures)
{
    const auto sound = two_tones_in_noise();
    LogMel log_mel(80);
    const auto frames = LogMel::frames(static_cast<std::int64_t>(sound.size()));
    ASSERT_EQ(frames, 101);
    std::vector<float> features(static_cast<std::size_t>(frames) * 80);
    log_mel.compute(sound, 0, frames, features);
    LogMel::scale(features, *std::max_element(features.begin(), features.end()));

    const int bins[] = {0, 1, 20, 39, 79};
    const std::pair<int, std::array<double, 5>> rows[] = {
        {0, {0.939564, 0.962012, 0.752428, 0.259326, 0.423346}},
        {1, {0.425260, 0.559223, 0.316474, 0.265821, 0.458198}},
        {50, {0.227698, 0.210932, 0.316131, 0.406205, 0.351691}},
        {99, {0.270886, 0.336071, 0.256362, 0.364539, 0.380278}},
        {100, {0.824697, 0.814130, 0.571203, 0.086424, 0.394903}}};
    for (const auto& [frame, values] : rows) {
        for (std::size_t i = 0; i < 5; ++i) {
            EXPECT_NEAR(features[static_cast<std::size_t>(frame * 80 + bins[i])], values[i], 1e-5)
                << "frame " << frame << " bin " << bins[i];
        }
    }
    EXPECT_NEAR(std::accumulate(features.begin(), features.end(), 0.0), 3335.8645, 5e-3);
}

TEST(LogMel, IsTheSameInPieces)
{
    const auto sound = two_tones_in_noise();
    LogMel log_mel(80);
    std::vector<float> whole(101 * 80), pieces(101 * 80);
    log_mel.compute(sound, 0, 101, whole);
    for (std::int64_t first = 0; first < 101; first += 7) {
        const auto count = std::min<std::int64_t>(7, 101 - first);
        log_mel.compute(
            sound,
            first,
            count,
            std::span(pieces).subspan(
                static_cast<std::size_t>(first * 80),
                static_cast<std::size_t>(count * 80)));
    }
    EXPECT_EQ(whole, pieces);
}

TEST(LogMel, TakesSoundsShorterThanItsMirror)
{
    LogMel log_mel(80);
    for (const std::size_t samples : {0U, 1U, 10U, 159U, 160U, 250U}) {
        const std::vector<float> sound(samples, 0.5f);
        const auto frames = LogMel::frames(static_cast<std::int64_t>(samples));
        std::vector<float> features(static_cast<std::size_t>(frames) * 80);
        log_mel.compute(sound, 0, frames, features);
        for (const float x : features) EXPECT_TRUE(std::isfinite(x));
    }
}

} // namespace
} // namespace engine::sound

#include "capture/reader/media/tempo.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

using capture::reader::Tempo;

namespace {

constexpr int kRate = 48'000;

std::vector<float> tone(double frequency_hz, double seconds, int channels)
{
    std::vector<float> out;
    const auto count = static_cast<int>(seconds * kRate);
    for (int i = 0; i < count; ++i) {
        const double phase = 2 * std::numbers::pi * frequency_hz * i / kRate;
        for (int c = 0; c < channels; ++c)
            out.push_back(static_cast<float>(0.5 * std::sin(phase + c)));
    }
    return out;
}

/// In pieces of odd sizes, as a decoder brings them.
std::vector<float> played(const std::vector<float>& in, int channels, double speed)
{
    Tempo tempo(kRate, channels, speed);
    std::vector<float> out;
    const std::span<const float> all(in);
    const std::size_t piece = 1'023 * static_cast<std::size_t>(channels);
    for (std::size_t at = 0; at < all.size(); at += piece)
        tempo.process(all.subspan(at, std::min(piece, all.size() - at)), out);
    tempo.finish(out);
    return out;
}

/// From the rising zero crossings of one channel.
double frequency_of(const std::vector<float>& samples, std::size_t channels, std::size_t channel)
{
    std::size_t first = 0, last = 0, crossings = 0;
    for (std::size_t i = channels + channel; i < samples.size(); i += channels) {
        if (!(samples[i - channels] < 0 && samples[i] >= 0)) continue;
        if (crossings == 0) first = i;
        last = i;
        ++crossings;
    }
    if (crossings < 2) return 0;
    return static_cast<double>(crossings - 1) * kRate * static_cast<double>(channels) /
           static_cast<double>(last - first);
}

double power(const std::vector<float>& samples)
{
    double sum = 0;
    for (const float sample : samples) sum += double(sample) * sample;
    return sum / static_cast<double>(samples.size());
}

class TempoTest : public testing::TestWithParam<double> {};

} // namespace

TEST_P(TempoTest, ChangesTheLengthAndKeepsPitchAndLoudness)
{
    for (const int channels : {1, 2}) {
        for (const double pitch_hz : {90.0, 440.0, 3'000.0}) {
            const auto in = tone(pitch_hz, 3, channels);
            const auto out = played(in, channels, GetParam());

            const auto expected = static_cast<double>(in.size()) / GetParam();
            EXPECT_NEAR(static_cast<double>(out.size()), expected, 2.0 * channels);
            const auto count = static_cast<std::size_t>(channels);
            for (std::size_t c = 0; c < count; ++c)
                EXPECT_NEAR(frequency_of(out, count, c), pitch_hz, pitch_hz * 0.01);
            EXPECT_NEAR(power(out) / power(in), 1, 0.06) << pitch_hz;
        }
    }
}

TEST_P(TempoTest, KeepsEventsAtTheirTimes)
{
    // Ten syllables of 60 ms on a quiet tone, a third of a second apart.
    auto in = tone(200, 4, 1);
    for (float& sample : in) sample *= 0.05f;
    for (int event = 1; event <= 10; ++event) {
        float* const syllable = in.data() + event * kRate / 3;
        for (int i = 0; i < kRate * 6 / 100; ++i) syllable[i] = i / 24 % 2 == 0 ? 0.9f : -0.9f;
    }
    const auto out = played(in, 1, GetParam());

    for (int event = 1; event <= 10; ++event) {
        const double expected = event * kRate / 3.0 / GetParam();
        const double most = 0.022 * kRate; // the search, and half a fade
        double nearest = 1e9;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double away = std::abs(static_cast<double>(i) - expected);
            if (std::abs(out[i]) > 0.3f) nearest = std::min(nearest, away);
        }
        EXPECT_LT(nearest, most) << event;
    }
}

INSTANTIATE_TEST_SUITE_P(Speeds, TempoTest, testing::Values(0.5, 0.75, 1.25, 1.5, 2.0));

TEST(TempoOfOneTest, ChangesNothing)
{
    const auto in = tone(440, 1, 2);
    EXPECT_EQ(played(in, 2, 1.0), in);
}

TEST(TempoOfOneTest, MakesNothingOfNothing)
{
    EXPECT_TRUE(played({}, 1, 2.0).empty());
    EXPECT_EQ(played({0.5f, 0.5f, 0.5f, 0.5f}, 1, 2.0).size(), 2u);
}

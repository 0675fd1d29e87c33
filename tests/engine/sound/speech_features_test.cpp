#include "engine/sound/speech_features.h"
#include "tests/engine/sound/spec_noise.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engine::sound {
namespace {

constexpr int kBins = 128;

/// Bins 0, 1, 17, 64 and 127 of a frame, as the spec's appendix A.1 prints them.
std::vector<float> printed(const std::vector<float>& features, std::size_t frame)
{
    std::vector<float> values;
    for (const std::size_t bin : {0, 1, 17, 64, 127})
        values.push_back(features[frame * kBins + bin]);
    return values;
}
auto near(const std::vector<float>& expected, float tolerance)
{
    return testing::Pointwise(testing::FloatNear(tolerance), expected);
}

TEST(SpeechFeatures, LogMelsAreThoseOfTheSpec)
{
    const std::vector<float> sound = two_tones_in_noise();
    std::vector<float> mel(101 * kBins); // the masked last frame too
    SpeechFeatures(kBins).compute(sound, mel);
    // Near the floor float's FFT is off by a few 1e-4 of a bin.
    EXPECT_THAT(
        printed(mel, 0),
        near({-8.726353f, -8.391728f, -1.258577f, -7.970914f, -4.158255f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 1),
        near({-13.390816f, -11.892016f, -0.139658f, -6.931512f, -3.567689f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 50),
        near({-14.567557f, -14.098497f, -0.119173f, -6.441822f, -4.614038f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 99),
        near({-9.801783f, -9.769555f, -0.156488f, -6.712294f, -4.267696f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 100),
        near({-5.619830f, -5.626194f, -1.410176f, -6.265964f, -4.436773f}, 1e-3f));
}

TEST(SpeechFeatures, NormalisedOnesAreThoseOfTheSpec)
{
    const std::vector<float> sound = two_tones_in_noise();
    ASSERT_EQ(SpeechFeatures::frames(16'000), 100);
    std::vector<float> mel(100 * kBins);
    SpeechFeatures(kBins).compute(sound, mel);
    SpeechFeatures::normalise(mel, kBins);
    EXPECT_THAT(
        printed(mel, 0),
        near({3.217851f, 3.995500f, -9.845491f, -1.318350f, 0.253383f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 1),
        near({-0.560114f, 0.417215f, 0.054738f, -0.250494f, 1.472068f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 50),
        near({-1.513211f, -1.838432f, 0.235990f, 0.252602f, -0.687168f}, 1e-3f));
    EXPECT_THAT(
        printed(mel, 99),
        near({2.346810f, 2.586971f, -0.094170f, -0.025275f, 0.027542f}, 1e-3f));
    double sum = 0, squares = 0;
    for (const float x : mel) {
        sum += std::abs(x);
        squares += double{x} * x;
    }
    EXPECT_NEAR(sum, 9595.4212, 0.02);
    EXPECT_NEAR(squares, 12671.5118, 0.02);
}

TEST(SpeechFeatures, AnyNumberOfBinsAndFrames)
{
    const std::vector<float> sound = two_tones_in_noise();
    SpeechFeatures features(80);
    std::vector<float> whole(100 * 80), few(3 * 80);
    features.compute(sound, whole);
    features.compute(sound, few);
    EXPECT_TRUE(std::equal(few.begin(), few.end(), whole.begin()));
}

TEST(SpeechFeatures, OneFrameAndSilenceGiveZeros)
{
    std::vector<float> one(kBins), silent(10 * kBins);
    SpeechFeatures features(kBins);
    features.compute(std::vector<float>(200, 0.25f), one);
    SpeechFeatures::normalise(one, kBins);
    EXPECT_THAT(one, testing::Each(0.0f));
    features.compute(std::vector<float>(1'600, 0.0f), silent);
    SpeechFeatures::normalise(silent, kBins);
    EXPECT_THAT(silent, testing::Each(testing::FloatNear(0.0f, 1e-3f)));
}

} // namespace
} // namespace engine::sound

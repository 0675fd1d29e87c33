#include "engine/models/silero_vad/silero_vad.h"

#include "engine/sound/speech_spans.h"
#include "engine/sound/wav.h"
#include "tests/support/models.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>

namespace engine::silero_vad {
namespace {

class SileroVadTest : public testing::Test {
protected:
    void SetUp() override
    {
        const auto file = support::model_file("silero-vad/silero_vad.safetensors");
        if (!file) GTEST_SKIP() << support::no_model("Silero VAD");
        const auto dir = file->parent_path();
        backend_ = kernels::make_cpu_backend(2);
        auto detector = Detector::open(*backend_, dir);
        ASSERT_TRUE(detector) << detector.error().message;
        detector_ = std::move(*detector);
    }

    std::vector<float> listen(std::span<const float> samples)
    {
        Detector::Memory memory;
        std::vector<float> probabilities;
        detector_->listen(*backend_, memory, samples, probabilities);
        return probabilities;
    }

    std::unique_ptr<kernels::Backend> backend_;
    std::unique_ptr<Detector> detector_;
};

// Values of the .jit model of silero-vad 6.2.3.
TEST_F(SileroVadTest, MatchesTheReferenceOnToneAndSilence)
{
    std::vector<float> tone(5'120);
    for (std::size_t n = 0; n < tone.size(); ++n) {
        tone[n] = static_cast<float>(
            0.4 * std::sin(2 * std::numbers::pi * 440 * static_cast<double>(n) / 16'000));
    }
    const double expected[] = {
        0.00256383,
        0.0004595,
        0.00018275,
        0.00013967,
        0.00018396,
        0.00027099,
        0.00024671,
        0.00020454,
        0.00023177,
        0.00023061};
    const auto heard = listen(tone);
    ASSERT_EQ(heard.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(heard[i], expected[i], 1e-5) << i;

    const double silence[] = {0.00166977, 0.00688378, 0.00891067, 0.00785712};
    const auto quiet = listen(std::vector<float>(2'048, 0.0f));
    ASSERT_EQ(quiet.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(quiet[i], silence[i], 1e-5) << i;
}

TEST_F(SileroVadTest, HearsTheSameInAnyPortions)
{
    std::vector<float> sound(40'000);
    std::uint32_t x = 1;
    for (float& sample : sound) {
        x = x * 1664525 + 1013904223;
        sample = 0.1f * (static_cast<float>(x >> 8) / 8388608.0f - 1);
    }
    const auto whole = listen(sound);
    Detector::Memory memory;
    std::vector<float> portions;
    std::span<const float> rest(sound);
    for (std::size_t chunks = 1; !rest.empty(); ++chunks) {
        const auto part = rest.first(std::min(rest.size(), chunks * Detector::kChunk));
        detector_->listen(*backend_, memory, part, portions);
        rest = rest.subspan(part.size());
    }
    ASSERT_EQ(whole.size(), 79U); // the last one is partial
    ASSERT_EQ(portions.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(whole[i], portions[i], 1e-6) << i;
}

TEST_F(SileroVadTest, MatchesTheReferenceOnRecordings)
{
    const char* speech = std::getenv("PERCEPT_SPEECH");
    if (speech == nullptr) {
        GTEST_SKIP()
            << "PERCEPT_SPEECH does not name a folder with beckett.wav, two_cities.wav and "
               "endgame_nagg_nell.wav of the moonshine-voice package.";
    }
    std::ifstream file(PERCEPT_TEST_DATA "/silero_vad/probabilities.json");
    const auto goldens = nlohmann::json::parse(file);
    for (const auto& [name, golden] : goldens.items()) {
        const auto wav = sound::read_wav(std::filesystem::path(speech) / (name + ".wav"));
        ASSERT_TRUE(wav) << wav.error().message;
        const Sound sound = sound::to_model_sound(*wav);
        ASSERT_EQ(sound.samples.size(), golden["samples"].get<std::size_t>());
        const auto heard = listen(sound.samples);
        ASSERT_EQ(heard.size(), golden["chunks"].get<std::size_t>());
        double largest = 0;
        for (std::size_t i = 0; i < golden["every_10th"].size(); ++i) {
            const double expected = golden["every_10th"][i].get<double>();
            largest = std::max(largest, std::abs(expected - static_cast<double>(heard[10 * i])));
        }
        EXPECT_LT(largest, 1e-4) << name;
        EXPECT_NEAR(
            std::accumulate(heard.begin(), heard.end(), 0.0),
            golden["sum"].get<double>(),
            5e-3);
        std::vector<sound::SpeechSpan> spans;
        for (const auto& span : golden["spans"]) spans.push_back({span[0], span[1]});
        EXPECT_EQ(sound::find_spans(heard, static_cast<std::int64_t>(sound.samples.size())), spans)
            << name;
        RecordProperty("largest_difference_" + name, std::to_string(largest));
        std::cout << name << ": largest difference " << largest << "\n";
    }
}

TEST_F(SileroVadTest, SaysWhatIsMissing)
{
    const auto none = Detector::open(*backend_, "/nowhere");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::FileNotFound);
}

} // namespace
} // namespace engine::silero_vad

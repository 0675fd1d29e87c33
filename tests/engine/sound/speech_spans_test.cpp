#include "engine/sound/speech_spans.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <ostream>

namespace engine::sound {

static void PrintTo(const SpeechSpan& span, std::ostream* out)
{
    *out << span.start << "-" << span.end;
}

namespace {

using Spans = std::vector<SpeechSpan>;

/// `chunks` times the same probability, one run after another.
std::vector<float> track(std::initializer_list<std::pair<float, int>> runs)
{
    std::vector<float> probabilities;
    for (const auto& [value, chunks] : runs) {
        probabilities.insert(probabilities.end(), static_cast<std::size_t>(chunks), value);
    }
    return probabilities;
}

TEST(SpeechSpans, PadAndKeepWhatIsLongEnough)
{
    // Speech in chunks 10..29, then silence: 5120 - 480 to 15360 + 480.
    EXPECT_EQ(find_spans(track({{0, 10}, {1, 20}, {0, 20}}), 25'600), (Spans{{4'640, 15'840}}));
    // 7 chunks are 3584 samples: too short.
    EXPECT_EQ(find_spans(track({{0, 10}, {1, 7}, {0, 20}}), 18'944), Spans{});
}

TEST(SpeechSpans, DoNotEndInTheMiddleBand)
{
    EXPECT_EQ(find_spans(track({{1, 20}, {0.4f, 30}, {1, 10}}), 30'720), (Spans{{0, 30'720}}));
}

TEST(SpeechSpans, ShareAShortGap)
{
    // Five silent chunks (2560 samples) leave no room for two pads of 2000: each side takes half.
    SpanRules rules;
    rules.pad = 2'000;
    EXPECT_EQ(
        find_spans(track({{1, 20}, {0, 5}, {1, 20}, {0, 10}}), 28'160, rules),
        (Spans{{0, 11'520}, {11'520, 25'040}}));
}

TEST(SpeechSpans, RunToTheEndOfTheSound)
{
    EXPECT_EQ(find_spans(track({{0, 2}, {1, 20}}), 11'000), (Spans{{544, 11'000}}));
    EXPECT_EQ(find_spans({}, 0), Spans{});
}

TEST(SpeechSpans, CutTheLongOnesAtTheirLongestSilence)
{
    SpanRules rules;
    rules.max_speech = 16'000;
    rules.min_silence = 32'000; // never ends by itself
    const auto probabilities = track({{1, 8}, {0, 4}, {1, 5}, {0, 6}, {1, 20}});
    const auto spans = find_spans(probabilities, 43 * 512, rules);
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0], (SpeechSpan{0, 17 * 512 + 480}));
    EXPECT_EQ(spans[1].start, 23 * 512 - 480);
}

// Random tracks with the spans of silero-vad's get_speech_timestamps_from_probs; made by
// tests/data/silero_vad/make_goldens.py.
TEST(SpeechSpans, MatchTheReferenceOnRandomTracks)
{
    std::ifstream file(PERCEPT_TEST_DATA "/silero_vad/span_rules.json");
    const auto cases = nlohmann::json::parse(file);
    ASSERT_GE(cases.size(), 100U);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto& c = cases[i];
        std::vector<float> probabilities;
        for (const int hundredth : c["percent"]) {
            probabilities.push_back(static_cast<float>(hundredth) / 100.0f);
        }
        SpanRules rules;
        rules.max_speech = c["max_speech"];
        Spans expected;
        for (const auto& span : c["spans"]) expected.push_back({span[0], span[1]});
        EXPECT_EQ(find_spans(probabilities, c["samples"], rules), expected) << "case " << i;
    }
}

} // namespace
} // namespace engine::sound

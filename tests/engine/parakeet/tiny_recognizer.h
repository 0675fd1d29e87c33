#pragma once

#include "engine/models/parakeet/model.h"
#include "engine/models/parakeet/recognizer.h"
#include "engine/models/parakeet/windows.h"
#include "engine/speech_recognizer.h"
#include "tests/engine/omni/formula_samples.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <future>

namespace engine::parakeet {

/// The tiny recognisers of tests/data/parakeet and what transformers computed with them.
inline const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "parakeet";

inline nlohmann::json read_cases(const char* group)
{
    return nlohmann::json::parse(support::read_file(kData / "cases.json"))[group];
}
inline std::vector<float> samples_of(const nlohmann::json& each)
{
    return omni::formula_samples(each["samples"], each["formula"]);
}
inline ChunkPlan plan_of(const nlohmann::json& each)
{
    if (!each.contains("plan")) return kOneWindow;
    return {each["plan"][0], each["plan"][1], each["plan"][2]};
}

struct Heard {
    std::vector<RecognizedSegment> segments;
    std::vector<double> progress_s;
    Result<SpeechFinish> finish = fail(ErrorCode::Internal, "Nothing came.");
};
inline Heard hear(SpeechRecognizer& recognizer, SpeechRequest request)
{
    Heard heard;
    std::promise<void> done;
    SpeechHandler handler;
    handler.on_segment = [&](const RecognizedSegment& s) { heard.segments.push_back(s); };
    handler.on_progress = [&](double at, double) { heard.progress_s.push_back(at); };
    handler.on_done = [&](Result<SpeechFinish> finish) {
        heard.finish = std::move(finish);
        done.set_value();
    };
    const auto queued = recognizer.submit(std::move(request), std::move(handler));
    EXPECT_TRUE(queued);
    if (queued) done.get_future().get();
    return heard;
}

/// Segments and words as the reference has them, in rows of 80 ms behind `start_s`.
inline void expect_segments(std::span<const RecognizedSegment> got, const nlohmann::json& expected)
{
    constexpr double kRowSeconds = 0.08;
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        EXPECT_EQ(got[i].text, expected[i]["text"].get<std::string>());
        EXPECT_NEAR(got[i].start_s, expected[i]["start"].get<double>() * kRowSeconds, 1e-9);
        EXPECT_NEAR(got[i].end_s, expected[i]["end"].get<double>() * kRowSeconds, 1e-9);
        ASSERT_EQ(got[i].words.size(), expected[i]["words"].size());
        for (std::size_t w = 0; w < got[i].words.size(); ++w) {
            const RecognizedWord& word = got[i].words[w];
            const nlohmann::json& same = expected[i]["words"][w];
            EXPECT_EQ(word.text, " " + same["text"].get<std::string>());
            EXPECT_NEAR(word.start_s, same["start"].get<double>() * kRowSeconds, 1e-9);
            EXPECT_NEAR(word.end_s, same["end"].get<double>() * kRowSeconds, 1e-9);
            EXPECT_NEAR(word.confidence, same["confidence"].get<double>(), 2e-3);
        }
    }
}

} // namespace engine::parakeet

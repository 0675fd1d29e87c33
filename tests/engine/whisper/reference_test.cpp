// Whole recordings in float32 with 30-s windows and no voice gate: what faster-whisper makes of the
// same samples, text, segments and word times exactly. Goldens: tests/data/whisper/make_goldens.py.
#include "engine/sound/wav.h"
#include "engine/speech_recognizer.h"
#include "tests/support/models.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace engine {
namespace {

using nlohmann::json;

struct Case {
    const char* recording;
    const char* mode;
    bool words;
    int beam;
};

std::string without_spaces_around(std::string text)
{
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

class WhisperReferenceTest : public testing::TestWithParam<Case> {
protected:
    static void SetUpTestSuite()
    {
        const auto file = support::model_file("whisper-base/model.bin");
        if (!file || std::getenv("PERCEPT_SPEECH") == nullptr) return;
        worker_ = std::make_unique<Worker>();
        auto opened =
            SpeechRecognizer::open(*worker_, file->parent_path(), "", kernels::Compute::Exact);
        if (opened) recognizer_ = std::move(*opened);
    }
    static void TearDownTestSuite()
    {
        recognizer_.reset();
        worker_.reset();
    }
    void SetUp() override
    {
        if (!support::model_file("whisper-base/model.bin"))
            GTEST_SKIP() << support::no_model("Whisper base");
        if (std::getenv("PERCEPT_SPEECH") == nullptr) {
            GTEST_SKIP() << "PERCEPT_SPEECH does not name a folder with the recordings of the "
                            "moonshine-voice package.";
        }
        ASSERT_NE(recognizer_, nullptr);
    }
    static std::unique_ptr<Worker> worker_;
    static std::unique_ptr<SpeechRecognizer> recognizer_;
};

std::unique_ptr<Worker> WhisperReferenceTest::worker_;
std::unique_ptr<SpeechRecognizer> WhisperReferenceTest::recognizer_;

TEST_P(WhisperReferenceTest, IsReproducedExactly)
{
    const Case& c = GetParam();
    const auto wav = sound::read_wav(
        std::filesystem::path(std::getenv("PERCEPT_SPEECH")) / (std::string(c.recording) + ".wav"));
    ASSERT_TRUE(wav) << wav.error().message;
    std::ifstream file(PERCEPT_TEST_DATA "/whisper/transcripts.json");
    const json golden = json::parse(file)[c.recording][c.mode];

    SpeechRequest request;
    request.sound = sound::to_model_sound(*wav);
    request.language = "en";
    request.word_times = c.words;
    request.beam = c.beam;
    request.skip_silence = false;
    request.whole_windows = true;
    std::vector<RecognizedSegment> segments;
    std::promise<Result<SpeechFinish>> done;
    SpeechHandler handler;
    handler.on_segment = [&](const RecognizedSegment& segment) { segments.push_back(segment); };
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    ASSERT_TRUE(recognizer_->submit(std::move(request), handler));
    const auto finish = done.get_future().get();
    ASSERT_TRUE(finish) << finish.error().message;

    ASSERT_EQ(segments.size(), golden.size());
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const json& expected = golden[i];
        EXPECT_EQ(segments[i].text, without_spaces_around(expected["text"])) << "segment " << i;
        EXPECT_NEAR(segments[i].start_s, expected["start"].get<double>(), 1e-6) << "segment " << i;
        EXPECT_NEAR(segments[i].end_s, expected["end"].get<double>(), 1e-6) << "segment " << i;
        EXPECT_NEAR(segments[i].no_speech, expected["no_speech"].get<double>(), 1e-3);
        if (!c.words) continue;
        ASSERT_EQ(segments[i].words.size(), expected["words"].size()) << "segment " << i;
        for (std::size_t w = 0; w < segments[i].words.size(); ++w) {
            const RecognizedWord& word = segments[i].words[w];
            const json& wanted = expected["words"][w];
            EXPECT_EQ(word.text, wanted[2].get<std::string>());
            EXPECT_NEAR(word.start_s, wanted[0].get<double>(), 1e-6) << word.text;
            EXPECT_NEAR(word.end_s, wanted[1].get<double>(), 1e-6) << word.text;
            EXPECT_NEAR(word.confidence, wanted[3].get<double>(), 2e-3) << word.text;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    FasterWhisper,
    WhisperReferenceTest,
    testing::Values(
        Case{"beckett", "greedy", false, 1},
        Case{"beckett", "greedy_words", true, 1},
        Case{"beckett", "beam_words", true, 5},
        Case{"two_cities", "greedy", false, 1},
        Case{"two_cities", "greedy_words", true, 1},
        Case{"endgame_nagg_nell", "greedy", false, 1},
        Case{"endgame_nagg_nell", "greedy_words", true, 1},
        Case{"endgame_nagg_nell", "beam_words", true, 5}),
    [](const auto& c) { return std::string(c.param.recording) + "_" + c.param.mode; });

} // namespace
} // namespace engine

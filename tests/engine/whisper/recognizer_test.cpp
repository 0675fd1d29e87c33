#include "engine/speech_recognizer.h"

#include "engine/sound/wav.h"
#include "tests/support/models.h"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <future>
#include <gtest/gtest.h>
#include <limits>
#include <utility>

namespace engine {
namespace {

using namespace std::chrono_literals;

struct Heard {
    std::vector<RecognizedSegment> segments;
    std::vector<double> progress;
    Result<SpeechFinish> finish;
};

class WhisperRecognizerTest : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        if (!support::model_file("whisper-base/model.bin") ||
            !support::model_file("silero-vad/silero_vad.safetensors")) {
            return;
        }
        worker_ = std::make_unique<Worker>();
        auto opened = SpeechRecognizer::open(
            *worker_,
            support::models_folder() / "whisper-base",
            support::models_folder() / "silero-vad");
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
        if (!support::model_file("silero-vad/silero_vad.safetensors"))
            GTEST_SKIP() << support::no_model("Silero VAD");
        ASSERT_NE(recognizer_, nullptr);
    }
    static Heard hear(SpeechRequest request)
    {
        Heard heard;
        std::promise<Result<SpeechFinish>> done;
        SpeechHandler handler;
        handler.on_segment = [&](const RecognizedSegment& s) { heard.segments.push_back(s); };
        handler.on_progress = [&](double at, double) { heard.progress.push_back(at); };
        handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
        if (auto queued = recognizer_->submit(std::move(request), handler); !queued) {
            heard.finish = tl::unexpected(queued.error());
        } else {
            heard.finish = done.get_future().get();
        }
        return heard;
    }
    static Sound recording(const char* name)
    {
        const char* folder = std::getenv("PERCEPT_SPEECH");
        if (folder == nullptr) return {};
        const auto wav = sound::read_wav(std::filesystem::path(folder) / name);
        return wav ? sound::to_model_sound(*wav) : Sound{};
    }
    static std::unique_ptr<Worker> worker_;
    static std::unique_ptr<SpeechRecognizer> recognizer_;
};

std::unique_ptr<Worker> WhisperRecognizerTest::worker_;
std::unique_ptr<SpeechRecognizer> WhisperRecognizerTest::recognizer_;

TEST_F(WhisperRecognizerTest, HearsNothingInSilenceNoiseAndEmptySounds)
{
    for (const std::size_t samples : {0U, 1U, 100U, 16'000U, 40 * 16'000U}) {
        SpeechRequest request;
        request.sound.samples.assign(samples, 0.0f);
        std::uint32_t x = 5;
        for (float& sample : request.sound.samples) {
            x = x * 1664525 + 1013904223;
            sample = 0.001f * (static_cast<float>(x >> 8) / 8388608.0f - 1);
        }
        const Heard heard = hear(std::move(request));
        ASSERT_TRUE(heard.finish) << samples;
        EXPECT_TRUE(heard.segments.empty()) << samples;
        EXPECT_EQ(heard.finish->speech_s, 0);
    }
}

TEST_F(WhisperRecognizerTest, HearsARecordingWhereItWasSpoken)
{
    const Sound speech = recording("beckett.wav");
    if (speech.samples.empty())
        GTEST_SKIP() << "PERCEPT_SPEECH does not name a folder with beckett.wav.";
    // 20 s of silence before it: gated away, and the times count from the start all the same. One
    // sample is not a number.
    SpeechRequest request;
    request.sound.samples.assign(20 * 16'000, 0.0f);
    request.sound.samples[777] = std::numeric_limits<float>::quiet_NaN();
    request.sound.samples.insert(
        request.sound.samples.end(),
        speech.samples.begin(),
        speech.samples.end());
    request.word_times = true;
    const double length_s = static_cast<double>(request.sound.samples.size()) / 16'000;
    const Heard heard = hear(std::move(request));
    ASSERT_TRUE(heard.finish);
    EXPECT_EQ(heard.finish->language, "en");
    EXPECT_GT(heard.finish->language_probability, 0.5);
    EXPECT_NEAR(heard.finish->speech_s, 5, 2);
    EXPECT_GT(heard.finish->usage.new_tokens, 10);
    ASSERT_FALSE(heard.segments.empty());
    std::string text;
    double last_s = 20;
    for (const auto& segment : heard.segments) {
        text += segment.text + " ";
        EXPECT_GT(segment.confidence, 0.3f);
        EXPECT_LE(segment.confidence, 1.0f);
        for (const auto& word : segment.words) {
            EXPECT_GE(word.start_s, last_s - 0.01) << word.text;
            EXPECT_GT(word.end_s, word.start_s) << word.text;
            EXPECT_LE(word.end_s, length_s + 0.01) << word.text;
            last_s = word.start_s;
        }
    }
    for (const char* word : {"tried", "failed", "matter", "again", "better"}) {
        EXPECT_NE(text.find(word), std::string::npos) << text;
    }
    ASSERT_FALSE(heard.progress.empty());
    EXPECT_NEAR(heard.progress.back(), length_s, 1e-6);
}

TEST_F(WhisperRecognizerTest, LetsAnUrgentRequestGoBetweenItsWindows)
{
    // Noise that is never gated: every 30 s are a window of their own.
    SpeechRequest request;
    request.skip_silence = false;
    request.language = "en";
    request.sound.samples.assign(4 * 30 * 16'000, 0.0f);
    std::promise<Result<SpeechFinish>> done;
    std::promise<void> first_window;
    bool told = false;
    SpeechHandler handler;
    handler.on_progress = [&](double, double) {
        if (!std::exchange(told, true)) first_window.set_value();
    };
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    std::stop_source stop;
    request.stop = stop.get_token();
    ASSERT_TRUE(recognizer_->submit(std::move(request), handler));
    first_window.get_future().get();

    std::promise<void> answered;
    Worker::Job question;
    question.run = [&](kernels::Backend&) { answered.set_value(); };
    ASSERT_TRUE(worker_->post(std::move(question)));
    answered.get_future().get();
    auto finished = done.get_future();
    EXPECT_EQ(
        finished.wait_for(0s),
        std::future_status::timeout); // three windows are still to come
    stop.request_stop();
    const auto finish = finished.get();
    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::Cancelled);
}

TEST_F(WhisperRecognizerTest, EndsItsRequestsWhenItGoes)
{
    auto opened = SpeechRecognizer::open(*worker_, support::models_folder() / "whisper-base", "");
    ASSERT_TRUE(opened);
    SpeechRequest request;
    request.sound.samples.assign(300 * 16'000, 0.0f);
    std::promise<Result<SpeechFinish>> done;
    SpeechHandler handler;
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    ASSERT_TRUE((*opened)->submit(std::move(request), handler));
    opened->reset();
    auto finished = done.get_future();
    ASSERT_EQ(finished.wait_for(0s), std::future_status::ready); // before the destructor returned
    const auto finish = finished.get();
    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::Cancelled);
}

TEST_F(WhisperRecognizerTest, RefusesWhatItCannotDo)
{
    SpeechRequest request;
    request.language = "tlh";
    EXPECT_EQ(hear(request).finish.error().code, ErrorCode::BadUsage);
    request.language = "en";
    request.beam = 0;
    EXPECT_EQ(hear(request).finish.error().code, ErrorCode::BadUsage);
    EXPECT_EQ(
        SpeechRecognizer::open(*worker_, "/nowhere", "").error().code,
        ErrorCode::FileNotFound);
}

} // namespace
} // namespace engine

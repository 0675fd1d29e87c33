#include "engine/models/parakeet/hearing.h"
#include "tests/engine/parakeet/tiny_recognizer.h"

#include <atomic>
#include <chrono>

namespace engine::parakeet {
namespace {

using nlohmann::json;

struct Told {
    std::vector<RecognizedWord> words;
    std::vector<RecognizedSegment> segments;
    Result<SpeechFinish> finish = fail(ErrorCode::Internal, "Nothing came.");
};

class LiveSpeechTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto opened = open_recognizer(worker_, kData / "model", {}, kernels::Compute::Exact);
        ASSERT_TRUE(opened) << opened.error().message;
        recognizer_ = std::move(*opened);
    }
    static LiveOptions options_of(const json& each)
    {
        LiveOptions options;
        options.left_s = each["plan"][0].get<int>() * 0.08;
        options.chunk_s = each["plan"][1].get<int>() * 0.08;
        options.right_s = each["plan"][2].get<int>() * 0.08;
        return options;
    }
    /// The samples in pieces of these lengths, over and over.
    Told listen(
        const LiveOptions& options,
        std::span<const float> samples,
        const std::vector<std::size_t>& lengths)
    {
        Told told;
        std::promise<void> done;
        LiveHandler handler;
        handler.on_word = [&](const RecognizedWord& word) { told.words.push_back(word); };
        handler.on_segment = [&](const RecognizedSegment& segment) {
            // Its words were told before it, and none of the next one.
            std::size_t words = segment.words.size();
            for (const auto& earlier : told.segments) words += earlier.words.size();
            EXPECT_EQ(told.words.size(), words);
            told.segments.push_back(segment);
        };
        handler.on_done = [&](Result<SpeechFinish> finish) {
            told.finish = std::move(finish);
            done.set_value();
        };
        auto live = recognizer_->open_live(options, handler);
        EXPECT_TRUE(live);
        if (!live) return told;
        for (std::size_t i = 0; !samples.empty(); ++i) {
            const auto count = std::min(lengths[i % lengths.size()], samples.size());
            (*live)->add(samples.first(count));
            samples = samples.subspan(count);
        }
        EXPECT_TRUE((*live)->finish());
        done.get_future().get();
        return told;
    }
    Worker worker_{{Device::Cpu, 0, 2}};
    std::unique_ptr<SpeechRecognizer> recognizer_;
};

TEST_F(LiveSpeechTest, TheSameWordsWhereverTheSamplesAreCut)
{
    for (const char* name : {"pieces", "no_context", "ends_on_a_border"}) {
        SCOPED_TRACE(name);
        const json each = read_cases("model")[name];
        const auto samples = samples_of(each);
        const std::vector<std::vector<std::size_t>> cuts =
            {{samples.size()}, {1280}, {160, 1, 7919, 3}, {512}, {samples.size() - 1, 1}};
        for (const auto& lengths : cuts) {
            const Told told = listen(options_of(each), samples, lengths);
            ASSERT_TRUE(told.finish) << told.finish.error().message;
            EXPECT_NEAR(
                told.finish->speech_s,
                static_cast<double>(samples.size()) / kSampleRateHz,
                1e-9);
            expect_segments(told.segments, each["segments"]);
            std::size_t words = 0;
            for (const auto& segment : told.segments)
                for (const auto& word : segment.words)
                    EXPECT_EQ(told.words.at(words++).text, word.text);
            EXPECT_EQ(words, told.words.size());
        }
    }
}

TEST_F(LiveSpeechTest, SaysTheSameAsHearingTheWholeInSuchChunks)
{
    const auto backend = kernels::make_cpu_backend(1);
    const auto model = Model::load(*backend, kData / "model", {}, kernels::Compute::Exact);
    ASSERT_TRUE(model);
    const json each = read_cases("model")["long"]; // in other chunks than the goldens have
    const auto samples = samples_of(each);
    Hearing hearing(**model, {12, 9, 5}, 0);
    Usage usage;
    while (hearing.step(*backend, samples, 0, true, {}, usage) == Hearing::Step::Heard) {
    }
    const auto whole = hearing.words().take_segments();

    LiveOptions options;
    options.left_s = 12 * 0.08;
    options.chunk_s = 9 * 0.08;
    options.right_s = 5 * 0.08;
    const Told told = listen(options, samples, {3333});
    ASSERT_EQ(told.segments.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_EQ(told.segments[i].text, whole[i].text);
        EXPECT_DOUBLE_EQ(told.segments[i].end_s, whole[i].end_s);
    }
}

TEST_F(LiveSpeechTest, WordsComeBeforeTheSoundEnds)
{
    const json each = read_cases("model")["no_context"];
    const auto samples = samples_of(each);
    std::promise<void> first;
    std::atomic<bool> told = false;
    LiveHandler handler;
    handler.on_word = [&](const RecognizedWord&) {
        if (!told.exchange(true)) first.set_value();
    };
    auto live = recognizer_->open_live(options_of(each), handler);
    ASSERT_TRUE(live);
    (*live)->add(samples);
    const auto waited = first.get_future().wait_for(std::chrono::seconds(60));
    EXPECT_EQ(waited, std::future_status::ready);
}

TEST_F(LiveSpeechTest, NothingIsToldOnceTheObjectIsGone)
{
    std::atomic<int> calls = 0;
    const auto samples = samples_of(read_cases("model")["long"]);
    for (int i = 0; i < 20; ++i) {
        LiveHandler handler;
        handler.on_word = [&](const RecognizedWord&) { ++calls; };
        handler.on_done = [&](const Result<SpeechFinish>&) { ++calls; };
        auto live = recognizer_->open_live({}, handler);
        ASSERT_TRUE(live);
        (*live)->add(samples);
        live->reset();
        const int until_now = calls;
        ASSERT_TRUE(worker_.run_now([](kernels::Backend&) { return Result<void>(); }));
        EXPECT_EQ(calls, until_now);
    }
}

TEST_F(LiveSpeechTest, AStopIsTold)
{
    std::stop_source stop;
    LiveOptions options;
    options.stop = stop.get_token();
    std::promise<Result<SpeechFinish>> done;
    LiveHandler handler;
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    auto live = recognizer_->open_live(options, handler);
    ASSERT_TRUE(live);
    stop.request_stop();
    (*live)->add(std::vector<float>(400'000));
    const auto finish = done.get_future().get();
    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::Cancelled);
}

TEST_F(LiveSpeechTest, ChunksThatAreNoneAreRefused)
{
    for (const auto& [left, chunk, right] : std::vector<std::tuple<double, double, double>>{
             {10, 0, 2},
             {10, 2.01, 2},
             {-1, 2, 2},
             {20, 8, 4},
             {10, 2, 1e300}}) {
        LiveOptions options;
        options.left_s = left;
        options.chunk_s = chunk;
        options.right_s = right;
        const auto live = recognizer_->open_live(options, {});
        ASSERT_FALSE(live);
        EXPECT_EQ(live.error().code, ErrorCode::BadUsage);
    }
}

} // namespace
} // namespace engine::parakeet

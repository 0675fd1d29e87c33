#include "app/listener.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace app;

namespace {

/// Answers each request at once with one segment over its middle, as a recogniser of the real kind
/// would on its thread.
class FakeRecognizer : public engine::SpeechRecognizer {
public:
    engine::Result<void>
    submit(engine::SpeechRequest request, engine::SpeechHandler handler) override
    {
        languages.push_back(request.language);
        const double length_s =
            static_cast<double>(request.sound.samples.size()) / engine::kSampleRateHz;
        if (request.stop.stop_requested()) {
            handler.on_done(base::fail(base::ErrorCode::Cancelled, "Stopped."));
            return {};
        }
        engine::RecognizedSegment segment;
        segment.start_s = 1;
        segment.end_s = length_s - 1;
        segment.text = " Words of a piece. ";
        handler.on_segment(segment);
        if (--fail_after == 0) {
            handler.on_done(base::fail(base::ErrorCode::DeviceFailed, "It broke."));
            return {};
        }
        handler.on_done(engine::SpeechFinish{"de", 0.9, length_s, {}});
        return {};
    }
    std::vector<std::string> languages;
    int fail_after = -1;
};

capture::AudioBlock second(int at)
{
    return {static_cast<double>(at), std::vector<float>(engine::kSampleRateHz, 0.1F)};
}

struct Heard {
    std::vector<storage::Segment> segments;
    std::vector<SoundGap> gaps;
    ListenHandler handler()
    {
        ListenHandler out;
        out.on_segments = [this](std::vector<storage::Segment> more) {
            for (auto& segment : more) segments.push_back(std::move(segment));
        };
        out.on_gap = [this](SoundGap gap) { gaps.push_back(gap); };
        return out;
    }
};

} // namespace

TEST(ListenerTest, PlacesSegmentsOnTheTimeLineOfTheSource)
{
    FakeRecognizer recognizer;
    Heard heard;
    Listener listener{
        recognizer,
        {7, 0, "", true, engine::Priority::Background},
        heard.handler(),
        {}};
    for (int s = 0; s < 300; ++s) ASSERT_TRUE(listener.add(second(s)));

    const auto language = listener.finish();

    ASSERT_TRUE(language);
    EXPECT_EQ(*language, "de");
    ASSERT_GE(heard.segments.size(), 3U);
    EXPECT_EQ(heard.segments[0].source, 7);
    EXPECT_EQ(heard.segments[0].start_s, 1);
    EXPECT_EQ(heard.segments[0].text, "Words of a piece.");
    EXPECT_NEAR(heard.segments.back().end_s, 299, 1e-6);
    EXPECT_NEAR(heard.segments[1].start_s - heard.segments[0].end_s, 2, 1e-6);
}

TEST(ListenerTest, KeepsTheLanguageOnceItIsKnown)
{
    FakeRecognizer recognizer;
    Heard heard;
    Listener listener{recognizer, {}, heard.handler(), {}};
    for (int s = 0; s < 200; ++s) listener.add(second(s));
    ASSERT_TRUE(listener.finish());

    ASSERT_GE(recognizer.languages.size(), 2U);
    EXPECT_EQ(recognizer.languages[0], "");
    EXPECT_EQ(recognizer.languages[1], "de");
}

TEST(ListenerTest, AFailureEndsTheReadingAndKeepsWhatWasHeard)
{
    FakeRecognizer recognizer;
    recognizer.fail_after = 2;
    Heard heard;
    Listener listener{recognizer, {}, heard.handler(), {}};
    int s = 0;
    while (s < 3600 && listener.add(second(s))) ++s;

    const auto language = listener.finish();

    EXPECT_LT(s, 3600); // the reading was told to end
    ASSERT_FALSE(language);
    EXPECT_EQ(language.error().code, ErrorCode::DeviceFailed);
    EXPECT_EQ(heard.segments.size(), 2U);
}

TEST(ListenerTest, AStopIsCancelled)
{
    FakeRecognizer recognizer;
    Heard heard;
    std::stop_source stop;
    Listener listener{recognizer, {}, heard.handler(), stop.get_token()};
    listener.add(second(0));
    stop.request_stop();

    const auto language = listener.finish();

    ASSERT_FALSE(language);
    EXPECT_EQ(language.error().code, ErrorCode::Cancelled);
}

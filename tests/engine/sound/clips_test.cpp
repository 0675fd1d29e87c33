#include "engine/sound/clips.h"

#include <gtest/gtest.h>
#include <ostream>

namespace engine::sound {

static void PrintTo(const Clip& clip, std::ostream* out)
{
    *out << clip.first << "-" << clip.end;
}

namespace {

SpeechSpan seconds(double from, double to)
{
    return {static_cast<std::int64_t>(from * 16'000), static_cast<std::int64_t>(to * 16'000)};
}

using Clips = std::vector<Clip>;

TEST(Clips, TakeSomeSilenceAlong)
{
    EXPECT_EQ(make_clips(std::vector{seconds(2, 5)}, 1'000), (Clips{{150, 550}}));
    EXPECT_EQ(make_clips(std::vector{seconds(0.1, 9.9)}, 1'000), (Clips{{0, 1'000}}));
    EXPECT_EQ(make_clips({}, 1'000), Clips{});
}

TEST(Clips, KeepShortPausesInside)
{
    const std::vector spans{seconds(2, 5), seconds(7, 9), seconds(14, 16)};
    EXPECT_EQ(make_clips(spans, 2'000), (Clips{{150, 950}, {1'350, 1'650}}));
}

TEST(Clips, ShareAShortPause)
{
    // Together they would be too long, and the pause holds no two pads.
    const std::vector spans{seconds(1, 20), seconds(20.4, 40)};
    EXPECT_EQ(make_clips(spans, 5'000), (Clips{{50, 2'020}, {2'020, 4'050}}));
}

TEST(Clips, EndAtTheLongestPauseOfTheSecondHalf)
{
    const std::vector spans{
        seconds(0, 10),
        seconds(12, 18),
        seconds(19.5, 24),
        seconds(24.5, 29),
        seconds(29.4, 35)};
    const auto clips = make_clips(spans, 4'000);
    ASSERT_EQ(clips.size(), 2U);
    EXPECT_EQ(clips[0], (Clip{0, 1'850})); // the pause of 1.5 s at 18 s, not the one of 2 s at 10 s
    EXPECT_EQ(clips[1], (Clip{1'900, 3'550}));
}

TEST(Clips, NeverExceedAWindowAndLoseNoSpeech)
{
    std::uint32_t x = 7;
    const auto next = [&](std::int64_t below) {
        x = x * 1664525 + 1013904223;
        return static_cast<std::int64_t>(x >> 8) % below;
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<SpeechSpan> spans;
        std::int64_t at = next(100'000);
        for (int i = 0; i < 30; ++i) {
            const std::int64_t length = 4'000 + next(i % 5 == 0 ? kLongestSpan - 4'000 : 60'000);
            spans.push_back({at, at + length});
            at += length + next(80'000);
        }
        const std::int64_t content = at / 160;
        std::int64_t spoken = 0, covered = 0, last = 0;
        for (const auto& span : spans) spoken += span.end - span.start;
        for (const Clip& clip : make_clips(spans, content)) {
            EXPECT_LE(clip.end - clip.first, 3'000);
            EXPECT_GE(clip.first, last - 1); // pauses are shared to the frame
            last = clip.end;
            covered += speech_inside(spans, clip.first, clip.end);
        }
        EXPECT_GE(covered, spoken) << round;
    }
}

TEST(VoiceFrom, MovesAStartOutOfSilence)
{
    const std::vector spans{seconds(1, 2), seconds(5, 6)};
    EXPECT_DOUBLE_EQ(voice_from(spans, 0.5, 1.5), 1);
    EXPECT_DOUBLE_EQ(voice_from(spans, 1.5, 1.8), 1.5); // in speech already
    EXPECT_DOUBLE_EQ(voice_from(spans, 3, 4), 3);       // nothing begins before its end
    EXPECT_DOUBLE_EQ(voice_from(spans, 7, 8), 7);
}

} // namespace
} // namespace engine::sound

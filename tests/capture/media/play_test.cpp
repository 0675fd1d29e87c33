// Playing and single frames. Every frame of the test video tells its number: brightness of its left
// half (tens) and right half (ones).

#include "tests/capture/media/media_files.h"

#include <cmath>
#include <gmock/gmock.h>

using base::ErrorCode;
using capture::FrameChoice;
using capture::FrameQuery;
using capture::PlayFrame;
using capture::PlayRange;
using capture::PlaySound;
using capture::reader::MediaFile;
using capture::reader::PlaySink;
using testing::Each;
using testing::IsEmpty;

namespace {

struct Played {
    std::vector<PlaySound> blocks;
    std::vector<PlayFrame> frames;
    std::vector<std::string> warnings;
    std::vector<char> order; // 's' and 'f' as they came

    std::vector<float> samples() const
    {
        std::vector<float> all;
        for (const PlaySound& block : blocks)
            all.insert(all.end(), block.samples.begin(), block.samples.end());
        return all;
    }
};

/// The number that the picture shows.
int number_on(const capture::Picture& picture)
{
    const auto level = [&](int x) {
        const int y = picture.height_px / 2;
        const auto at = static_cast<std::size_t>(y * picture.width_px + x) * 3;
        return static_cast<int>(std::lround(picture.rgb[at] / 255.0 * 10));
    };
    return level(picture.width_px / 4) * 10 + level(3 * picture.width_px / 4);
}

class PlayTest : public MediaFiles {
protected:
    /// `frames` frames at 25 a second; a key frame every `gop` only, two B frames between others.
    std::filesystem::path numbered(int frames, int gop, const std::string& name = "numbered.mp4")
    {
        const double seconds = frames / 25.0;
        const std::string n = "floor(N/10)", ones = "mod(N,10)";
        return make(
            "-f lavfi -i \"color=black:size=320x180:rate=25:duration=" + std::to_string(seconds) +
                ",format=yuv420p,geq=lum='16+21.9*if(lt(X,160)," + n + "," + ones +
                ")':cb=128:cr=128\" -f lavfi -i sine=frequency=440:sample_rate=44100:duration=" +
                std::to_string(seconds) +
                " -c:v libx264 -preset ultrafast -bf 2 -sc_threshold 0 -crf 10 -g " +
                std::to_string(gop) + " -c:a aac",
            name);
    }

    static Played play(MediaFile& file, const PlayRange& range = {})
    {
        Played played;
        PlaySink sink;
        sink.on_sound = [&](PlaySound block) {
            played.blocks.push_back(std::move(block));
            played.order.push_back('s');
            return true;
        };
        sink.on_frame = [&](PlayFrame frame) {
            played.frames.push_back(std::move(frame));
            played.order.push_back('f');
            return true;
        };
        sink.wanted = [] { return true; };
        sink.on_warning = [&](std::string text) { played.warnings.push_back(std::move(text)); };
        const auto done = file.play(range, sink);
        EXPECT_TRUE(done) << done.error().message;
        return played;
    }

    static PlayFrame find(MediaFile& file, double time_s, FrameChoice choice = FrameChoice::At)
    {
        PlaySink sink;
        sink.on_frame = [](const PlayFrame&) { return true; };
        sink.wanted = [] { return true; };
        auto found = file.find_frame({time_s, choice, 320}, sink);
        EXPECT_TRUE(found) << found.error().message;
        EXPECT_TRUE(found->has_value());
        return found ? **found : PlayFrame{};
    }
};

} // namespace

TEST_F(PlayTest, FindsEveryFrameOfAVideoInAnyOrder)
{
    const auto file = open(numbered(99, 250));
    ASSERT_TRUE(file);
    for (int i = 0; i < 99; ++i) {
        const int wanted = i * 37 % 99; // each once, far apart
        const PlayFrame frame = find(*file, wanted / 25.0 + 0.013);
        EXPECT_NEAR(frame.time_s, wanted / 25.0, 1e-3);
        EXPECT_EQ(number_on(frame.picture), wanted);
        EXPECT_TRUE(frame.exact);
    }
}

TEST_F(PlayTest, StepsByOneFrameEachWay)
{
    const auto file = open(numbered(99, 30));
    ASSERT_TRUE(file);
    double at_s = find(*file, 2).time_s;
    for (int expected = 51; expected <= 70; ++expected) {
        const PlayFrame frame = find(*file, at_s, FrameChoice::Next);
        EXPECT_EQ(number_on(frame.picture), expected);
        at_s = frame.time_s;
    }
    for (int expected = 69; expected >= 0; --expected) {
        const PlayFrame frame = find(*file, at_s, FrameChoice::Previous);
        EXPECT_EQ(number_on(frame.picture), expected);
        at_s = frame.time_s;
    }
    EXPECT_EQ(number_on(find(*file, at_s, FrameChoice::Previous).picture), 0); // nothing before it
    const double last_s = find(*file, 1000).time_s;
    EXPECT_NEAR(last_s, 98 / 25.0, 1e-3);
    EXPECT_EQ(number_on(find(*file, last_s, FrameChoice::Next).picture), 98); // nothing behind it
    EXPECT_EQ(number_on(find(*file, last_s, FrameChoice::Previous).picture), 97);
}

TEST_F(PlayTest, FindsFramesOfUnevenLength)
{
    // Frames 0..9, then one that stands for two seconds, as recorded screens have it.
    const auto source = numbered(60, 250, "even.mp4");
    const auto file = open(make(
        "-i " + source.string() +
            " -vf \"select='lt(n,10)+gte(n,58)'\" -vsync vfr -c:v libx264 -preset ultrafast "
            "-bf 2 -crf 10 -an",
        "uneven.mkv"));
    ASSERT_TRUE(file);
    EXPECT_EQ(number_on(find(*file, 2.2).picture), 9);
    EXPECT_EQ(number_on(find(*file, 0.2).picture), 5);
    EXPECT_EQ(number_on(find(*file, 2.34).picture), 58);
    EXPECT_EQ(number_on(find(*file, 2.2, FrameChoice::Previous).picture), 9);
    EXPECT_EQ(number_on(find(*file, 0.36, FrameChoice::Next).picture), 58);
}

TEST_F(PlayTest, ShowsAnEarlierFrameUntilTheExactOneIsThere)
{
    const auto file = open(numbered(99, 250));
    ASSERT_TRUE(file);
    std::vector<PlayFrame> previews;
    PlaySink sink;
    sink.on_frame = [&](PlayFrame frame) {
        previews.push_back(std::move(frame));
        return true;
    };
    sink.wanted = [] { return true; };
    const auto found = file->find_frame({3.0, FrameChoice::At, 320}, sink);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ(number_on((*found)->picture), 75);
    ASSERT_EQ(previews.size(), 1u);
    EXPECT_FALSE(previews[0].exact);
    EXPECT_LT(previews[0].time_s, 0.1);

    previews.clear();
    ASSERT_TRUE(file->find_frame({3.1, FrameChoice::At, 320}, sink));
    EXPECT_THAT(previews, IsEmpty()); // a short jump ahead
}

TEST_F(PlayTest, PlaysSoundAndFramesInStep)
{
    const auto file = open(numbered(99, 250));
    ASSERT_TRUE(file);
    PlayRange range;
    range.start_s = 1.5;
    range.end_s = 3.5;
    const Played played = play(*file, range);

    const auto samples = played.samples();
    EXPECT_NEAR(static_cast<double>(samples.size()), 96'000, 2);
    EXPECT_NEAR(played.blocks.front().start_s, 1.5, 1e-9);
    EXPECT_NEAR(played.blocks.back().end_s, 3.5, 1e-4);
    ASSERT_GE(played.frames.size(), 3u);
    EXPECT_FALSE(played.frames[0].exact);                  // the key frame far before
    EXPECT_NEAR(played.frames[1].time_s, 37 / 25.0, 1e-3); // shows at 1.5
    for (std::size_t i = 1; i < played.frames.size(); ++i) {
        EXPECT_EQ(number_on(played.frames[i].picture), 36 + static_cast<int>(i));
        EXPECT_TRUE(played.frames[i].exact);
    }
    EXPECT_EQ(played.frames.size(), 1u + 51u); // the glance, and frames 37 to 87
    // Sound leads, and never by more than 0.4 s and a block.
    double sound_s = 1.5, frame_s = 1.5;
    std::size_t s = 0, f = 0;
    for (const char kind : played.order) {
        if (kind == 's') sound_s = played.blocks[s++].end_s;
        if (kind == 'f') frame_s = std::max(frame_s, played.frames[f++].time_s);
        EXPECT_LT(sound_s, frame_s + 0.5);
        EXPECT_GT(sound_s, frame_s - 0.2);
    }
    EXPECT_THAT(played.warnings, IsEmpty());
}

class SpeedTest : public PlayTest, public testing::WithParamInterface<double> {};

TEST_P(SpeedTest, KeepsPitchAndSourceTimes)
{
    const auto file = open(numbered(99, 25));
    ASSERT_TRUE(file);
    PlayRange range;
    range.start_s = 1;
    range.end_s = 3;
    range.speed = GetParam();
    range.max_frames_per_s = 25;
    const Played played = play(*file, range);

    const auto samples = played.samples();
    EXPECT_NEAR(static_cast<double>(samples.size()), 96'000 / GetParam(), 4);
    EXPECT_NEAR(played.blocks.back().end_s, 3, 2e-3);
    std::size_t crossings = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        crossings += samples[i - 1] < 0 && samples[i] >= 0;
    const double seconds = static_cast<double>(samples.size()) / 48'000;
    EXPECT_NEAR(static_cast<double>(crossings) / seconds, 440, 8);
    // As many frames a second of playing as asked for.
    const double expected = std::min(50.0, 25 * 2 / GetParam());
    EXPECT_NEAR(static_cast<double>(played.frames.size()), expected, 2);
    for (const PlayFrame& frame : played.frames)
        EXPECT_NEAR(number_on(frame.picture) / 25.0, frame.time_s, 1e-3);
}
INSTANTIATE_TEST_SUITE_P(Speeds, SpeedTest, testing::Values(0.5, 1.0, 1.5, 2.0));

TEST_F(PlayTest, KeepsStereoAndThe48KilohertzOfTheFile)
{
    const auto file = open(make(
        "-f lavfi -i "
        "\"aevalsrc='0.5*sin(2*PI*12000*t)|0.25*sin(2*PI*300*t)':s=48000:d=1\"",
        "stereo.wav"));
    ASSERT_TRUE(file);
    const Played played = play(*file);

    const auto samples = played.samples();
    ASSERT_EQ(samples.size(), 96'000u);
    for (const PlaySound& block : played.blocks) EXPECT_EQ(block.channels, 2);
    for (std::size_t i = 2'000; i < 3'000; ++i) {
        const double t = static_cast<double>(i) / 48'000;
        EXPECT_NEAR(samples[2 * i], 0.5 * std::sin(2 * M_PI * 12'000 * t), 1e-3);
        EXPECT_NEAR(samples[2 * i + 1], 0.25 * std::sin(2 * M_PI * 300 * t), 1e-3);
    }
}

TEST_F(PlayTest, FillsGapsWithSilence)
{
    const auto file = open(make(
        "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=6 -af "
        "\"aselect='not(between(t,2,3.5))'\" -c:a pcm_s16le",
        "gap.mkv"));
    ASSERT_TRUE(file);
    const auto samples = play(*file).samples();

    EXPECT_NEAR(static_cast<double>(samples.size()), 6 * 48'000, 100);
    EXPECT_THAT(
        std::vector<float>(samples.begin() + 110'000, samples.begin() + 160'000),
        Each(0.0f));
    float loudest = 0;
    for (std::size_t i = 175'000; i < samples.size(); ++i) loudest = std::max(loudest, samples[i]);
    EXPECT_GT(loudest, 0.1f);
}

TEST_F(PlayTest, GoesOnWhereOnlyOneOfTheTracksGoesOn)
{
    const auto short_sound = open(make(
        "-f lavfi -i testsrc=size=160x90:rate=10:duration=6 -f lavfi -i "
        "sine=frequency=440:duration=2 -c:v mpeg4 -c:a flac",
        "short_sound.mkv"));
    ASSERT_TRUE(short_sound);
    Played played = play(*short_sound);
    EXPECT_NEAR(played.blocks.back().end_s, 6, 0.6); // silence under the pictures
    EXPECT_NEAR(played.frames.back().time_s, 5.9, 1e-3);
    EXPECT_EQ(played.samples().back(), 0.0f);

    const auto short_pictures = open(make(
        "-f lavfi -i testsrc=size=160x90:rate=10:duration=2 -f lavfi -i "
        "sine=frequency=440:duration=30 -c:v mpeg4 -c:a flac",
        "short_pictures.mkv"));
    ASSERT_TRUE(short_pictures);
    played = play(*short_pictures);
    EXPECT_NEAR(played.blocks.back().end_s, 30, 0.1);
    EXPECT_NEAR(played.frames.back().time_s, 1.9, 1e-3);

    const auto silent =
        open(make("-f lavfi -i testsrc=size=160x90:rate=10:duration=2", "silent.mp4"));
    ASSERT_TRUE(silent);
    played = play(*silent);
    EXPECT_EQ(played.frames.size(), 20u);
    EXPECT_THAT(played.samples(), Each(0.0f));
}

TEST_F(PlayTest, EndsWhereNobodyWantsMore)
{
    const auto file = open(numbered(99, 25));
    ASSERT_TRUE(file);
    int calls = 0;
    PlaySink sink;
    sink.on_sound = [&](const PlaySound&) { return ++calls < 3; };
    sink.on_frame = [&](const PlayFrame&) { return true; };
    sink.wanted = [] { return true; };
    EXPECT_TRUE(file->play({}, sink));
    EXPECT_EQ(calls, 3);
    sink.wanted = [] { return false; };
    EXPECT_TRUE(file->play({}, sink));
    EXPECT_EQ(calls, 3);
    const auto found = file->find_frame({1, FrameChoice::At, 320}, sink);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->has_value());
    EXPECT_EQ(number_on(find(*file, 1).picture), 25); // and is as good as new
}

TEST_F(PlayTest, PlaysWhatStartsBehindTheEnd)
{
    const auto file = open(numbered(30, 25));
    ASSERT_TRUE(file);
    PlayRange range;
    range.start_s = 20;
    const Played played = play(*file, range);
    EXPECT_THAT(played.blocks, IsEmpty());
    ASSERT_FALSE(played.frames.empty());
    EXPECT_EQ(number_on(played.frames.back().picture), 29); // what still shows
}

TEST_F(PlayTest, GoesOnAfterDamage)
{
    const auto path = numbered(99, 10, "damaged.ts");
    const auto whole = open(path);
    ASSERT_TRUE(whole);
    const Played expected = play(*whole);
    std::string bytes = support::read_file(path);
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 2'000; ++i) bytes[i] = 'x';
    const auto file = open(folder_.write("damaged2.ts", bytes));
    ASSERT_TRUE(file);
    const Played played = play(*file);
    EXPECT_NEAR(played.blocks.back().end_s, expected.blocks.back().end_s, 0.2);
    EXPECT_NEAR(played.frames.back().time_s, expected.frames.back().time_s, 0.1);
}

TEST_F(PlayTest, SaysThatSoundHasNoFrames)
{
    const auto file = open(make("-f lavfi -i sine=duration=1", "sound.wav"));
    ASSERT_TRUE(file);
    PlaySink sink;
    sink.wanted = [] { return true; };
    const auto found = file->find_frame({0, FrameChoice::At, 320}, sink);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::NotFound);
}

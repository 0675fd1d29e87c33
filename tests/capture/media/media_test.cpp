// Real files made by the ffmpeg program, read back with known times.

#include "capture/reader/media/media_file.h"

#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace fs = std::filesystem;
using base::ErrorCode;
using capture::AudioBlock;
using capture::FileKind;
using capture::Picture;
using capture::Result;
using capture::reader::GrayPicture;
using capture::reader::MediaFile;
using capture::reader::MediaRequest;
using capture::reader::MediaSink;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

struct Heard {
    std::vector<AudioBlock> blocks;
    std::vector<double> picture_times;
    std::vector<Picture> pictures;
    std::vector<GrayPicture> grays;
    std::vector<std::string> warnings;

    std::size_t samples() const
    {
        std::size_t count = 0;
        for (const AudioBlock& block : blocks) count += block.samples.size();
        return count;
    }
};

class MediaTest : public testing::Test {
protected:
    void SetUp() override
    {
        folder_ = fs::temp_directory_path() / ("percept-media-" + std::to_string(getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override
    {
        if (descriptor_ >= 0) close(descriptor_);
        fs::remove_all(folder_);
    }

    /// Runs ffmpeg with these arguments and the name of the new file behind them.
    fs::path make(const std::string& arguments, const std::string& name)
    {
        fs::path path = folder_ / name;
        const std::string command = "ffmpeg -loglevel error -y " + arguments + " " + path.string();
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        return path;
    }

    Result<std::unique_ptr<MediaFile>> open(const fs::path& path)
    {
        if (descriptor_ >= 0) close(descriptor_);
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        return MediaFile::open(descriptor_, {});
    }

    static Heard read(MediaFile& file, const MediaRequest& request = {})
    {
        Heard heard;
        MediaSink sink;
        sink.on_sound = [&](AudioBlock block) -> Result<void> {
            heard.blocks.push_back(std::move(block));
            return {};
        };
        sink.on_picture = [&](double time_s, Picture picture, GrayPicture gray) -> Result<void> {
            heard.picture_times.push_back(time_s);
            heard.pictures.push_back(std::move(picture));
            heard.grays.push_back(std::move(gray));
            return {};
        };
        sink.on_warning = [&](std::string text) { heard.warnings.push_back(std::move(text)); };
        const Result<void> done = file.read(request, sink);
        EXPECT_TRUE(done) << done.error().message;
        return heard;
    }

    fs::path folder_;
    int descriptor_ = -1;
};

} // namespace

TEST_F(MediaTest, BringsAClickToSixteenKilohertzAtItsTime)
{
    // Silence with one loud stretch from 1.5 s to 1.6 s, stereo at 44.1 kHz.
    const fs::path path = make(
        "-f lavfi -i \"aevalsrc='if(between(t,1.5,1.6),0.8*sin(2*PI*1000*t),0)|0':s=44100:d=3\"",
        "click.wav");
    auto file = open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->info().kind, FileKind::Audio);
    EXPECT_NEAR((*file)->info().duration_s, 3, 0.01);

    const Heard heard = read(**file);

    EXPECT_NEAR(static_cast<double>(heard.samples()), 48'000, 2);
    std::size_t first_loud = 0, index = 0;
    for (const AudioBlock& block : heard.blocks) {
        EXPECT_NEAR(block.start_s, static_cast<double>(index) / 16'000, 1e-6);
        for (const float sample : block.samples) {
            if (first_loud == 0 && std::abs(sample) > 0.1f) first_loud = index;
            ++index;
        }
    }
    EXPECT_NEAR(static_cast<double>(first_loud), 24'000, 8);
    EXPECT_THAT(heard.warnings, IsEmpty());
}

TEST_F(MediaTest, LeavesAGapAGap)
{
    const fs::path path = make(
        "-f lavfi -i sine=frequency=440:sample_rate=16000:duration=6 -af "
        "\"aselect='not(between(t,2,3.5))'\" -c:a pcm_s16le",
        "gap.mkv");
    auto file = open(path);
    ASSERT_TRUE(file);

    const Heard heard = read(**file);

    double gap_start = 0, gap_end = 0;
    for (std::size_t i = 1; i < heard.blocks.size(); ++i) {
        const AudioBlock& before = heard.blocks[i - 1];
        const double end = before.start_s + static_cast<double>(before.samples.size()) / 16'000;
        if (heard.blocks[i].start_s - end > 0.05) {
            gap_start = end;
            gap_end = heard.blocks[i].start_s;
        }
    }
    EXPECT_NEAR(gap_start, 2.0, 0.07); // the filter drops whole blocks of 1024 samples
    EXPECT_NEAR(gap_end, 3.5, 0.07);
    EXPECT_NEAR(static_cast<double>(heard.samples()), (6 - (gap_end - gap_start)) * 16'000, 50);
}

TEST_F(MediaTest, RespectsTheStartOffsetOfTheSound)
{
    const fs::path path = make(
        "-f lavfi -i testsrc=size=320x180:rate=10:duration=3 -itsoffset 0.75 -f lavfi -i "
        "sine=frequency=440:sample_rate=48000:duration=2 -c:v mpeg4 -c:a flac",
        "offset.mkv");
    auto file = open(path);
    ASSERT_TRUE(file);

    const Heard heard = read(**file);

    ASSERT_FALSE(heard.blocks.empty());
    EXPECT_NEAR(heard.blocks.front().start_s, 0.75, 0.002);
    EXPECT_NEAR(static_cast<double>(heard.samples()), 32'000, 20);
}

TEST_F(MediaTest, ReadsOnlyTheStretchThatWasAskedFor)
{
    const fs::path path = make(
        "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=20 -c:a libopus -b:a 32k",
        "long.ogg");
    auto file = open(path);
    ASSERT_TRUE(file);
    MediaRequest request;
    request.start_s = 12.25;
    request.end_s = 13;

    for (int repeat = 0; repeat < 2; ++repeat) {
        const Heard heard = read(**file, request);
        ASSERT_FALSE(heard.blocks.empty());
        EXPECT_NEAR(heard.blocks.front().start_s, 12.25, 1e-3);
        EXPECT_NEAR(static_cast<double>(heard.samples()), 12'000, 2);
    }
}

TEST_F(MediaTest, KeepsOnePictureASlide)
{
    const fs::path path = make(
        "-f lavfi -i color=red:size=640x360:rate=25:duration=4 -f lavfi -i "
        "color=white:size=640x360:rate=25:duration=4 "
        "-f lavfi -i color=blue:size=640x360:rate=25:duration=4 -filter_complex concat=n=3 "
        "-pix_fmt yuv420p",
        "slides.mp4");
    auto file = open(path);
    ASSERT_TRUE(file);
    EXPECT_EQ((*file)->info().kind, FileKind::Video);
    MediaRequest request;
    request.max_width_px = 320;
    request.want_gray = true;

    const Heard heard = read(**file, request);

    EXPECT_THAT(
        heard.picture_times,
        ElementsAre(DoubleNear(0, 0.01), DoubleNear(4, 0.6), DoubleNear(8, 0.6)));
    ASSERT_EQ(heard.pictures.size(), 3u);
    EXPECT_EQ(heard.pictures[0].width_px, 320);
    EXPECT_EQ(heard.pictures[0].height_px, 180);
    EXPECT_GT(heard.pictures[0].rgb[0], 200); // red
    EXPECT_LT(heard.pictures[0].rgb[1], 60);
    EXPECT_GT(heard.pictures[2].rgb[2], 200); // blue
    EXPECT_EQ(heard.grays[1].width_px, 640);
    EXPECT_GT(heard.grays[1].gray[1000], 200); // white
}

TEST_F(MediaTest, PlaysEveryFrameOfAStretch)
{
    const fs::path path = make(
        "-f lavfi -i testsrc2=size=320x180:rate=10:duration=6 -pix_fmt yuv420p -g 25",
        "play.mp4");
    auto file = open(path);
    ASSERT_TRUE(file);
    MediaRequest request;
    request.start_s = 2.05;
    request.end_s = 3.05;
    request.every_frame = true;

    const Heard heard = read(**file, request);

    ASSERT_EQ(heard.picture_times.size(), 10u);
    EXPECT_NEAR(heard.picture_times.front(), 2.1, 1e-3);
    EXPECT_NEAR(heard.picture_times.back(), 3.0, 1e-3);
}

TEST_F(MediaTest, TurnsAPhonesVideoUpright)
{
    const fs::path flat =
        make("-f lavfi -i testsrc=size=320x180:rate=5:duration=1 -pix_fmt yuv420p", "flat.mp4");
    const fs::path path =
        make("-i " + flat.string() + " -c copy -metadata:s:v rotate=90", "turned.mp4");
    auto file = open(path);
    ASSERT_TRUE(file);

    const Heard heard = read(**file);

    ASSERT_FALSE(heard.pictures.empty());
    EXPECT_EQ(heard.pictures[0].width_px, 180);
    EXPECT_EQ(heard.pictures[0].height_px, 320);
}

TEST_F(MediaTest, SaysThatARecordingWasCutOff)
{
    const fs::path whole = make(
        "-f lavfi -i sine=frequency=440:sample_rate=16000:duration=20 -c:a aac -movflags "
        "+faststart",
        "whole.m4a");
    const fs::path path = folder_ / "cut.m4a";
    fs::copy_file(whole, path);
    fs::resize_file(path, fs::file_size(whole) / 2);
    auto file = open(path);
    ASSERT_TRUE(file);

    const Heard heard = read(**file);

    EXPECT_GT(heard.samples(), 100'000u);
    EXPECT_LT(heard.samples(), 220'000u);
    ASSERT_FALSE(heard.warnings.empty());
    EXPECT_THAT(heard.warnings.front(), HasSubstr("although it states 20 s"));
}

TEST_F(MediaTest, RefusesNoisePlaylistsAndScripts)
{
    const auto written = [&](const std::string& name, const std::string& content) {
        fs::path path = folder_ / name;
        std::ofstream(path) << content;
        return path;
    };
    for (const fs::path& path :
         {written("noise.mp4", std::string(5000, 'x')),
          written(
              "list.m3u8",
              "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n"),
          written("list.concat", "ffconcat version 1.0\nfile /etc/passwd\n"),
          written("empty.wav", "")}) {
        const auto file = open(path);
        ASSERT_FALSE(file) << path;
        EXPECT_EQ(file.error().code, ErrorCode::BadFile) << path;
        EXPECT_THAT(file.error().message, HasSubstr("cannot be opened"));
    }
}

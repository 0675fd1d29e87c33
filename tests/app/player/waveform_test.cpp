#include "app/waveform.h"
#include "tests/support/run_command.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::Peaks;
using app::peaks_of;
using app::PeaksRequest;
using base::ErrorCode;
using testing::Each;
using testing::IsEmpty;

namespace {

class WaveformTest : public testing::Test {
protected:
    PeaksRequest made(const std::string& arguments, const std::string& name)
    {
        const std::string file = (folder_ / name).string();
        const auto ran = support::run_command(
            {"sh", "-c", "ffmpeg -loglevel error -y " + arguments + " " + file});
        EXPECT_EQ(ran.status, 0) << ran.err;
        return request(file);
    }
    PeaksRequest request(const std::filesystem::path& file)
    {
        PeaksRequest request;
        request.file = file;
        request.sha256 = "sha-of-" + file.filename().string();
        request.cache_folder = folder_ / "cache";
        request.reader.program = std::filesystem::path(PERCEPT_BIN_DIR) / "percept-reader";
        return request;
    }
    std::filesystem::path kept(const PeaksRequest& request) const
    {
        return request.cache_folder / "peaks" / request.sha256;
    }

    support::TemporaryFolder folder_;
};

/// 1 s of silence, 1 s of full sound, 1 s at a quarter, then silence up to 4 s.
constexpr const char* kSteps =
    "-f lavfi -i \"aevalsrc='if(between(t,1,2),sin(2*PI*500*t),if(between(t,2,3),"
    "0.25*sin(2*PI*500*t),0))':s=48000:d=4\"";

} // namespace

TEST_F(WaveformTest, FollowsTheLoudnessAtItsTimes)
{
    const auto peaks = peaks_of(made(kSteps, "steps.wav"), {}, {});
    ASSERT_TRUE(peaks) << peaks.error().message;
    ASSERT_EQ(peaks->lowest.size(), 400u);
    ASSERT_EQ(peaks->highest.size(), 400u);
    EXPECT_EQ(peaks->duration_s(), 4);
    // A hundredth at each step is the resampler's.
    for (std::size_t i = 0; i < 400; ++i) {
        if (i % 100 < 1 || i % 100 > 98) continue;
        const int expected = i < 100 ? 0 : i < 200 ? 127 : i < 300 ? 32 : 0;
        EXPECT_NEAR(peaks->highest[i], expected, 3) << i;
        EXPECT_NEAR(peaks->lowest[i], -expected, 3) << i;
    }
}

TEST_F(WaveformTest, KeepsThemAndMakesADamagedFileAgain)
{
    const PeaksRequest request = made(kSteps, "steps.flac");
    const auto first = peaks_of(request, {}, {});
    ASSERT_TRUE(first);
    const std::string bytes = support::read_file(kept(request));
    EXPECT_LT(bytes.size(), 1'000u);

    // From the cache: the recording is not needed.
    std::filesystem::rename(request.file, folder_ / "moved");
    const auto again = peaks_of(request, {}, {});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->highest, first->highest);
    EXPECT_EQ(again->lowest, first->lowest);

    for (std::size_t i = 0; i < bytes.size(); i += 7) {
        std::string bad = bytes;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        folder_.write("cache/peaks/" + request.sha256, bad);
        ASSERT_FALSE(peaks_of(request, {}, {})) << i; // not believed
    }
    folder_.write("cache/peaks/" + request.sha256, bytes.substr(0, 100));
    std::filesystem::rename(folder_ / "moved", request.file);
    const auto anew = peaks_of(request, {}, {});
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->highest, first->highest);
    EXPECT_EQ(support::read_file(kept(request)), bytes);
}

TEST_F(WaveformTest, TellsItsProgressAndStops)
{
    const PeaksRequest request =
        made("-f lavfi -i sine=duration=600:sample_rate=16000 -c:a flac", "long.flac");
    std::stop_source stop;
    double furthest_s = 0, total = 0;
    const auto stopped = peaks_of(
        request,
        [&](double done_s, double total_s) {
            furthest_s = done_s;
            total = total_s;
            if (done_s > 100) stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_LT(furthest_s, 200);
    EXPECT_NEAR(total, 600, 1);
    EXPECT_FALSE(std::filesystem::exists(kept(request)));
}

TEST_F(WaveformTest, HasNoPeaksWithoutSound)
{
    const auto peaks =
        peaks_of(made("-f lavfi -i testsrc=size=64x64:rate=5:duration=1", "silent.mp4"), {}, {});
    ASSERT_TRUE(peaks);
    EXPECT_THAT(peaks->lowest, IsEmpty());
    EXPECT_THAT(peaks->highest, IsEmpty());
}

TEST_F(WaveformTest, LeavesAGapSilent)
{
    const auto peaks = peaks_of(
        made(
            "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=6 -af "
            "\"aselect='not(between(t,2,3.5))',volume=20dB\" -c:a pcm_s16le",
            "gap.mkv"),
        {},
        {});
    ASSERT_TRUE(peaks);
    EXPECT_NEAR(static_cast<double>(peaks->highest.size()), 600, 3);
    const std::vector<std::int8_t> gap(peaks->highest.begin() + 215, peaks->highest.begin() + 340);
    EXPECT_THAT(gap, Each(0));
    EXPECT_GT(peaks->highest[400], 60);
}

TEST_F(WaveformTest, GoesWithoutACacheThatRefuses)
{
    PeaksRequest request = made(kSteps, "steps.wav");
    request.cache_folder = folder_.write("a-file", "where the folder should be");
    EXPECT_TRUE(peaks_of(request, {}, {}));
}

TEST_F(WaveformTest, SaysWhatItCannotRead)
{
    const auto peaks = peaks_of(request(folder_ / "missing.wav"), {}, {});
    ASSERT_FALSE(peaks);
    EXPECT_EQ(peaks.error().code, ErrorCode::FileNotFound);
}

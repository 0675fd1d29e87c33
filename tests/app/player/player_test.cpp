#include "app/player.h"
#include "tests/support/sound_server.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <mutex>

using app::Player;
using app::PlayerState;
using base::Error;
using base::ErrorCode;
using capture::AudioOutput;
using capture::SoundFormat;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

namespace {

/// A silent device that remembers what it was given and can break.
class HeardOutput final : public AudioOutput {
public:
    struct Shared {
        std::mutex mutex;
        std::vector<float> left;
        std::atomic<bool> broken{false};
        std::atomic<int> opened{0};
    };
    explicit HeardOutput(Shared& shared) : shared_(shared) { ++shared.opened; }

    std::size_t write(std::span<const float> sound) override
    {
        const std::size_t count = inner_->write(sound);
        const std::lock_guard lock(shared_.mutex);
        for (std::size_t i = 0; i < count; ++i) shared_.left.push_back(sound[2 * i]);
        return count;
    }
    std::size_t room() const override { return inner_->room(); }
    base::Result<void> start() override { return inner_->start(); }
    void pause() override { inner_->pause(); }
    void flush() override { inner_->flush(); }
    std::uint64_t written() const override { return inner_->written(); }
    double played() const override { return inner_->played(); }
    void set_volume(float volume) override { inner_->set_volume(volume); }
    std::optional<Error> failure() const override
    {
        if (!shared_.broken) return std::nullopt;
        return Error{ErrorCode::DeviceFailed, "The device is gone.", "Plug it in."};
    }

private:
    Shared& shared_;
    std::unique_ptr<AudioOutput> inner_ = capture::make_silent_output({});
};

class PlayerTest : public testing::Test {
protected:
    /// 12 s of pictures at 25 a second, a key frame every 4 s, a tone of 440 Hz.
    static void SetUpTestSuite()
    {
        folder = new support::TemporaryFolder;
        const auto make = [](const std::vector<std::string>& words) {
            const auto made = support::run_command(words);
            ASSERT_EQ(made.status, 0) << made.err;
        };
        make(
            {"ffmpeg",
             "-loglevel",
             "error",
             "-f",
             "lavfi",
             "-i",
             "testsrc2=size=640x360:rate=25:duration=12",
             "-f",
             "lavfi",
             "-i",
             "sine=frequency=440:sample_rate=44100:duration=12",
             "-pix_fmt",
             "yuv420p",
             "-c:v",
             "libx264",
             "-preset",
             "ultrafast",
             "-g",
             "100",
             "-c:a",
             "aac",
             (*folder / "film.mp4").string()});
        make(
            {"ffmpeg",
             "-loglevel",
             "error",
             "-f",
             "lavfi",
             "-i",
             "sine=frequency=440:sample_rate=16000:duration=3",
             (*folder / "memo.wav").string()});
    }
    static void TearDownTestSuite() { delete folder; }

    PlayerTest()
    {
        app::PlayerObserver observer;
        observer.on_opened = [this](const capture::FileInfo& info) { note([&] { info_ = info; }); };
        observer.on_state = [this](PlayerState state) { note([&] { states_.push_back(state); }); };
        observer.on_position = [this](double at_s) { note([&] { positions_.push_back(at_s); }); };
        observer.on_frame = [this](const capture::PlayFrame& frame) {
            note([&] {
                frames_.push_back({frame.time_s, frame.exact, player_->position_s()});
                width_px_ = frame.picture.width_px;
            });
        };
        observer.on_notice = [this](const std::string& text) {
            note([&] { notices_.push_back(text); });
        };
        observer.on_error = [this](const Error& error) { note([&] { errors_.push_back(error); }); };
        capture::ReaderOptions reader;
        reader.program = std::filesystem::path(PERCEPT_BIN_DIR) / "percept-reader";
        player_ = std::make_unique<Player>(
            observer,
            reader,
            [this](const SoundFormat&) -> base::Result<std::unique_ptr<AudioOutput>> {
                if (real_device_) return AudioOutput::open({});
                if (no_device_)
                    return base::fail(ErrorCode::DeviceUnavailable, "No device.", "Get one.");
                return std::make_unique<HeardOutput>(heard_);
            });
    }

    template <typename Change>
    void note(Change change)
    {
        const std::lock_guard lock(mutex_);
        change();
        changed_.notify_all();
    }
    /// Until it holds, asked with the mutex held.
    bool comes_true(const std::function<bool()>& holds, double limit_s = 30)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::duration<double>(limit_s), holds);
    }
    bool reaches(PlayerState state)
    {
        return comes_true([&] { return !states_.empty() && states_.back() == state; });
    }
    bool shows(double time_s)
    {
        return comes_true([&] {
            return !frames_.empty() && frames_.back().exact &&
                   std::abs(frames_.back().time_s - time_s) < 0.001;
        });
    }
    void open(const char* name, double start_s = 0)
    {
        player_->open(*folder / name, start_s);
        ASSERT_TRUE(reaches(PlayerState::Paused));
    }
    void forget()
    {
        const std::lock_guard lock(mutex_);
        positions_.clear();
        frames_.clear();
        states_.clear();
    }
    static std::vector<int> children()
    {
        std::vector<int> ids;
        for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
            std::ifstream file(task.path() / "children");
            ids.insert(ids.end(), std::istream_iterator<int>(file), {});
        }
        return ids;
    }

    struct Shown {
        double time_s;
        bool exact;
        double position_s;
    };
    static inline support::TemporaryFolder* folder = nullptr;
    std::mutex mutex_;
    std::condition_variable changed_;
    capture::FileInfo info_;
    std::vector<PlayerState> states_;
    std::vector<double> positions_;
    std::vector<Shown> frames_;
    std::vector<std::string> notices_;
    std::vector<Error> errors_;
    int width_px_ = 0;
    bool no_device_ = false;
    bool real_device_ = false;
    HeardOutput::Shared heard_;
    std::unique_ptr<Player> player_;
};

} // namespace

TEST_F(PlayerTest, OpensPausedWithThePictureOfTheStart)
{
    player_->set_frame_width(320);
    open("film.mp4", 5.01);
    EXPECT_TRUE(shows(5.0));
    EXPECT_EQ(width_px_, 320);
    EXPECT_NEAR(info_.duration_s, 12, 0.1);
    EXPECT_EQ(player_->position_s(), 5.01);
    EXPECT_EQ(heard_.opened, 0); // a device is opened when it is needed
}

TEST_F(PlayerTest, PlaysToTheEndInStep)
{
    open("film.mp4", 9.5);
    forget();
    const auto began = Clock::now();
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Ended));
    const double took_s = std::chrono::duration<double>(Clock::now() - began).count();
    EXPECT_GT(took_s, 2.4);

    const std::lock_guard lock(mutex_);
    EXPECT_NEAR(player_->position_s(), 12, 0.1);
    EXPECT_TRUE(std::is_sorted(positions_.begin(), positions_.end()));
    EXPECT_GT(positions_.size(), 20u); // 30 a second on an idle machine
    double last_s = 0;
    int late = 0;
    for (const Shown& frame : frames_) {
        if (!frame.exact) continue;
        EXPECT_GT(frame.time_s, last_s);
        last_s = frame.time_s;
        EXPECT_LT(frame.time_s, frame.position_s + 0.05); // never early
        late += frame.time_s < frame.position_s - 0.1;
    }
    EXPECT_NEAR(last_s, 11.96, 0.05);
    EXPECT_LT(late, static_cast<int>(frames_.size()) / 2);
    EXPECT_NEAR(static_cast<double>(heard_.left.size()), 2.5 * 48'000, 0.1 * 48'000);
}

TEST_F(PlayerTest, PlaysACitedSpanAndPauses)
{
    player_->open(*folder / "film.mp4");
    player_->play_span(3.25, 4.25); // before it is open
    ASSERT_TRUE(reaches(PlayerState::Playing));
    ASSERT_TRUE(reaches(PlayerState::Paused));
    EXPECT_EQ(player_->position_s(), 4.25);
    {
        const std::lock_guard lock(heard_.mutex);
        EXPECT_NEAR(static_cast<double>(heard_.left.size()), 48'000, 3);
    }
    forget();
    player_->play(); // goes on from there
    EXPECT_TRUE(comes_true([&] { return !positions_.empty() && positions_.back() > 4.4; }));
}

TEST_F(PlayerTest, PausesAndGoesOnWithoutLosingASample)
{
    open("memo.wav");
    player_->play();
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(comes_true([&] { return player_->position_s() > 0.3 * i; }));
        player_->pause();
        ASSERT_TRUE(reaches(PlayerState::Paused));
        player_->toggle();
        ASSERT_TRUE(reaches(PlayerState::Playing));
    }
    ASSERT_TRUE(reaches(PlayerState::Ended));
    const std::lock_guard lock(heard_.mutex);
    ASSERT_NEAR(static_cast<double>(heard_.left.size()), 3 * 48'000, 3);
    int crossings = 0;
    for (std::size_t i = 1; i < heard_.left.size(); ++i)
        crossings += heard_.left[i - 1] < 0 && heard_.left[i] >= 0;
    EXPECT_NEAR(crossings, 3 * 440, 2);
}

TEST_F(PlayerTest, SeeksWhilePlayingAndPausedWithOneReader)
{
    open("film.mp4");
    const auto readers = children();
    ASSERT_EQ(readers.size(), 1u);
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Playing));
    for (const double to_s : {8.0, 2.0, 5.0}) {
        forget();
        player_->seek(to_s);
        EXPECT_TRUE(
            comes_true([&] { return !positions_.empty() && positions_.back() > to_s + 0.2; }));
        const std::lock_guard lock(mutex_);
        // What was on its way when seek() was called may still come; then nothing but the new
        // place.
        const auto arrived = std::find_if(positions_.begin(), positions_.end(), [&](double at_s) {
            return std::abs(at_s - to_s) < 0.5;
        });
        ASSERT_NE(arrived, positions_.end());
        EXPECT_LE(arrived - positions_.begin(), 2);
        for (auto at = arrived; at != positions_.end(); ++at) EXPECT_NEAR(*at, to_s, 2);
        for (const Shown& frame : frames_) {
            EXPECT_TRUE(!frame.exact || frame.time_s >= to_s - 0.05);
        }
    }
    player_->pause();
    ASSERT_TRUE(reaches(PlayerState::Paused));
    for (int i = 0; i < 50; ++i) player_->seek(i * 0.2); // dragging: the last one counts
    player_->seek(7.03);
    EXPECT_TRUE(shows(7.0));
    EXPECT_EQ(player_->position_s(), 7.03);
    player_->seek(1000);
    EXPECT_TRUE(shows(11.96));
    EXPECT_EQ(children(), readers);
}

TEST_F(PlayerTest, StepsFrameByFrame)
{
    open("film.mp4", 4.0);
    ASSERT_TRUE(shows(4.0));
    player_->step(1);
    EXPECT_TRUE(shows(4.04));
    player_->step(-1);
    player_->step(-1); // quicker than the pictures
    player_->step(-1);
    EXPECT_TRUE(shows(3.92));
    player_->step(10);
    EXPECT_TRUE(shows(4.32));
    EXPECT_TRUE(comes_true([&] { return std::abs(player_->position_s() - 4.32) < 1e-3; }));

    open("memo.wav", 1);
    player_->step(-1);
    EXPECT_TRUE(comes_true([&] { return std::abs(player_->position_s() - 0.96) < 1e-3; }));
}

TEST_F(PlayerTest, PlaysAtOtherSpeeds)
{
    open("memo.wav");
    player_->set_speed(2);
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Ended));
    EXPECT_NEAR(player_->position_s(), 3, 0.01);
    {
        const std::lock_guard lock(heard_.mutex);
        EXPECT_NEAR(static_cast<double>(heard_.left.size()), 1.5 * 48'000, 5);
        heard_.left.clear();
    }
    player_->seek(2.5);
    player_->set_speed(0.1); // the least is 0.5
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Playing));
    ASSERT_TRUE(reaches(PlayerState::Ended));
    const std::lock_guard lock(heard_.mutex);
    EXPECT_NEAR(static_cast<double>(heard_.left.size()), 48'000, 200);
}

TEST_F(PlayerTest, PlaysOnWithoutADevice)
{
    no_device_ = true;
    open("memo.wav");
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Ended));
    EXPECT_NEAR(player_->position_s(), 3, 0.05);
    EXPECT_THAT(notices_, testing::ElementsAre("No device. Get one."));
}

TEST_F(PlayerTest, PausesWhereTheDeviceIsLostAndTakesTheNextOne)
{
    open("memo.wav");
    player_->play();
    ASSERT_TRUE(comes_true([&] { return player_->position_s() > 0.3; }));
    heard_.broken = true;
    ASSERT_TRUE(reaches(PlayerState::Paused));
    ASSERT_TRUE(comes_true([&] { return !notices_.empty(); }));
    EXPECT_THAT(notices_.back(), HasSubstr("The device is gone."));
    heard_.broken = false;
    player_->play();
    ASSERT_TRUE(reaches(PlayerState::Ended));
    EXPECT_EQ(heard_.opened, 2);
    EXPECT_TRUE(errors_.empty());
}

TEST_F(PlayerTest, IsHeardOnARealDevice)
{
    if (!support::SoundServer::is_installed()) GTEST_SKIP() << support::SoundServer::kMissing;
    support::SoundServer server;
    if (auto device = AudioOutput::open({}); !device) GTEST_SKIP() << device.error().message;
    real_device_ = true;
    server.record();
    player_->open(*folder / "film.mp4");
    player_->play_span(6, 8);
    ASSERT_TRUE(reaches(PlayerState::Playing));
    ASSERT_TRUE(reaches(PlayerState::Paused));
    const auto heard = server.heard();
    int crossings = 0;
    for (std::size_t i = 2; i < heard.size(); i += 2)
        crossings += heard[i - 2] < 0 && heard[i] >= 0;
    // Two seconds of 440 Hz; a busy machine may leave a gap, never something else.
    EXPECT_NEAR(crossings, 880, 45);
    EXPECT_THAT(notices_, testing::IsEmpty());
}

TEST_F(PlayerTest, StartsADeadReaderOnceMoreAndThenSaysSo)
{
    open("film.mp4");
    player_->play();
    ASSERT_TRUE(comes_true([&] { return player_->position_s() > 0.3; }));
    kill(children().at(0), SIGKILL);
    EXPECT_TRUE(comes_true([&] { return player_->position_s() > 1; }));
    ASSERT_THAT(errors_, testing::IsEmpty()) << errors_[0].message;
    kill(children().at(0), SIGKILL);
    ASSERT_TRUE(reaches(PlayerState::Failed));
    ASSERT_TRUE(comes_true([&] { return !errors_.empty(); }));
    EXPECT_EQ(errors_[0].code, ErrorCode::ReaderDied);
    EXPECT_THAT(errors_[0].message, HasSubstr("film.mp4"));
    player_->play();  // does nothing
    open("memo.wav"); // another one plays
    player_->play();
    EXPECT_TRUE(reaches(PlayerState::Playing));
}

TEST_F(PlayerTest, SaysWhatItCannotPlay)
{
    player_->open(folder->write("words.txt", "Only words."));
    ASSERT_TRUE(reaches(PlayerState::Failed));
    ASSERT_TRUE(comes_true([&] { return errors_.size() == 1; }));
    EXPECT_EQ(errors_[0].code, ErrorCode::UnsupportedFile);
    player_->open(*folder / "missing.mp4", 0, "Board meeting.mp4");
    ASSERT_TRUE(comes_true([&] { return errors_.size() == 2; }));
    EXPECT_EQ(errors_[1].code, ErrorCode::FileNotFound);
    EXPECT_THAT(errors_[1].message, HasSubstr("Board meeting.mp4"));
}

TEST_F(PlayerTest, GoesAwayInTheMidstOfEverything)
{
    for (int i = 0; i < 5; ++i) {
        player_->open(*folder / "film.mp4");
        player_->play();
        if (i % 2 == 0) {
            ASSERT_TRUE(reaches(PlayerState::Playing));
            player_->seek(6);
        }
    }
    const auto began = Clock::now();
    player_.reset();
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(5));
    EXPECT_TRUE(children().empty());
}

#include "capture/audio_output.h"

#include "capture/sample_ring.h"
#include "tests/support/sound_server.h"

#include <atomic>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using capture::AudioOutput;
using capture::ErrorCode;
using capture::SampleRing;
using capture::SoundFormat;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kRate = 48'000;

std::vector<float> tone(double seconds)
{
    std::vector<float> out;
    for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
        const auto sample = static_cast<float>(0.5 * std::sin(2 * M_PI * 1000 * i / kRate));
        out.push_back(sample);
        out.push_back(-sample); // right is left turned over
    }
    return out;
}

/// Polls until it holds; a device has its own time.
bool comes_true(const std::function<bool()>& holds, double limit_s = 10)
{
    const auto give_up = Clock::now() + std::chrono::duration<double>(limit_s);
    while (!holds()) {
        if (Clock::now() > give_up) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

/// Hands everything over as room allows.
void write_all(AudioOutput& output, std::span<const float> samples)
{
    while (!samples.empty() && !output.failure()) {
        samples = samples.subspan(output.write(samples) * 2);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

/// Everything that this process prints on stderr meanwhile.
class Stderr {
public:
    Stderr()
    {
        file_ = folder_.write("err", "");
        saved_ = ::dup(2);
        const int to = ::open(file_.c_str(), O_WRONLY);
        ::dup2(to, 2);
        ::close(to);
    }
    ~Stderr() { restore(); }
    std::string text()
    {
        restore();
        return support::read_file(file_);
    }

private:
    void restore()
    {
        if (saved_ < 0) return;
        ::dup2(saved_, 2);
        ::close(saved_);
        saved_ = -1;
    }
    support::TemporaryFolder folder_;
    std::filesystem::path file_;
    int saved_ = -1;
};

} // namespace

TEST(SampleRingTest, BringsEverySampleInOrderFromThreadToThread)
{
    SampleRing ring(1'000, 2);
    std::thread writer([&] {
        float next = 0;
        std::vector<float> block(2 * 77);
        while (next < 400'000) {
            for (std::size_t i = 0; i < block.size(); ++i) block[i] = next + static_cast<float>(i);
            std::size_t done = 0;
            while (done < 77) done += ring.write(std::span(block).subspan(done * 2));
            next += static_cast<float>(block.size());
        }
    });
    float expected = 0;
    std::vector<float> out(2 * 100);
    while (expected < 400'000) {
        const std::size_t count = ring.read(out);
        for (std::size_t i = 0; i < count * 2; ++i) ASSERT_EQ(out[i], expected++);
    }
    writer.join();
}

TEST(SampleRingTest, TakesWhatFitsAndSkips)
{
    SampleRing ring(4, 1);
    EXPECT_EQ(ring.write(std::vector<float>{1, 2, 3, 4, 5}), 4u);
    EXPECT_EQ(ring.room(), 0u);
    ring.skip_to(2);
    ring.skip_to(1); // never back
    EXPECT_EQ(ring.room(), 2u);
    std::vector<float> out(4);
    EXPECT_EQ(ring.read(out), 2u);
    EXPECT_EQ(out[0], 3);
    EXPECT_EQ(ring.frames_read(), 4u);
}

TEST(SilentOutputTest, PlaysByTheClock)
{
    const auto output = capture::make_silent_output({kRate, 2});
    const auto sound = tone(1);
    EXPECT_EQ(output->write(sound), static_cast<std::size_t>(kRate));
    EXPECT_EQ(output->played(), 0); // paused
    const auto began = Clock::now();
    ASSERT_TRUE(output->start());
    ASSERT_TRUE(comes_true([&] { return output->played() >= kRate / 5.0; }));
    const double took_s = std::chrono::duration<double>(Clock::now() - began).count();
    EXPECT_NEAR(output->played() / kRate, took_s, 0.05);
    output->pause();
    const double at = output->played();
    EXPECT_EQ(output->played(), at);
    ASSERT_TRUE(output->start());
    ASSERT_TRUE(comes_true([&] { return output->played() >= kRate; }));
    EXPECT_EQ(output->played(), kRate); // nothing queued: the time stands still
    output->write(sound);
    output->flush();
    EXPECT_EQ(output->played(), 2.0 * kRate);
    EXPECT_EQ(output->written(), 2u * kRate);
}

TEST(AudioOutputTest, SaysQuietlyThatThereIsNoDevice)
{
    ::setenv("PULSE_SERVER", "unix:/nowhere/at/all", 1);
    Stderr printed;
    const auto output = AudioOutput::open({});
    EXPECT_EQ(printed.text(), "");
    ::unsetenv("PULSE_SERVER");
    if (output) GTEST_SKIP() << "This machine has a sound device.";
    EXPECT_EQ(output.error().code, ErrorCode::DeviceUnavailable);
    EXPECT_FALSE(output.error().hint.empty());
}

/// What a recorder behind the device heard of two seconds of tone.
struct Heard {
    std::size_t crossings = 0;
    std::size_t loud = 0;
    // 2000 periods without a break; 2 of 48 samples are zero.
    bool is_whole() const
    {
        return std::abs(static_cast<double>(crossings) - 2'000) <= 3 &&
               std::abs(static_cast<double>(loud) - 2.0 * kRate * 46 / 48) <= 200;
    }
};

void play_and_listen(Heard& result)
{
    support::SoundServer server;
    Stderr printed;
    auto output = AudioOutput::open({kRate, 2});
    EXPECT_EQ(printed.text(), "");
    if (!output) GTEST_SKIP() << "PortAudio does not see PulseAudio: " << output.error().message;
    server.record();

    const auto sound = tone(2);
    ASSERT_TRUE((*output)->start());
    write_all(**output, sound);
    ASSERT_TRUE(comes_true([&] { return (*output)->played() >= 2.0 * kRate; }));
    EXPECT_FALSE((*output)->failure());
    const auto find = [](const std::vector<float>& heard) {
        std::size_t at = 0;
        while (at < heard.size() && std::abs(heard[at]) < 0.05f) ++at;
        return at / 2 * 2;
    };
    ASSERT_TRUE(comes_true([&] {
        const auto heard = server.heard();
        return heard.size() > find(heard) + sound.size() + 9'600;
    }));
    const auto heard = server.heard();
    const std::size_t first = find(heard);
    result = {};
    for (std::size_t i = first + 2; i + 1 < heard.size(); i += 2) {
        result.crossings += heard[i - 2] < 0 && heard[i] >= 0;
        result.loud += std::abs(heard[i]) > 0.01f;
        ASSERT_NEAR(heard[i], -heard[i + 1], 2e-3);
    }
}

TEST(AudioOutputTest, PlaysEverySampleToTheDevice)
{
    if (!support::SoundServer::is_installed()) GTEST_SKIP() << support::SoundServer::kMissing;
    // A sound server that gets no core for a moment skips by itself; what we lose, we lose each
    // time.
    Heard heard;
    for (int tries = 0; tries < 3 && !heard.is_whole(); ++tries) {
        play_and_listen(heard);
        if (HasFatalFailure() || IsSkipped()) return;
    }
    EXPECT_TRUE(heard.is_whole()) << heard.crossings << " periods, " << heard.loud
                                  << " loud samples";
}

TEST(AudioOutputTest, KnowsWhatWasHeard)
{
    if (!support::SoundServer::is_installed()) GTEST_SKIP() << support::SoundServer::kMissing;
    support::SoundServer server;
    auto output = AudioOutput::open({kRate, 2});
    if (!output) GTEST_SKIP() << "PortAudio does not see PulseAudio: " << output.error().message;
    const auto sound = tone(1.4);
    (*output)->write(sound);
    ASSERT_TRUE((*output)->start());
    ASSERT_TRUE(comes_true([&] { return (*output)->played() > 0.1 * kRate; }));
    // From now on it advances with the clock, smoothly.
    const auto began = Clock::now();
    const double from = (*output)->played();
    double last = from, widest = 0;
    while ((*output)->played() < 1.2 * kRate) {
        const double now = (*output)->played();
        ASSERT_GE(now, last);
        const double clock =
            from + std::chrono::duration<double>(Clock::now() - began).count() * kRate;
        widest = std::max(widest, std::abs(now - clock));
        last = now;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_LT(widest / kRate, 0.06);
    std::cout << "position and clock: at most " << widest / kRate * 1000 << " ms apart\n";

    (*output)->pause();
    const double paused = (*output)->played();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ((*output)->played(), paused);
    (*output)->flush();
    EXPECT_EQ((*output)->played(), static_cast<double>((*output)->written()));
    // And plays on after all that.
    (*output)->write(sound);
    const double target = static_cast<double>((*output)->written());
    ASSERT_TRUE((*output)->start());
    EXPECT_TRUE(comes_true([&] { return (*output)->played() >= target; }));
}

TEST(AudioOutputTest, SaysThatTheDeviceWentAway)
{
    if (!support::SoundServer::is_installed()) GTEST_SKIP() << support::SoundServer::kMissing;
    support::SoundServer server;
    auto output = AudioOutput::open({kRate, 2});
    if (!output) GTEST_SKIP() << "PortAudio does not see PulseAudio: " << output.error().message;
    (*output)->write(tone(1.4));
    ASSERT_TRUE((*output)->start());
    ASSERT_TRUE(comes_true([&] { return (*output)->played() > 0; }));
    Stderr printed;
    server.kill();
    EXPECT_TRUE(comes_true([&] { return (*output)->failure().has_value(); }));
    EXPECT_EQ((*output)->failure()->code, ErrorCode::DeviceFailed);
    const auto began = Clock::now();
    output->reset();
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(3));
    // Three lines of PortAudio's own are let through: nothing in its library turns them off.
    EXPECT_THAT(printed.text(), testing::Not(testing::HasSubstr("ALSA lib")));
}

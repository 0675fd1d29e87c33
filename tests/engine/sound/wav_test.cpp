#include "engine/sound/wav.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace engine::sound {
namespace {

using Bytes = std::vector<std::byte>;

template <typename T>
void put(Bytes& bytes, T value)
{
    std::array<std::byte, sizeof value> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    for (const std::byte byte : raw) bytes.push_back(byte);
}
void put(Bytes& bytes, const std::string& letters)
{
    for (const char c : letters) bytes.push_back(static_cast<std::byte>(c));
}

Bytes header(int tag, int channels, int rate, int bits, std::uint32_t data_bytes)
{
    Bytes bytes;
    put(bytes, std::string("RIFF"));
    put<std::uint32_t>(bytes, 36 + data_bytes);
    put(bytes, std::string("WAVEfmt "));
    put<std::uint32_t>(bytes, 16);
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(tag));
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(channels));
    put<std::uint32_t>(bytes, static_cast<std::uint32_t>(rate));
    put<std::uint32_t>(bytes, static_cast<std::uint32_t>(rate * channels * bits / 8));
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(channels * bits / 8));
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(bits));
    put(bytes, std::string("data"));
    put<std::uint32_t>(bytes, data_bytes);
    return bytes;
}

TEST(Wav, ReadsEveryWidth)
{
    Bytes u8 = header(1, 1, 8'000, 8, 3);
    for (const int v : {0, 128, 255}) u8.push_back(static_cast<std::byte>(v));
    EXPECT_EQ(parse_wav(u8, "a.wav")->samples, (std::vector<float>{-1.0f, 0.0f, 127.0f / 128.0f}));

    Bytes s16 = header(1, 2, 44'100, 16, 8);
    for (const int v : {-32'768, 16'384, 0, 32'767}) put(s16, static_cast<std::int16_t>(v));
    const auto stereo = parse_wav(s16, "a.wav");
    EXPECT_EQ(stereo->channels, 2);
    EXPECT_EQ(stereo->sample_rate_hz, 44'100);
    EXPECT_EQ(stereo->samples, (std::vector<float>{-1.0f, 0.5f, 0.0f, 32'767.0f / 32'768.0f}));

    Bytes s24 = header(1, 1, 16'000, 24, 6);
    for (const int v : {0x00, 0x00, 0x80, 0x00, 0x00, 0x40})
        s24.push_back(static_cast<std::byte>(v));
    EXPECT_EQ(parse_wav(s24, "a.wav")->samples, (std::vector<float>{-1.0f, 0.5f}));

    Bytes s32 = header(1, 1, 16'000, 32, 4);
    put<std::int32_t>(s32, -1'073'741'824);
    EXPECT_EQ(parse_wav(s32, "a.wav")->samples, (std::vector<float>{-0.5f}));

    Bytes f32 = header(3, 1, 16'000, 32, 8);
    put(f32, 0.25f);
    put(f32, std::numeric_limits<float>::quiet_NaN());
    EXPECT_EQ(parse_wav(f32, "a.wav")->samples, (std::vector<float>{0.25f, 0.0f}));

    Bytes f64 = header(3, 1, 16'000, 64, 8);
    put(f64, -0.125);
    EXPECT_EQ(parse_wav(f64, "a.wav")->samples, (std::vector<float>{-0.125f}));
}

TEST(Wav, SkipsChunksThatItDoesNotKnow)
{
    Bytes bytes;
    put(bytes, std::string("RIFF"));
    put<std::uint32_t>(bytes, 0);
    put(bytes, std::string("WAVELIST"));
    put<std::uint32_t>(bytes, 3); // odd: one byte of padding follows
    put(bytes, std::string("abc?"));
    const Bytes rest = header(1, 1, 16'000, 16, 2);
    bytes.insert(bytes.end(), rest.begin() + 12, rest.end());
    put<std::int16_t>(bytes, 16'384);
    EXPECT_EQ(parse_wav(bytes, "a.wav")->samples, (std::vector<float>{0.5f}));
}

TEST(Wav, TakesWhatACutOffRecordingHas)
{
    Bytes cut = header(1, 1, 16'000, 16, 1'000'000);
    put<std::int16_t>(cut, 16'384);
    cut.push_back(std::byte{1}); // half a sample
    EXPECT_EQ(parse_wav(cut, "a.wav")->samples, (std::vector<float>{0.5f}));

    Bytes open = header(1, 1, 16'000, 16, 0);
    put<std::int16_t>(open, 16'384);
    EXPECT_EQ(parse_wav(open, "a.wav")->samples, (std::vector<float>{0.5f}));
}

TEST(Wav, RefusesWhatMakesNoSense)
{
    const auto code = [](const Bytes& bytes) {
        const auto wav = parse_wav(bytes, "a.wav");
        return wav ? ErrorCode::Internal : wav.error().code;
    };
    EXPECT_EQ(code({}), ErrorCode::UnsupportedFile);
    EXPECT_EQ(code(header(1, 0, 16'000, 16, 0)), ErrorCode::BadFile);
    EXPECT_EQ(code(header(1, 1, 0, 16, 0)), ErrorCode::BadFile);
    EXPECT_EQ(code(header(1, 1, 2'000'000, 16, 0)), ErrorCode::BadFile);
    EXPECT_EQ(code(header(2, 1, 16'000, 16, 0)), ErrorCode::UnsupportedFile); // ADPCM
    Bytes no_data = header(1, 1, 16'000, 16, 0);
    no_data.resize(36);
    EXPECT_EQ(code(no_data), ErrorCode::BadFile);
}

// Every prefix and many single-byte changes: an error or a sound, never a crash (run under the
// sanitizers too).
TEST(Wav, SurvivesDamage)
{
    Bytes good = header(1, 2, 48'000, 24, 60);
    for (int i = 0; i < 60; ++i) good.push_back(static_cast<std::byte>(i));
    for (std::size_t size = 0; size <= good.size(); ++size) {
        const auto wav = parse_wav(std::span(good).first(size), "a.wav");
        if (wav) {
            EXPECT_LE(wav->samples.size(), 20U);
        }
    }
    for (std::size_t at = 0; at < 44; ++at) {
        for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
            Bytes damaged = good;
            damaged[at] = static_cast<std::byte>(value);
            const auto wav = parse_wav(damaged, "a.wav");
            if (wav) {
                EXPECT_LE(wav->samples.size(), 60U);
                EXPECT_GE(wav->channels, 1);
            }
        }
    }
}

TEST(Wav, SaysWhereNothingIs)
{
    EXPECT_EQ(read_wav("/nowhere/a.wav").error().code, ErrorCode::FileNotFound);
}

TEST(Wav, MixesAndResamplesForTheModels)
{
    WavSound wav{32'000, 2, {}};
    for (int i = 0; i < 3'200; ++i) {
        wav.samples.push_back(0.75f);
        wav.samples.push_back(0.25f);
    }
    const Sound sound = to_model_sound(wav);
    ASSERT_EQ(sound.samples.size(), 1'600U);
    EXPECT_NEAR(sound.samples[800], 0.5f, 1e-3f);
}

} // namespace
} // namespace engine::sound

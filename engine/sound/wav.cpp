#include "engine/sound/wav.h"

#include "engine/sound/resampler.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>

namespace engine::sound {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are copied as they lie");

constexpr int kMaxChannels = 1024;
constexpr std::uint64_t kMaxFileBytes = 4ULL << 30;
constexpr std::size_t kChunkHeader = 8; // four letters and a 32-bit size

enum class SampleKind { Unsigned8, Signed16, Signed24, Signed32, Float32, Float64 };

struct Format {
    SampleKind kind = SampleKind::Signed16;
    int channels = 0;
    int sample_rate_hz = 0;
    std::size_t sample_bytes = 0;
};

template <typename T>
T read_at(std::span<const std::byte> bytes, std::size_t at)
{
    T value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

bool has_letters(std::span<const std::byte> bytes, std::size_t at, std::string_view letters)
{
    return at + letters.size() <= bytes.size() &&
           std::memcmp(bytes.data() + at, letters.data(), letters.size()) == 0;
}

std::optional<SampleKind> sample_kind(int tag, std::size_t sample_bytes)
{
    constexpr int kPcm = 1, kFloat = 3;
    if (tag == kPcm && sample_bytes == 1) return SampleKind::Unsigned8;
    if (tag == kPcm && sample_bytes == 2) return SampleKind::Signed16;
    if (tag == kPcm && sample_bytes == 3) return SampleKind::Signed24;
    if (tag == kPcm && sample_bytes == 4) return SampleKind::Signed32;
    if (tag == kFloat && sample_bytes == 4) return SampleKind::Float32;
    if (tag == kFloat && sample_bytes == 8) return SampleKind::Float64;
    return std::nullopt;
}

Result<Format> parse_format(std::span<const std::byte> chunk, const std::string& name)
{
    if (chunk.size() < 16) {
        return fail(
            ErrorCode::BadFile,
            name + " is damaged: its format chunk has " + std::to_string(chunk.size()) +
                " bytes, at least 16 belong there.");
    }
    int tag = read_at<std::uint16_t>(chunk, 0);
    const int channels = read_at<std::uint16_t>(chunk, 2);
    const auto rate = read_at<std::uint32_t>(chunk, 4);
    const std::size_t frame_bytes = read_at<std::uint16_t>(chunk, 12);
    constexpr int kExtensible = 0xFFFE;
    // The extensible header repeats the tag as the first two bytes of a GUID.
    if (tag == kExtensible && chunk.size() >= 26) tag = read_at<std::uint16_t>(chunk, 24);

    if (channels < 1 || channels > kMaxChannels) {
        return fail(
            ErrorCode::BadFile,
            name + " claims " + std::to_string(channels) + " channels.");
    }
    if (rate < static_cast<std::uint32_t>(kMinRateHz) ||
        rate > static_cast<std::uint32_t>(kMaxRateHz)) {
        return fail(
            ErrorCode::BadFile,
            name + " claims a sample rate of " + std::to_string(rate) + " Hz.");
    }
    if (frame_bytes == 0 || frame_bytes % static_cast<std::size_t>(channels) != 0) {
        return fail(
            ErrorCode::BadFile,
            name + " is damaged: " + std::to_string(frame_bytes) +
                " bytes a frame do not divide by " + std::to_string(channels) + " channels.");
    }
    Format format;
    format.channels = channels;
    format.sample_rate_hz = static_cast<int>(rate);
    // The container counts, not the bits in use: 12-bit samples lie left-justified in 16.
    format.sample_bytes = frame_bytes / static_cast<std::size_t>(channels);
    const auto kind = sample_kind(tag, format.sample_bytes);
    if (!kind) {
        return fail(
            ErrorCode::UnsupportedFile,
            name + " holds WAV samples of kind " + std::to_string(tag) + " with " +
                std::to_string(8 * format.sample_bytes) + " bits, which this reader does not know.",
            "Convert it to 16-bit PCM, for example with ffmpeg.");
    }
    format.kind = *kind;
    return format;
}

float clean(double value)
{
    return std::isfinite(value) ? static_cast<float>(value) : 0.0f;
}

float sample_at(std::span<const std::byte> data, std::size_t at, SampleKind kind)
{
    switch (kind) {
    case SampleKind::Unsigned8:
        return (static_cast<float>(read_at<std::uint8_t>(data, at)) - 128.0f) / 128.0f;
    case SampleKind::Signed16:
        return static_cast<float>(read_at<std::int16_t>(data, at)) / 32768.0f;
    case SampleKind::Signed24: {
        const auto low = static_cast<std::uint32_t>(read_at<std::uint16_t>(data, at));
        const auto high = static_cast<std::uint32_t>(read_at<std::uint8_t>(data, at + 2));
        return static_cast<float>(static_cast<std::int32_t>(high << 24 | low << 8)) / 2147483648.0f;
    }
    case SampleKind::Signed32:
        return static_cast<float>(read_at<std::int32_t>(data, at)) / 2147483648.0f;
    case SampleKind::Float32:
        return clean(static_cast<double>(read_at<float>(data, at)));
    case SampleKind::Float64:
        return clean(read_at<double>(data, at));
    }
    return 0.0f;
}

} // namespace

Result<WavSound> parse_wav(std::span<const std::byte> bytes, std::string_view file_name)
{
    const std::string name(file_name);
    const bool known = has_letters(bytes, 0, "RIFF") || has_letters(bytes, 0, "RF64");
    if (!known || !has_letters(bytes, 8, "WAVE")) {
        return fail(
            ErrorCode::UnsupportedFile,
            name + " is not a WAV file.",
            "Convert it to WAV, or read it with percept-cli, which knows other formats.");
    }
    std::optional<Format> format;
    std::size_t at = 12;
    while (at + kChunkHeader <= bytes.size()) {
        const std::size_t claimed = read_at<std::uint32_t>(bytes, at + 4);
        const std::size_t begin = at + kChunkHeader;
        const std::size_t present = std::min(claimed, bytes.size() - begin);
        if (has_letters(bytes, at, "fmt ")) {
            auto parsed = parse_format(bytes.subspan(begin, present), name);
            if (!parsed) return tl::unexpected(parsed.error());
            format = *parsed;
        } else if (has_letters(bytes, at, "data")) {
            if (!format) {
                return fail(
                    ErrorCode::BadFile,
                    name + " is damaged: sound data before its format chunk.");
            }
            // A recorder that never came back to fill in the size leaves 0 there.
            const std::size_t size = claimed == 0 ? bytes.size() - begin : present;
            const auto data = bytes.subspan(begin, size);
            const std::size_t channels = static_cast<std::size_t>(format->channels);
            const std::size_t frames = size / (format->sample_bytes * channels);
            WavSound wav{format->sample_rate_hz, format->channels, {}};
            wav.samples.resize(frames * channels);
            for (std::size_t i = 0; i < wav.samples.size(); ++i) {
                wav.samples[i] = sample_at(data, i * format->sample_bytes, format->kind);
            }
            return wav;
        }
        at = begin + present + (claimed & 1); // chunks start at even places
    }
    return fail(
        ErrorCode::BadFile,
        name + (format ? " ends before its sound data." : " has no format chunk."),
        "The file is probably incomplete; fetch or record it again.");
}

Result<WavSound> read_wav(const std::filesystem::path& path)
{
    std::error_code error;
    const std::string name = path.filename().string();
    if (!std::filesystem::exists(path, error)) {
        return fail(
            ErrorCode::FileNotFound,
            "There is no file at " + path.string() + ".",
            "Check the path.");
    }
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error) {
        return fail(
            ErrorCode::FileUnreadable,
            path.string() + " cannot be read: " + error.message() + ".");
    }
    if (size > kMaxFileBytes) {
        return fail(
            ErrorCode::LimitExceeded,
            name + " has more than 4 GB.",
            "Cut it into shorter files, or read it with percept-cli ingest, which streams.");
    }
    std::ifstream file(path, std::ios::binary);
    std::vector<std::byte> bytes(size);
    if (!file ||
        (size > 0 &&
         !file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))) {
        return fail(
            ErrorCode::FileUnreadable,
            path.string() + " cannot be read.",
            "Check its permissions and the disk.");
    }
    return parse_wav(bytes, name);
}

Sound to_model_sound(const WavSound& wav)
{
    const auto channels = static_cast<std::size_t>(wav.channels);
    std::vector<float> mono(wav.samples.size() / channels);
    for (std::size_t i = 0; i < mono.size(); ++i) {
        double sum = 0;
        for (std::size_t c = 0; c < channels; ++c) {
            sum += static_cast<double>(wav.samples[i * channels + c]);
        }
        mono[i] = static_cast<float>(sum / static_cast<double>(channels));
    }
    return Sound{resample(mono, wav.sample_rate_hz, kSampleRateHz)};
}

} // namespace engine::sound

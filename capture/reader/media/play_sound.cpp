#include "capture/reader/media/play_sound.h"

#include <algorithm>
#include <cmath>

namespace capture::reader {
namespace {

constexpr double kRate = kPlaySampleRateHz;
constexpr std::size_t kBlock = 2'400; // 50 ms: what a change of mind costs

} // namespace

PlaySoundTrack::PlaySoundTrack(int channels, const PlayRange& range, const PlaySink& sink)
    : channels_(channels), range_(range), sink_(sink),
      tempo_(kPlaySampleRateHz, channels, range.speed), position_s_(range.start_s),
      sent_s_(range.start_s)
{
}

Result<std::unique_ptr<PlaySoundTrack>> PlaySoundTrack::open(
    const AVStream* stream,
    double zero_s,
    const PlayRange& range,
    const PlaySink& sink)
{
    const int channels = stream != nullptr && stream->codecpar->ch_layout.nb_channels > 1 ? 2 : 1;
    std::unique_ptr<PlaySoundTrack> track(new PlaySoundTrack(channels, range, sink));
    if (stream == nullptr) return track;
    auto decoder = SoundDecoder::open(
        *stream,
        zero_s,
        [&self = *track](AudioBlock block) { return self.take(std::move(block)); },
        {kPlaySampleRateHz, channels, kBlock});
    if (!decoder) return tl::unexpected(decoder.error());
    track->decoder_.emplace(std::move(*decoder));
    return track;
}

Result<bool> PlaySoundTrack::decode(const AVPacket* packet)
{
    if (!decoder_) return wanted_;
    if (auto decoded = decoder_->decode(packet); !decoded) return tl::unexpected(decoded.error());
    return wanted_;
}

/// A block of the decoder: what lies before our position is dropped, a gap before it is filled.
Result<void> PlaySoundTrack::take(AudioBlock block)
{
    if (!wanted_ || at_end()) return {};
    const auto channels = static_cast<std::size_t>(channels_);
    const std::size_t count = block.samples.size() / channels;
    const double late = std::round((position_s_ - block.start_s) * kRate);
    if (late >= static_cast<double>(count)) return {};
    if (late < 0) {
        if (auto silent = be_silent_until(block.start_s); !silent)
            return tl::unexpected(silent.error());
    }
    const auto skip = static_cast<std::size_t>(std::max(0.0, late)) * channels;
    add(std::span(block.samples).subspan(skip));
    return {};
}

Result<bool> PlaySoundTrack::be_silent_until(double time_s)
{
    const std::vector<float> silence(kBlock * static_cast<std::size_t>(channels_));
    while (wanted_ && !at_end()) {
        const double left = std::round((time_s - position_s_) * kRate);
        if (left < 1) break;
        const auto count = static_cast<std::size_t>(std::min(left, static_cast<double>(kBlock)));
        add(std::span(silence).first(count * static_cast<std::size_t>(channels_)));
    }
    return wanted_;
}

Result<bool> PlaySoundTrack::finish()
{
    tempo_.finish(made_);
    send(true);
    return wanted_;
}

void PlaySoundTrack::add(std::span<const float> samples)
{
    const auto channels = static_cast<std::size_t>(channels_);
    std::size_t count = samples.size() / channels;
    if (range_.end_s >= 0) {
        const double left = std::max(0.0, std::round((range_.end_s - position_s_) * kRate));
        if (static_cast<double>(count) > left) count = static_cast<std::size_t>(left);
    }
    tempo_.process(samples.first(count * channels), made_);
    position_s_ += static_cast<double>(count) / kRate;
    // Rounding to whole samples must not keep the end out of reach.
    if (range_.end_s >= 0 && range_.end_s - position_s_ < 1 / kRate) position_s_ = range_.end_s;
    send(false);
}

void PlaySoundTrack::send(bool all)
{
    const auto channels = static_cast<std::size_t>(channels_);
    std::size_t at = 0;
    while (wanted_) {
        const std::size_t left = (made_.size() - at) / channels;
        if (left == 0 || (left < kBlock && !all)) break;
        const std::size_t count = std::min(left, kBlock);
        PlaySound block;
        block.channels = channels_;
        block.start_s = sent_s_;
        block.end_s = sent_s_ + static_cast<double>(count) * range_.speed / kRate;
        const auto first = made_.begin() + static_cast<std::ptrdiff_t>(at);
        block.samples.assign(first, first + static_cast<std::ptrdiff_t>(count * channels));
        sent_s_ = block.end_s;
        at += count * channels;
        wanted_ = sink_.on_sound(std::move(block));
    }
    made_.erase(made_.begin(), made_.begin() + static_cast<std::ptrdiff_t>(at));
}

} // namespace capture::reader

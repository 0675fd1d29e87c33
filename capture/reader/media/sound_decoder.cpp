#include "capture/reader/media/sound_decoder.h"

#include <algorithm>
#include <cmath>

namespace capture::reader {

namespace {

constexpr double kJump_s =
    0.03; // stamps of Matroska are rounded to 1 ms, of MP3 frames to 26 ms at the worst

} // namespace

Result<SoundDecoder>
SoundDecoder::open(const AVStream& stream, double zero_s, Sink sink, SoundForm form)
{
    auto context = open_decoder(stream, 0, 1);
    if (!context) return tl::unexpected(context.error());
    SoundDecoder decoder;
    decoder.decoder_ = std::move(*context);
    decoder.frame_.reset(av_frame_alloc());
    if (!decoder.frame_) throw std::bad_alloc();
    decoder.stream_index_ = stream.index;
    decoder.time_base_ = av_q2d(stream.time_base);
    decoder.zero_s_ = zero_s;
    decoder.sink_ = std::move(sink);
    decoder.form_ = form;
    return decoder;
}

Result<void> SoundDecoder::decode(const AVPacket* packet)
{
    // A damaged packet costs its own samples; the stamps of the next one show the gap.
    if (avcodec_send_packet(decoder_.get(), packet) < 0) ++damaged_;
    while (true) {
        const int error = avcodec_receive_frame(decoder_.get(), frame_.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) break;
        if (error < 0) {
            ++damaged_;
            break;
        }
        if (auto taken = take(*frame_); !taken) return taken;
        av_frame_unref(frame_.get());
    }
    if (packet != nullptr) return {};
    if (auto rest = convert(nullptr); !rest) return rest;
    return emit(true);
}

void SoundDecoder::reset()
{
    avcodec_flush_buffers(decoder_.get());
    resampler_.reset();
    next_s_.reset();
    block_ = {};
}

Result<void> SoundDecoder::take(const AVFrame& frame)
{
    if (frame.sample_rate <= 0 || frame.nb_samples <= 0 || frame.ch_layout.nb_channels <= 0)
        return {};
    const double length_s = static_cast<double>(frame.nb_samples) / frame.sample_rate;
    const double time_s =
        frame.best_effort_timestamp == AV_NOPTS_VALUE
            ? next_s_.value_or(0)
            : static_cast<double>(frame.best_effort_timestamp) * time_base_ - zero_s_;

    if (next_s_ && time_s < *next_s_ - kJump_s) return {}; // told twice
    if (!next_s_ || time_s > *next_s_ + kJump_s) {
        if (auto started = start_block_at(time_s); !started) return started;
        next_s_ = time_s;
    }
    if (!same_format(frame)) {
        if (auto rest = convert(nullptr); !rest) return rest;
        AVChannelLayout layout{};
        if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
            av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
        else
            av_channel_layout_copy(&layout, &frame.ch_layout);
        AVChannelLayout wanted{};
        av_channel_layout_default(&wanted, form_.channels);
        SwrContext* resampler = nullptr;
        const int error = swr_alloc_set_opts2(
            &resampler,
            &wanted,
            AV_SAMPLE_FMT_FLT,
            form_.rate_hz,
            &layout,
            static_cast<AVSampleFormat>(frame.format),
            frame.sample_rate,
            0,
            nullptr);
        resampler_.reset(resampler);
        av_channel_layout_uninit(&layout);
        if (error < 0 || swr_init(resampler_.get()) < 0)
            return fail(ErrorCode::BadFile, "The sound has a form that cannot be resampled.");
        input_format_ = frame.format;
        input_rate_ = frame.sample_rate;
        input_channels_ = frame.ch_layout.nb_channels;
    }
    *next_s_ += length_s;
    return convert(&frame);
}

bool SoundDecoder::same_format(const AVFrame& frame) const
{
    return resampler_ && frame.format == input_format_ && frame.sample_rate == input_rate_ &&
           frame.ch_layout.nb_channels == input_channels_;
}

/// Resamples a frame, or with nullptr what the resampler still holds.
Result<void> SoundDecoder::convert(const AVFrame* frame)
{
    if (!resampler_) return {};
    const int input = frame != nullptr ? frame->nb_samples : 0;
    const int room = swr_get_out_samples(resampler_.get(), input) + 32;
    const auto channels = static_cast<std::size_t>(form_.channels);
    const std::size_t before = block_.samples.size();
    block_.samples.resize(before + static_cast<std::size_t>(room) * channels);
    auto* out = reinterpret_cast<std::uint8_t*>(block_.samples.data() + before);
    const int made = swr_convert(
        resampler_.get(),
        &out,
        room,
        frame != nullptr ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr,
        input);
    block_.samples.resize(before + static_cast<std::size_t>(std::max(made, 0)) * channels);
    // Float files may hold anything; what follows expects [-1, 1].
    for (std::size_t i = before; i < block_.samples.size(); ++i) {
        const float sample = block_.samples[i];
        block_.samples[i] = std::isfinite(sample) ? std::clamp(sample, -1.0f, 1.0f) : 0.0f;
    }
    if (frame == nullptr) resampler_.reset();
    return emit(false);
}

Result<void> SoundDecoder::start_block_at(double time_s)
{
    if (auto rest = convert(nullptr); !rest) return rest;
    if (auto emitted = emit(true); !emitted) return emitted;
    block_.start_s = time_s;
    return {};
}

Result<void> SoundDecoder::emit(bool all)
{
    const auto channels = static_cast<std::size_t>(form_.channels);
    const std::size_t whole = form_.block * channels;
    while (block_.samples.size() >= whole || (all && !block_.samples.empty())) {
        const std::size_t count = std::min(block_.samples.size(), whole);
        AudioBlock part{
            block_.start_s,
            {block_.samples.begin(), block_.samples.begin() + static_cast<std::ptrdiff_t>(count)}};
        block_.samples.erase(
            block_.samples.begin(),
            block_.samples.begin() + static_cast<std::ptrdiff_t>(count));
        const std::size_t sent_frames = count / channels;
        block_.start_s += static_cast<double>(sent_frames) / form_.rate_hz;
        if (auto sent = sink_(std::move(part)); !sent) return sent;
    }
    return {};
}

} // namespace capture::reader

#include "capture/reader/media/picture_decoder.h"

#include "capture/reader/media/rotate.h"

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace capture::reader {

namespace {

/// Does the first plane hold the brightness, one byte a pixel?
bool first_plane_is_luma(int format)
{
    const AVPixFmtDescriptor* described = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
    return described != nullptr &&
           (described->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) == 0 &&
           described->comp[0].depth == 8 && described->comp[0].step == 1 &&
           described->comp[0].plane == 0;
}

/// Many bits a pixel: slow to decode, and so finely quantised that smoothing the edges of blocks
/// (a quarter of the time) changes little.
bool is_costly(const AVStream& stream, std::int64_t bits_per_s)
{
    constexpr double kManyBits = 0.1; // a usual film of 1080p has 0.05
    const AVCodecParameters& parameters = *stream.codecpar;
    if (parameters.bit_rate > 0) bits_per_s = parameters.bit_rate;
    const double rate = stream.avg_frame_rate.den > 0 ? av_q2d(stream.avg_frame_rate) : 25;
    const double pixels_per_s = std::max(1.0, rate) * parameters.width * parameters.height;
    return static_cast<double>(bits_per_s) > kManyBits * pixels_per_s;
}

} // namespace

Result<PictureDecoder>
PictureDecoder::open(const AVStream& stream, double zero_s, const Options& options, Sink sink)
{
    auto context = open_decoder(stream, options.max_pixels, 2);
    if (!context) return tl::unexpected(context.error());
    PictureDecoder decoder;
    decoder.decoder_ = std::move(*context);
    // Pictures that no other one needs are not decoded: a third of the time, and a change is seen
    // 33 ms later.
    if (!options.every_frame) {
        decoder.decoder_->skip_frame = AVDISCARD_NONREF;
        if (is_costly(stream, options.bits_per_s))
            decoder.decoder_->skip_loop_filter = AVDISCARD_NONKEY;
    }
    decoder.frame_.reset(av_frame_alloc());
    if (!decoder.frame_) throw std::bad_alloc();
    decoder.options_ = options;
    decoder.sink_ = std::move(sink);
    decoder.stream_index_ = stream.index;
    decoder.to_rgb_ = PictureScaler(stream, options.max_width_px);
    decoder.time_base_ = av_q2d(stream.time_base);
    decoder.zero_s_ = zero_s;
    return decoder;
}

Result<void> PictureDecoder::decode(const AVPacket* packet)
{
    if (avcodec_send_packet(decoder_.get(), packet) < 0) ++damaged_;
    while (true) {
        const int error = avcodec_receive_frame(decoder_.get(), frame_.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
        if (error < 0) {
            ++damaged_;
            return {};
        }
        if (auto taken = take(*frame_); !taken) return taken;
        av_frame_unref(frame_.get());
    }
}

Result<void> PictureDecoder::take(const AVFrame& frame)
{
    if (frame.width <= 0 || frame.height <= 0 || frame.best_effort_timestamp == AV_NOPTS_VALUE)
        return {};
    const double time_s =
        std::max(0.0, static_cast<double>(frame.best_effort_timestamp) * time_base_ - zero_s_);
    position_s_ = time_s;
    if (time_s < options_.start_s || (options_.end_s >= 0 && time_s >= options_.end_s)) return {};
    if (!options_.every_frame) {
        if (looked_at_s_ && time_s < *looked_at_s_ + SceneDetector::kInterval_s &&
            time_s >= *looked_at_s_)
            return {};
        looked_at_s_ = time_s;
        if (!scenes_.keep(time_s, luma(frame))) return {};
    }
    auto picture = to_rgb_.scaled(frame);
    if (!picture) return tl::unexpected(picture.error());
    GrayPicture full;
    if (options_.want_gray) {
        auto made = gray(frame);
        if (!made) return tl::unexpected(made.error());
        full = std::move(*made);
    }
    return sink_(time_s, std::move(*picture), std::move(full));
}

Luma PictureDecoder::luma(const AVFrame& frame)
{
    if (first_plane_is_luma(frame.format))
        return luma_of(frame.data[0], frame.linesize[0], frame.width, frame.height);
    Luma luma;
    if (!scale(
            to_luma_,
            frame,
            AV_PIX_FMT_GRAY8,
            Luma::kColumns,
            Luma::kRows,
            Luma::kColumns,
            SWS_AREA,
            luma.cells.data()))
        return {};
    return luma;
}

Result<GrayPicture> PictureDecoder::gray(const AVFrame& frame)
{
    GrayPicture full;
    full.width_px = frame.width;
    full.height_px = frame.height;
    const auto width = static_cast<std::size_t>(frame.width);
    full.gray.resize(width * static_cast<std::size_t>(frame.height));
    if (first_plane_is_luma(frame.format)) {
        for (int y = 0; y < frame.height; ++y)
            std::copy_n(
                frame.data[0] + std::ptrdiff_t{y} * frame.linesize[0],
                width,
                full.gray.begin() + std::ptrdiff_t{y} * frame.width);
    } else {
        const int stride = (frame.width + 63) / 64 * 64;
        std::vector<std::uint8_t> padded(
            static_cast<std::size_t>(stride) * static_cast<std::size_t>(frame.height) + 64);
        if (auto done = scale(
                to_gray_,
                frame,
                AV_PIX_FMT_GRAY8,
                frame.width,
                frame.height,
                stride,
                SWS_POINT,
                padded.data());
            !done)
            return tl::unexpected(done.error());
        for (int y = 0; y < frame.height; ++y)
            std::copy_n(
                padded.begin() + std::ptrdiff_t{y} * stride,
                width,
                full.gray.begin() + std::ptrdiff_t{y} * frame.width);
    }
    rotate(full.gray, full.width_px, full.height_px, 1, to_rgb_.quarter_turns());
    return full;
}

} // namespace capture::reader

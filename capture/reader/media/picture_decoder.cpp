#include "capture/reader/media/picture_decoder.h"

#include "capture/reader/media/rotate.h"

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

namespace capture::reader {

namespace {

/// Clockwise quarter turns that a phone's display matrix asks for.
int quarter_turns_of(const AVStream& stream)
{
    std::size_t size = 0;
    const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
    const double degrees = -av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
    if (!std::isfinite(degrees)) return 0;
    return ((static_cast<int>(std::lround(degrees / 90)) % 4) + 4) % 4;
}

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

Result<void> scale(
    AvPtr<SwsContext>& context,
    const AVFrame& frame,
    AVPixelFormat format,
    int width,
    int height,
    int stride,
    int how,
    std::uint8_t* pixels)
{
    context.reset(sws_getCachedContext(
        context.release(),
        frame.width,
        frame.height,
        static_cast<AVPixelFormat>(frame.format),
        width,
        height,
        format,
        how,
        nullptr,
        nullptr,
        nullptr));
    if (!context)
        return fail(ErrorCode::BadFile, "The video's pixels have a form that cannot be converted.");
    std::uint8_t* planes[4] = {pixels, nullptr, nullptr, nullptr};
    const int strides[4] = {stride, 0, 0, 0};
    if (sws_scale(context.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) !=
        height)
        return fail(ErrorCode::BadFile, "A picture of the video could not be scaled.");
    return {};
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
    decoder.quarter_turns_ = quarter_turns_of(stream);
    const AVRational aspect = stream.codecpar->sample_aspect_ratio;
    if (aspect.num > 0 && aspect.den > 0)
        decoder.pixel_aspect_ = std::clamp(av_q2d(aspect), 0.1, 10.0);
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
    auto picture = scaled(frame);
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

Result<Picture> PictureDecoder::scaled(const AVFrame& frame)
{
    const double width = frame.width * pixel_aspect_;
    const bool odd = quarter_turns_ % 2 == 1;
    const double limit =
        std::min(1.0, options_.max_width_px / (odd ? double(frame.height) : width));
    Picture picture;
    picture.width_px = std::max(1, static_cast<int>(std::lround(width * limit)));
    picture.height_px = std::max(1, static_cast<int>(std::lround(frame.height * limit)));
    // The scaler may write past a row's end, up to its vector length; rows are packed again below.
    const int stride = (picture.width_px * 3 + 63) / 64 * 64;
    std::vector<std::uint8_t> padded(
        static_cast<std::size_t>(stride) * static_cast<std::size_t>(picture.height_px) + 64);
    if (auto done = scale(
            to_rgb_,
            frame,
            AV_PIX_FMT_RGB24,
            picture.width_px,
            picture.height_px,
            stride,
            SWS_BILINEAR,
            padded.data());
        !done)
        return tl::unexpected(done.error());
    const std::size_t row = static_cast<std::size_t>(picture.width_px) * 3;
    picture.rgb.resize(row * static_cast<std::size_t>(picture.height_px));
    for (int y = 0; y < picture.height_px; ++y)
        std::copy_n(
            padded.begin() + std::ptrdiff_t{y} * stride,
            row,
            picture.rgb.begin() + std::ptrdiff_t{y} * static_cast<std::ptrdiff_t>(row));
    rotate(picture.rgb, picture.width_px, picture.height_px, 3, quarter_turns_);
    return picture;
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
    rotate(full.gray, full.width_px, full.height_px, 1, quarter_turns_);
    return full;
}

} // namespace capture::reader

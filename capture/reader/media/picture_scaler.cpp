#include "capture/reader/media/picture_scaler.h"

#include "capture/reader/media/rotate.h"

#include <algorithm>
#include <cmath>
#include <vector>

extern "C" {
#include <libavutil/display.h>
}

namespace capture::reader {

int quarter_turns_of(const AVStream& stream)
{
    std::size_t size = 0;
    const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
    const double degrees = -av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
    if (!std::isfinite(degrees)) return 0;
    return ((static_cast<int>(std::lround(degrees / 90)) % 4) + 4) % 4;
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

PictureScaler::PictureScaler(const AVStream& stream, int max_width_px)
    : max_width_px_(max_width_px), quarter_turns_(quarter_turns_of(stream))
{
    const AVRational aspect = stream.codecpar->sample_aspect_ratio;
    if (aspect.num > 0 && aspect.den > 0) pixel_aspect_ = std::clamp(av_q2d(aspect), 0.1, 10.0);
}

Result<Picture> PictureScaler::scaled(const AVFrame& frame)
{
    const double width = frame.width * pixel_aspect_;
    const bool odd = quarter_turns_ % 2 == 1;
    const double limit = std::min(1.0, max_width_px_ / (odd ? double(frame.height) : width));
    Picture picture;
    picture.width_px = std::max(1, static_cast<int>(std::lround(width * limit)));
    picture.height_px = std::max(1, static_cast<int>(std::lround(frame.height * limit)));
    // Without a change of size sixteen pixels are converted at a time, and those at the end of a
    // row only where it has room for all sixteen: they would stay black. It may also write past a
    // row's end, up to its vector length; rows are packed again below.
    const int whole_width = (picture.width_px + 15) / 16 * 16;
    const int stride = (whole_width * 3 + 63) / 64 * 64;
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

} // namespace capture::reader

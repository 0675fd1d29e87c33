#pragma once

#include "capture/reader/media/av.h"
#include "capture/types.h"

#include <cstdint>

namespace capture::reader {

/// Converts `frame` into one plane or packed pixels of `format`; `context` is kept between calls of
/// the same sizes. Rows are `stride` bytes apart, and the last one is followed by 64 spare bytes.
Result<void> scale(
    AvPtr<SwsContext>& context,
    const AVFrame& frame,
    AVPixelFormat format,
    int width,
    int height,
    int stride,
    int how,
    std::uint8_t* pixels);

/// Clockwise quarter turns that a phone's display matrix asks for.
int quarter_turns_of(const AVStream& stream);

/// Decoded frames of one stream as RGB pictures: upright, in square pixels, no wider than asked
/// for.
class PictureScaler {
public:
    PictureScaler() = default;
    PictureScaler(const AVStream& stream, int max_width_px);

    Result<Picture> scaled(const AVFrame& frame);
    int quarter_turns() const { return quarter_turns_; }
    void set_max_width(int max_width_px) { max_width_px_ = max_width_px; }

private:
    AvPtr<SwsContext> to_rgb_;
    int max_width_px_ = 1280;
    int quarter_turns_ = 0;
    double pixel_aspect_ = 1;
};

} // namespace capture::reader

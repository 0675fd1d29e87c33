#pragma once

#include "capture/reader/media/av.h"
#include "capture/reader/media/picture_scaler.h"
#include "capture/reader/media/scene_detector.h"
#include "capture/types.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace capture::reader {

/// Brightness of a whole picture, for the OCR: full size, rows top down, no padding, upright.
struct GrayPicture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> gray;
};

/// Turns the packets of one video stream into the pictures worth keeping (or all of them), upright,
/// in square pixels.
class PictureDecoder {
public:
    /// `full` is empty unless want_gray was asked for.
    using Sink = std::function<Result<void>(double time_s, Picture picture, GrayPicture full)>;
    struct Options {
        int max_width_px = 1280;
        std::int64_t max_pixels = 100'000'000;
        bool every_frame = false; // for a player; else by SceneDetector
        bool want_gray = false;
        std::int64_t bits_per_s = 0; // of the whole file; 0: unknown
        double start_s = 0;          // earlier pictures are decoded but not sent
        double end_s = -1;
    };
    static Result<PictureDecoder>
    open(const AVStream& stream, double zero_s, const Options& options, Sink sink);

    /// nullptr ends the stream.
    Result<void> decode(const AVPacket* packet);
    double position_s() const { return position_s_; }
    int damaged_packets() const { return damaged_; }
    int stream_index() const { return stream_index_; }

private:
    PictureDecoder() = default;
    Result<void> take(const AVFrame& frame);
    Luma luma(const AVFrame& frame);
    Result<GrayPicture> gray(const AVFrame& frame);

    AvPtr<AVCodecContext> decoder_;
    AvPtr<AVFrame> frame_;
    PictureScaler to_rgb_;
    AvPtr<SwsContext> to_luma_, to_gray_;
    Options options_;
    Sink sink_;
    SceneDetector scenes_;
    int stream_index_ = 0;
    double time_base_ = 0, zero_s_ = 0;
    double position_s_ = 0;
    std::optional<double> looked_at_s_;
    int damaged_ = 0;
};

} // namespace capture::reader

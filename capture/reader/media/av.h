#pragma once

#include "capture/result.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

namespace capture::reader {

/// FFmpeg's objects, each freed by its own function.
struct AvFree {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(SwrContext* resampler) const { swr_free(&resampler); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
template <typename T>
using AvPtr = std::unique_ptr<T, AvFree>;

/// "Invalid data found when processing input"
std::string av_message(int error);

/// A decoder for one stream, opened with bounds on picture size. Errors: UnsupportedFile,
/// LimitExceeded.
Result<AvPtr<AVCodecContext>>
open_decoder(const AVStream& stream, std::int64_t max_pixels, int threads);

} // namespace capture::reader

#pragma once

#include "capture/reader/media/av.h"
#include "capture/types.h"

#include <functional>
#include <optional>

namespace capture::reader {

/// What comes out of a SoundDecoder: by default what the recogniser hears.
struct SoundForm {
    int rate_hz = 16'000;
    int channels = 1;           // 1 or 2, interleaved
    std::size_t block = 16'000; // samples of each channel in a block
};

/// Turns the packets of one audio stream into float samples on the time line of the file.
/// Times come from the stream's own stamps: a jump of more than 30 ms starts a new block at the
/// stamp, so a gap stays a gap; what overlaps the past is dropped.
class SoundDecoder {
public:
    /// `zero_s` is the file's first time stamp. Blocks are of form.block samples, or shorter
    /// before a jump and at the end.
    using Sink = std::function<Result<void>(AudioBlock)>;
    static Result<SoundDecoder>
    open(const AVStream& stream, double zero_s, Sink sink, SoundForm form = {});

    /// nullptr ends the stream: what decoder and resampler still hold comes out.
    Result<void> decode(const AVPacket* packet);
    /// After a seek: forget what is in flight.
    void reset();
    double position_s() const { return next_s_.value_or(0); }
    int damaged_packets() const { return damaged_; }
    int stream_index() const { return stream_index_; }

private:
    SoundDecoder() = default;
    Result<void> take(const AVFrame& frame);
    Result<void> convert(const AVFrame* frame);
    Result<void> emit(bool all);
    Result<void> start_block_at(double time_s);
    bool same_format(const AVFrame& frame) const;

    AvPtr<AVCodecContext> decoder_;
    AvPtr<AVFrame> frame_;
    AvPtr<SwrContext> resampler_;
    int input_format_ = -1, input_rate_ = 0, input_channels_ = 0;
    int stream_index_ = 0;
    double time_base_ = 0, zero_s_ = 0;
    Sink sink_;
    SoundForm form_;
    std::optional<double> next_s_; // time of the next decoded input sample
    AudioBlock block_;
    int damaged_ = 0;
};

} // namespace capture::reader

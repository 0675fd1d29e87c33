#pragma once

#include "capture/reader/media/picture_scaler.h"
#include "capture/reader/media/play_sink.h"
#include "capture/reader/media/stream_seek.h"
#include "capture/reader_client.h"

#include <deque>
#include <optional>

namespace capture::reader {

/// Finds single frames of a video by time, exactly, and keeps its place: the last frames stay, so
/// that a step back is as quick as a step ahead.
class FrameFinder {
public:
    /// `stream` is the index of the video. The format outlives the finder.
    FrameFinder(AVFormatContext& format, int stream, double zero_s, std::int64_t max_pixels);

    /// The frame, after an earlier one where many lie between. nullopt: nobody wants it any more.
    /// Errors: BadFile (no picture can be decoded), those of the decoder.
    Result<std::optional<PlayFrame>> find(const FrameQuery& query, const PlaySink& sink);
    /// Somebody else moved the demuxer: the next search starts with a seek.
    void lose_place();

private:
    struct Kept {
        double time_s = 0;
        AvPtr<AVFrame> frame;
    };
    /// Which kept frame answers; nullopt: more must be decoded first.
    std::optional<std::size_t> answer(const FrameQuery& query) const;
    bool is_ahead_of(double time_s) const;
    Result<void> go_to(double time_s);
    Result<bool> decode_until(const FrameQuery& query, const PlaySink& sink);
    void look_ahead(double time_s);
    AvPtr<AVPacket> next_packet();
    void decode_one();
    void keep(AvPtr<AVFrame> frame);
    Result<PlayFrame> picture_of(const AVFrame& frame, bool exact);

    AVFormatContext& format_;
    AVStream& stream_;
    double zero_s_;
    std::int64_t max_pixels_;
    AvPtr<AVCodecContext> decoder_;
    PictureScaler scaler_;
    std::deque<Kept> frames_; // consecutive, times ascend
    std::size_t max_kept_ = 16;
    PacketQueue packets_;       // read, not decoded
    double needed_from_s_ = -1; // before it, pictures that no other one needs were left out
    bool at_start_ = false;     // frames_ begins, or began, at the first frame of the file
    bool at_end_ = false;       // the last of frames_ is the last of the file
};

} // namespace capture::reader

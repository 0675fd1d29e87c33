#pragma once

#include "capture/reader/media/picture_scaler.h"
#include "capture/reader/media/play_sink.h"
#include "capture/reader_client.h"

#include <chrono>
#include <memory>

namespace capture::reader {

/// The moving pictures of a stretch that is played: the one that shows at its start, then as many
/// as are asked for. A decoder that falls behind skips pictures that no other one needs, then all
/// but key frames.
class PlayPictureTrack {
public:
    /// Errors: those of the decoder.
    static Result<std::unique_ptr<PlayPictureTrack>> open(
        const AVStream& stream,
        double zero_s,
        std::int64_t max_pixels,
        const PlayRange& range,
        const PlaySink& sink);

    /// nullptr: the stream has ended. False: nobody wants more.
    Result<bool> decode(const AVPacket* packet);
    /// All pictures that begin before this are sent; the start of the range until one has begun.
    double position_s() const { return position_s_; }
    bool has_begun() const { return begun_; } // the picture of the start is sent
    /// The first decoded picture lies behind the start: the seek went too far.
    bool came_too_late() const { return came_too_late_; }
    void accept_late() { accepts_late_ = true; } // there is nothing earlier
    /// Earlier pictures only matter as far as later ones are made of them.
    void need_from(double time_s) { needed_from_s_ = time_s; }
    /// Lets time pass without pictures.
    void skip_to(double time_s);
    bool at_end() const { return ended_; }
    int stream_index() const { return stream_index_; }
    int damaged_packets() const { return damaged_; }

private:
    using Clock = std::chrono::steady_clock;

    PlayPictureTrack(const PlayRange& range, const PlaySink& sink) : range_(range), sink_(sink) {}
    Result<void> take(AvPtr<AVFrame> frame);
    Result<void> begin();
    Result<void> send(const AVFrame& frame, bool exact);
    double time_of(const AVFrame& frame) const;
    void keep_pace();

    PlayRange range_;
    const PlaySink& sink_;
    AvPtr<AVCodecContext> decoder_;
    AvPtr<AVFrame> held_; // the last one before the start
    PictureScaler scaler_;
    int stream_index_ = 0;
    double time_base_ = 0, zero_s_ = 0;
    double position_s_ = 0;
    double due_s_ = -1; // of the next one
    double needed_from_s_ = -1;
    bool saw_one_ = false, begun_ = false, ended_ = false, wanted_ = true, came_too_late_ = false;
    bool accepts_late_ = false;
    int damaged_ = 0;
    // How fast this machine decodes: seconds of the source against seconds of work.
    Clock::duration worked_{};
    Clock::duration waited_{}; // for room, inside the present call
    double measured_from_s_ = 0;
    int skip_level_ = 0;
};

} // namespace capture::reader

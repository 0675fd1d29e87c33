#include "capture/reader/media/play_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace capture::reader {
namespace {

constexpr double kFarAhead_s = 0.25; // as much decoding before the start is worth a first glance
constexpr double kLate_s = 0.05;
constexpr auto kMeasured = std::chrono::milliseconds(400);
constexpr double kSpare = 1.15; // decoding as fast as playing is too slow: the player paints, too
constexpr double kPlenty = 3;

constexpr std::array kSkip{AVDISCARD_DEFAULT, AVDISCARD_NONREF, AVDISCARD_NONKEY};

} // namespace

Result<std::unique_ptr<PlayPictureTrack>> PlayPictureTrack::open(
    const AVStream& stream,
    double zero_s,
    std::int64_t max_pixels,
    const PlayRange& range,
    const PlaySink& sink)
{
    auto context = open_decoder(stream, max_pixels, 2);
    if (!context) return tl::unexpected(context.error());
    std::unique_ptr<PlayPictureTrack> track(new PlayPictureTrack(range, sink));
    track->decoder_ = std::move(*context);
    track->scaler_ = PictureScaler(stream, range.max_frame_width_px);
    track->stream_index_ = stream.index;
    track->time_base_ = av_q2d(stream.time_base);
    track->zero_s_ = zero_s;
    track->position_s_ = range.start_s;
    return track;
}

double PlayPictureTrack::time_of(const AVFrame& frame) const
{
    return std::max(0.0, static_cast<double>(frame.best_effort_timestamp) * time_base_ - zero_s_);
}

Result<bool> PlayPictureTrack::decode(const AVPacket* packet)
{
    if (ended_ || !wanted_) return wanted_;
    const auto began = Clock::now();
    const bool on_the_way =
        packet != nullptr && packet->pts != AV_NOPTS_VALUE &&
        static_cast<double>(packet->pts) * time_base_ - zero_s_ < needed_from_s_ - 1e-6;
    decoder_->skip_frame =
        on_the_way ? AVDISCARD_NONREF : kSkip[static_cast<std::size_t>(skip_level_)];
    if (avcodec_send_packet(decoder_.get(), packet) < 0) ++damaged_;
    while (wanted_ && !ended_ && !came_too_late_) {
        AvPtr<AVFrame> frame(av_frame_alloc());
        if (!frame) throw std::bad_alloc();
        const int error = avcodec_receive_frame(decoder_.get(), frame.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) break;
        if (error < 0) {
            ++damaged_;
            break;
        }
        if (auto taken = take(std::move(frame)); !taken) return tl::unexpected(taken.error());
    }
    if (packet == nullptr) {
        if (auto first = begin(); !first) return tl::unexpected(first.error());
        ended_ = true;
    }
    worked_ += Clock::now() - began - waited_;
    waited_ = {};
    keep_pace();
    return wanted_;
}

Result<void> PlayPictureTrack::take(AvPtr<AVFrame> frame)
{
    if (frame->width <= 0 || frame->height <= 0 || frame->best_effort_timestamp == AV_NOPTS_VALUE)
        return {};
    const double time_s = time_of(*frame);
    const bool is_first = !saw_one_;
    saw_one_ = true;
    if (time_s < range_.start_s) {
        if (is_first && range_.start_s - time_s > kFarAhead_s) {
            if (auto sent = send(*frame, false); !sent) return sent;
        }
        held_ = std::move(frame);
        return {};
    }
    came_too_late_ = is_first && !accepts_late_ && time_s > range_.start_s + kLate_s;
    if (came_too_late_) return {};
    // One that starts within a millisecond of the start is the picture of the start.
    if (time_s < range_.start_s + 1e-3) held_.reset();
    if (auto first = begin(); !first) return first;
    position_s_ = std::max(position_s_, time_s);
    if (range_.end_s >= 0 && time_s >= range_.end_s) {
        ended_ = true;
        return {};
    }
    const double interval_s = range_.speed / range_.max_frames_per_s;
    constexpr double kTolerance_s = 2e-3; // stamps of Matroska are rounded to 1 ms
    if (time_s < due_s_ - kTolerance_s) return {};
    due_s_ = time_s > due_s_ + interval_s ? time_s + interval_s : due_s_ + interval_s;
    return send(*frame, true);
}

/// The picture that shows at the start.
Result<void> PlayPictureTrack::begin()
{
    if (begun_) return {};
    begun_ = true;
    worked_ = {};
    measured_from_s_ = position_s_;
    if (!held_) return {};
    const AvPtr<AVFrame> frame = std::move(held_);
    return send(*frame, true);
}

Result<void> PlayPictureTrack::send(const AVFrame& frame, bool exact)
{
    auto picture = scaler_.scaled(frame);
    if (!picture) return tl::unexpected(picture.error());
    const double time_s = time_of(frame);
    const auto began = Clock::now();
    wanted_ = sink_.on_frame({time_s, exact, std::move(*picture)});
    waited_ += Clock::now() - began;
    return {};
}

void PlayPictureTrack::skip_to(double time_s)
{
    begun_ = true;
    position_s_ = std::max(position_s_, time_s);
}

void PlayPictureTrack::keep_pace()
{
    if (!begun_ || worked_ < kMeasured) return;
    const double worked_s = std::chrono::duration<double>(worked_).count();
    const double pace = (position_s_ - measured_from_s_) / worked_s / range_.speed;
    if (pace < kSpare && skip_level_ + 1 < static_cast<int>(kSkip.size())) ++skip_level_;
    if (pace > kPlenty && skip_level_ > 0) --skip_level_;
    worked_ = {};
    measured_from_s_ = position_s_;
}

} // namespace capture::reader

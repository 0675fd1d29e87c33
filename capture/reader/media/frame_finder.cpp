#include "capture/reader/media/frame_finder.h"

#include "capture/reader/media/stream_seek.h"

#include <algorithm>

namespace capture::reader {
namespace {

constexpr double kFarAhead_s = 0.25; // as much decoding is worth a first glance
constexpr double kSame_s = 5e-4;     // stamps of one frame, rounded twice, differ less
constexpr double kNearAhead_s = 1;   // decoding so far costs less than a seek
constexpr std::int64_t kKeptBytes = 64 << 20;

} // namespace

FrameFinder::FrameFinder(
    AVFormatContext& format,
    int stream,
    double zero_s,
    std::int64_t max_pixels)
    : format_(format), stream_(*format.streams[stream]), zero_s_(zero_s), max_pixels_(max_pixels),
      scaler_(stream_, 1280)
{
    // 4:2:0 of 8 bits takes 1.5 bytes a pixel.
    const std::int64_t bytes =
        std::int64_t{stream_.codecpar->width} * stream_.codecpar->height * 3 / 2;
    if (bytes > 0)
        max_kept_ = static_cast<std::size_t>(std::clamp<std::int64_t>(kKeptBytes / bytes, 3, 16));
}

Result<std::optional<PlayFrame>> FrameFinder::find(const FrameQuery& query, const PlaySink& sink)
{
    if (!decoder_) {
        auto opened = open_decoder(stream_, max_pixels_, 2);
        if (!opened) return tl::unexpected(opened.error());
        decoder_ = std::move(*opened);
    }
    scaler_.set_max_width(query.max_frame_width_px);
    keep_streams(format_, stream_.index, -1);
    if (!answer(query) && !is_ahead_of(query.time_s)) {
        // Where the container's index is wrong, the first frame comes late: try from earlier on.
        constexpr double kEarlier_s[] = {0, 3, 15, 1e9};
        // The frame before is wanted as well.
        const double back_s = query.choice == FrameChoice::Previous ? 2 * kSame_s : 0;
        for (const double earlier_s : kEarlier_s) {
            const double seek_s = query.time_s - back_s - earlier_s;
            if (auto gone = go_to(seek_s); !gone) return tl::unexpected(gone.error());
            look_ahead(query.time_s);
            const auto wanted = decode_until(query, sink);
            if (!wanted) return tl::unexpected(wanted.error());
            if (!*wanted) return std::nullopt;
            if (answer(query) || seek_s <= 0) break;
        }
    } else {
        const auto wanted = decode_until(query, sink);
        if (!wanted) return tl::unexpected(wanted.error());
        if (!*wanted) return std::nullopt;
    }
    if (frames_.empty())
        return fail(ErrorCode::BadFile, "No picture of this part of the video can be decoded.");
    const std::size_t index = answer(query).value_or(0);
    auto picture = picture_of(*frames_[index].frame, true);
    if (!picture) return tl::unexpected(picture.error());
    return std::optional<PlayFrame>(std::move(*picture));
}

std::optional<std::size_t> FrameFinder::answer(const FrameQuery& query) const
{
    if (frames_.empty()) return std::nullopt;
    const double limit_s =
        query.choice == FrameChoice::Previous ? query.time_s - kSame_s : query.time_s + kSame_s;
    const auto after = std::find_if(frames_.begin(), frames_.end(), [&](const Kept& kept) {
        return query.choice == FrameChoice::Previous ? kept.time_s >= limit_s
                                                     : kept.time_s > limit_s;
    });
    const auto index = static_cast<std::size_t>(after - frames_.begin());
    const bool has_after = after != frames_.end();
    if (query.choice == FrameChoice::Next) {
        if (has_after && (index > 0 || at_start_)) return index;
        return at_end_ ? std::optional(frames_.size() - 1) : std::nullopt;
    }
    // The last one before the limit is certain once one behind it is known.
    if (!has_after && !at_end_) return std::nullopt;
    if (index > 0) return index - 1;
    return at_start_ ? std::optional<std::size_t>(0) : std::nullopt;
}

/// Is it cheaper to decode on from here than to seek?
bool FrameFinder::is_ahead_of(double time_s) const
{
    if (frames_.empty() || at_end_ || time_s < frames_.back().time_s - kSame_s) return false;
    if (time_s < frames_.back().time_s + kNearAhead_s) return true;
    const double key_s = key_frame_before(stream_, time_s, zero_s_);
    return key_s >= 0 && key_s < frames_.back().time_s;
}

Result<void> FrameFinder::go_to(double time_s)
{
    avcodec_flush_buffers(decoder_.get());
    lose_place();
    at_start_ = time_s <= 0;
    return seek_before(format_, stream_.index, time_s, zero_s_);
}

void FrameFinder::lose_place()
{
    frames_.clear();
    packets_.clear();
    needed_from_s_ = -1;
    at_end_ = false;
}

/// Finds out which pictures from here to the wanted one can be passed over. The last ones before it
/// are decoded in any case: the next steps may go there.
void FrameFinder::look_ahead(double time_s)
{
    constexpr double kReordered_s = 0.5; // pictures are stored in another order than shown
    constexpr std::int64_t kMostBytes = 32 << 20;
    std::int64_t bytes = 0;
    double reached_s = -1;
    while (reached_s < time_s + kReordered_s) {
        AvPtr<AVPacket> packet = next_packet();
        if (!packet) break;
        bytes += packet->size;
        reached_s = std::max(reached_s, time_of(*packet, stream_, zero_s_));
        packets_.push_back(std::move(packet));
        if (bytes > kMostBytes) return;
    }
    needed_from_s_ = needed_from(packets_, stream_, zero_s_, time_s, max_kept_);
}

/// nullptr: the end of the file.
AvPtr<AVPacket> FrameFinder::next_packet()
{
    while (true) {
        AvPtr<AVPacket> packet(av_packet_alloc());
        if (!packet) throw std::bad_alloc();
        if (av_read_frame(&format_, packet.get()) < 0) return nullptr;
        if (packet->stream_index == stream_.index) return packet;
    }
}

/// Until the question can be answered. False: nobody wants the answer.
Result<bool> FrameFinder::decode_until(const FrameQuery& query, const PlaySink& sink)
{
    bool looked = !frames_.empty();
    while (!answer(query) && !at_end_) {
        if (!sink.wanted()) {
            lose_place(); // packets may be inside the decoder
            return false;
        }
        decode_one();
        if (frames_.empty()) continue;
        // The seek went too far: no need to go on.
        if (frames_.front().time_s > query.time_s + kSame_s && !at_start_) return true;
        if (looked) continue;
        looked = true;
        if (query.time_s - frames_.back().time_s < kFarAhead_s) continue;
        auto glance = picture_of(*frames_.back().frame, false);
        if (!glance) return tl::unexpected(glance.error());
        if (!sink.on_frame(std::move(*glance))) {
            lose_place();
            return false;
        }
    }
    return true;
}

/// One packet into the decoder, and out what it gives.
void FrameFinder::decode_one()
{
    AvPtr<AVPacket> packet;
    if (packets_.empty()) {
        packet = next_packet();
    } else {
        packet = std::move(packets_.front());
        packets_.pop_front();
    }
    const bool ended = packet == nullptr;
    const bool passed_over =
        !ended && time_of(*packet, stream_, zero_s_) < needed_from_s_ - kSame_s;
    decoder_->skip_frame = passed_over ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    // A damaged packet costs its own picture.
    avcodec_send_packet(decoder_.get(), packet.get());
    while (true) {
        AvPtr<AVFrame> frame(av_frame_alloc());
        if (!frame) throw std::bad_alloc();
        if (avcodec_receive_frame(decoder_.get(), frame.get()) < 0) break;
        keep(std::move(frame));
    }
    at_end_ = ended;
}

void FrameFinder::keep(AvPtr<AVFrame> frame)
{
    if (frame->width <= 0 || frame->height <= 0 || frame->best_effort_timestamp == AV_NOPTS_VALUE)
        return;
    const double time_s = std::max(
        0.0,
        static_cast<double>(frame->best_effort_timestamp) * av_q2d(stream_.time_base) - zero_s_);
    if (!frames_.empty() && time_s <= frames_.back().time_s) return; // told twice
    // Steps back need frames that follow one another.
    if (time_s >= needed_from_s_ - kSame_s && !frames_.empty() &&
        frames_.front().time_s < needed_from_s_ - kSame_s) {
        frames_.clear();
        at_start_ = false;
    }
    frames_.push_back({time_s, std::move(frame)});
    if (frames_.size() > max_kept_) {
        frames_.pop_front();
        at_start_ = false;
    }
}

Result<PlayFrame> FrameFinder::picture_of(const AVFrame& frame, bool exact)
{
    auto picture = scaler_.scaled(frame);
    if (!picture) return tl::unexpected(picture.error());
    const double time_s = std::max(
        0.0,
        static_cast<double>(frame.best_effort_timestamp) * av_q2d(stream_.time_base) - zero_s_);
    return PlayFrame{time_s, exact, std::move(*picture)};
}

} // namespace capture::reader

#include "capture/reader/media/play_loop.h"

#include <algorithm>
#include <string>

namespace capture::reader {
namespace {

constexpr double kSoundAhead_s = 0.4; // of playing time, before the pictures
constexpr double kRunUp_s = 0.5;      // codecs that carry state are right by then
constexpr double kFetchAhead_s = 10;  // how far apart a file may mix what belongs together
constexpr std::int64_t kQueueBytes = 32 << 20;

} // namespace

PlayLoop::PlayLoop(
    AVFormatContext& format,
    double zero_s,
    int video,
    int audio,
    std::int64_t max_pixels,
    const PlayRange& range,
    const PlaySink& sink)
    : format_(format), zero_s_(zero_s), video_(range.frames ? video : -1), audio_(audio),
      max_pixels_(max_pixels), range_(range), sink_(sink)
{
}

Result<void> PlayLoop::run()
{
    // Where the container's index is wrong, the first picture comes after the start: try again from
    // earlier on.
    constexpr double kEarlier_s[] = {0, 3, 15, 1e9};
    for (const double earlier_s : kEarlier_s) {
        const bool from_beginning = range_.start_s - earlier_s <= 0;
        if (auto opened = open_tracks(from_beginning); !opened) return opened;
        auto played = play_from(range_.start_s - earlier_s);
        if (!played) return tl::unexpected(played.error());
        if (*played || from_beginning) break;
    }
    return {};
}

Result<void> PlayLoop::open_tracks(bool accept_late)
{
    pictures_.reset();
    if (video_ >= 0) {
        auto opened =
            PlayPictureTrack::open(*format_.streams[video_], zero_s_, max_pixels_, range_, sink_);
        if (opened) {
            pictures_ = std::move(*opened);
            if (accept_late) pictures_->accept_late();
        } else if (audio_ < 0) {
            return tl::unexpected(opened.error());
        } else {
            sink_.on_warning("The pictures are left out: " + opened.error().message);
            video_ = -1;
        }
    }
    const auto open_sound = [&] {
        const AVStream* stream = audio_ >= 0 ? format_.streams[audio_] : nullptr;
        return PlaySoundTrack::open(stream, zero_s_, range_, sink_);
    };
    auto opened = open_sound();
    if (!opened && pictures_) {
        sink_.on_warning("The sound is left out: " + opened.error().message);
        audio_ = -1;
        opened = open_sound();
    }
    if (!opened) return tl::unexpected(opened.error());
    sound_ = std::move(*opened);
    sound_packets_ = {};
    picture_packets_ = {};
    queued_bytes_ = 0;
    fetched_s_ = 0;
    fetch_error_ = 0;
    keep_streams(format_, video_, audio_);
    return {};
}

/// False: the seek went too far, nothing was sent.
Result<bool> PlayLoop::play_from(double seek_s)
{
    const int leading = video_ >= 0 ? video_ : audio_;
    if (leading < 0) return true;
    const double run_up_s = video_ >= 0 ? 0 : kRunUp_s;
    if (auto found = seek_before(format_, leading, seek_s - run_up_s, zero_s_); !found)
        return tl::unexpected(found.error());
    if (pictures_) look_ahead();
    while (sink_.wanted()) {
        const bool pictures_done = !pictures_ || pictures_->at_end();
        const bool sound_done = sound_->at_end() || (pictures_done && sound_packets_.ended);
        if (sound_done && pictures_done) break;
        const bool sound_next = !sound_done && (pictures_done || sound_is_behind());
        auto wanted = sound_next ? next_of_sound() : next_of_pictures();
        if (!wanted || !*wanted) return wanted ? Result<bool>(true) : wanted;
        if (pictures_ && pictures_->came_too_late()) return false;
    }
    auto finished = sound_->finish();
    if (!finished) return finished;
    tell_damage();
    return true;
}

/// The picture of the start comes first, then sound has a lead: a gap is heard sooner than a late
/// picture is seen.
bool PlayLoop::sound_is_behind() const
{
    // Silence in place of sound that has ended, or never was, ends with the pictures.
    const double ahead_s = sound_packets_.ended || audio_ < 0 ? 0 : kSoundAhead_s * range_.speed;
    return pictures_->has_begun() && sound_->position_s() < pictures_->position_s() + ahead_s;
}

Result<bool> PlayLoop::next_of_sound()
{
    while (sound_packets_.packets.empty() && fetch()) {
    }
    if (!sound_packets_.packets.empty()) {
        const AvPtr<AVPacket> packet = std::move(sound_packets_.packets.front());
        sound_packets_.packets.pop_front();
        queued_bytes_ -= packet->size;
        return sound_->decode(packet.get());
    }
    if (fetch_error_ != 0 && !sound_packets_.ended) {
        sound_packets_.ended = true;
        return sound_->decode(nullptr);
    }
    // The pictures go on without sound.
    constexpr double kStep_s = 0.05;
    return sound_->be_silent_until(sound_->position_s() + kStep_s);
}

Result<bool> PlayLoop::next_of_pictures()
{
    while (picture_packets_.packets.empty() && fetch()) {
    }
    if (!picture_packets_.packets.empty()) {
        const AvPtr<AVPacket> packet = std::move(picture_packets_.packets.front());
        picture_packets_.packets.pop_front();
        queued_bytes_ -= packet->size;
        return pictures_->decode(packet.get());
    }
    if (fetch_error_ != 0) return pictures_->decode(nullptr);
    // Far more sound than pictures: they stopped before it.
    pictures_->skip_to(sound_->position_s() + kSoundAhead_s);
    return true;
}

/// Seconds may lie between the key frame and the start: finds out which pictures of them can be
/// passed over.
void PlayLoop::look_ahead()
{
    constexpr double kReordered_s = 0.5; // pictures are stored in another order than shown
    while (fetched_s_ < range_.start_s + kReordered_s && fetch()) {
    }
    if (fetched_s_ < range_.start_s + kReordered_s && fetch_error_ == 0) return; // too much
    constexpr std::size_t kLast = 2;
    pictures_->need_from(needed_from(
        picture_packets_.packets,
        *format_.streams[video_],
        zero_s_,
        range_.start_s,
        kLast));
}

/// One more packet into its queue. False: there is none, or enough are waiting.
bool PlayLoop::fetch()
{
    const double reached_s =
        std::max(sound_->position_s(), pictures_ ? pictures_->position_s() : 0);
    if (fetch_error_ != 0 || queued_bytes_ > kQueueBytes || fetched_s_ > reached_s + kFetchAhead_s)
        return false;
    AvPtr<AVPacket> packet(av_packet_alloc());
    if (!packet) throw std::bad_alloc();
    fetch_error_ = av_read_frame(&format_, packet.get());
    if (fetch_error_ < 0) return false;
    fetch_error_ = 0;
    const int stream = packet->stream_index;
    if (stream != video_ && stream != audio_) return true;
    const double time_s = time_of(*packet, *format_.streams[stream], zero_s_);
    fetched_s_ = std::max(fetched_s_, time_s);
    // From a key frame to the start there may be seconds of sound that nobody will hear.
    if (stream == audio_ && time_s >= 0 && time_s < range_.start_s - kRunUp_s) return true;
    queued_bytes_ += packet->size;
    (stream == video_ ? picture_packets_ : sound_packets_).packets.push_back(std::move(packet));
    return true;
}

void PlayLoop::tell_damage()
{
    if (fetch_error_ != 0 && fetch_error_ != AVERROR_EOF)
        sink_.on_warning("Reading ended early: " + av_message(fetch_error_) + ".");
    const int damaged = sound_->damaged_packets() + (pictures_ ? pictures_->damaged_packets() : 0);
    if (damaged > 0)
        sink_.on_warning(
            std::to_string(damaged) + " damaged pieces of the recording were skipped.");
}

} // namespace capture::reader

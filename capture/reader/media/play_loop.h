#pragma once

#include "capture/reader/media/play_pictures.h"
#include "capture/reader/media/play_sound.h"
#include "capture/reader/media/stream_seek.h"

namespace capture::reader {

/// Plays one stretch: takes packets from the demuxer as far ahead as it must and decodes whichever
/// track is behind, so that sound and pictures leave in step however the file mixes them.
class PlayLoop {
public:
    /// The demuxer is this object's while it lives. `video` and `audio` are streams; -1: none.
    PlayLoop(
        AVFormatContext& format,
        double zero_s,
        int video,
        int audio,
        std::int64_t max_pixels,
        const PlayRange& range,
        const PlaySink& sink);

    /// Errors: BadFile, UnsupportedFile, LimitExceeded.
    Result<void> run();

private:
    struct Queue {
        PacketQueue packets;
        bool ended = false; // the track has been told
    };

    Result<void> open_tracks(bool accept_late);
    Result<bool> play_from(double seek_s);
    Result<bool> next_of_sound();
    Result<bool> next_of_pictures();
    bool fetch();
    void look_ahead();
    bool sound_is_behind() const;
    void tell_damage();

    AVFormatContext& format_;
    double zero_s_;
    int video_, audio_;
    std::int64_t max_pixels_;
    PlayRange range_;
    const PlaySink& sink_;
    std::unique_ptr<PlaySoundTrack> sound_;
    std::unique_ptr<PlayPictureTrack> pictures_; // nullptr: none
    Queue sound_packets_, picture_packets_;
    std::int64_t queued_bytes_ = 0;
    double fetched_s_ = 0;
    int fetch_error_ = 0; // why there is no further packet
};

} // namespace capture::reader

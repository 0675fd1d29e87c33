#pragma once

#include "capture/reader/media/picture_decoder.h"
#include "capture/reader/media/play_sink.h"
#include "capture/reader/media/sound_decoder.h"
#include "capture/reader_client.h"
#include "capture/result.h"
#include "capture/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace capture::reader {

struct MediaLimits {
    std::int64_t max_pixels = 100'000'000;
    int max_streams = 64;
};

/// Which stretch of a media file, and what of it. Times are seconds from the file's first time
/// stamp.
struct MediaRequest {
    double start_s = 0;
    double end_s = -1; // < 0: to the end
    bool sound = true;
    bool pictures = true;
    bool every_frame = false; // all pictures, for a player; else those at scene changes
    bool want_gray = false;   // full-size brightness beside each picture, for the OCR
    int max_width_px = 1280;
    int audio_stream = -1; // < 0: the default one
};

/// Each call comes in the order of its times; an error ends the reading and is passed on.
struct MediaSink {
    SoundDecoder::Sink on_sound;
    PictureDecoder::Sink on_picture;
    std::function<void(double done_s, double total_s)> on_progress;
    std::function<void(std::string)> on_warning;
};

/// An audio or video file behind a descriptor, read by FFmpeg. Runs inside percept-reader only:
/// demuxers are taken from a list of usual ones, no protocol but the descriptor is open, nothing
/// that a file names is followed.
class MediaFile {
public:
    /// The descriptor stays the caller's, must be seekable and outlive the object.
    /// Errors: BadFile, UnsupportedFile (no stream that can be decoded), LimitExceeded.
    static Result<std::unique_ptr<MediaFile>> open(int descriptor, const MediaLimits& limits);
    virtual ~MediaFile() = default;

    virtual const FileInfo& info() const = 0;
    /// Reads once through the stretch; may be called again. Memory stays bounded however long the
    /// file is.
    virtual Result<void> read(const MediaRequest& request, const MediaSink& sink) = 0;
    /// Sound and pictures in step, until the sink has enough.
    virtual Result<void> play(const PlayRange& range, const PlaySink& sink) = 0;
    /// One picture, exactly; nullopt: the sink has enough. Errors also: NotFound (no moving
    /// pictures).
    virtual Result<std::optional<PlayFrame>>
    find_frame(const FrameQuery& query, const PlaySink& sink) = 0;
};

} // namespace capture::reader

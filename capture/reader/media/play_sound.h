#pragma once

#include "capture/reader/media/play_sink.h"
#include "capture/reader/media/sound_decoder.h"
#include "capture/reader/media/tempo.h"
#include "capture/reader_client.h"

#include <memory>
#include <optional>

namespace capture::reader {

/// The sound of a stretch that is played: from its start on without a gap, silence where the file
/// has none, at the speed that is asked for, in blocks of 50 ms.
class PlaySoundTrack {
public:
    /// `stream` nullptr: silence. Errors: those of the decoder.
    static Result<std::unique_ptr<PlaySoundTrack>>
    open(const AVStream* stream, double zero_s, const PlayRange& range, const PlaySink& sink);

    /// nullptr: the stream has ended. False: nobody wants more.
    Result<bool> decode(const AVPacket* packet);
    /// Lets time pass up to `time_s` without sound.
    Result<bool> be_silent_until(double time_s);
    /// The rest of what the change of speed holds back.
    Result<bool> finish();

    /// Sound up to here is sent, or lies in the last block.
    double position_s() const { return position_s_; }
    bool at_end() const { return range_.end_s >= 0 && position_s_ >= range_.end_s; }
    int stream_index() const { return decoder_ ? decoder_->stream_index() : -1; }
    int damaged_packets() const { return decoder_ ? decoder_->damaged_packets() : 0; }

private:
    PlaySoundTrack(int channels, const PlayRange& range, const PlaySink& sink);
    Result<void> take(AudioBlock block);
    void add(std::span<const float> samples);
    void send(bool all);

    std::optional<SoundDecoder> decoder_;
    int channels_;
    PlayRange range_;
    const PlaySink& sink_;
    Tempo tempo_;
    std::vector<float> made_; // not sent
    double position_s_;
    double sent_s_; // start of the next block
    bool wanted_ = true;
};

} // namespace capture::reader

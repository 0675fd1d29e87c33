#pragma once

#include "app/result.h"
#include "capture/audio_output.h"
#include "capture/reader_client.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace app {

enum class PlayerState {
    Empty,   // nothing is open
    Opening, // the reader looks at the file
    Paused,
    Playing,
    Ended,  // paused at the end; play() starts over
    Failed, // the file cannot be played; on_error said why. open() again
};

/// Called on a thread of the player, one call at a time; a call that is slow delays the next
/// picture. After open() or seek() nothing of the time before is told. The player may be told
/// anything from inside a call, but not destroyed.
struct PlayerObserver {
    /// Duration, streams, whether there are pictures.
    std::function<void(const capture::FileInfo& info)> on_opened;
    std::function<void(PlayerState state)> on_state;
    /// Seconds of the source; about 30 times a second while it plays, once after each seek.
    std::function<void(double position_s)> on_position;
    /// The picture that shows now. `exact` false: an earlier one, the right one is being decoded.
    std::function<void(capture::PlayFrame frame)> on_frame;
    /// Something that playing goes on with: no sound device, a damaged stretch.
    std::function<void(const std::string& sentence)> on_notice;
    /// With PlayerState::Failed.
    std::function<void(const Error& error)> on_error;
};

/// Plays one recording or video: sound through the default device (silently where there is none),
/// pictures to the observer, both in step. All file work is done by a reader process, which lives
/// as long as the file is open; one that dies is started once more at the same place.
///
/// Every call returns at once, may come from any thread and takes effect in order; the newest seek
/// replaces those that have not begun. The destructor waits for the threads (up to 1 s): not for
/// the window's thread.
class Player {
public:
    /// How sound is played; tests put something else in place.
    using OpenOutput = std::function<Result<std::unique_ptr<capture::AudioOutput>>(
        const capture::SoundFormat& format)>;

    explicit Player(
        PlayerObserver observer,
        capture::ReaderOptions reader = {},
        OpenOutput open_output = capture::AudioOutput::open);
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    /// Ends paused at `start_s`, its picture shown. `name` is what messages call the file; empty:
    /// its own name.
    void open(const std::filesystem::path& path, double start_s = 0, const std::string& name = "");
    void close();

    void play();
    void pause();
    void toggle();
    /// Plays on if it was playing. Beyond the end means the end.
    void seek(double time_s);
    /// Pauses, then shows the frame as many frames away; without pictures 1/25 s each.
    void step(int frames);
    /// Plays [start_s, end_s), then pauses at end_s.
    void play_span(double start_s, double end_s);
    /// 0.5..2 (clamped); the pitch stays.
    void set_speed(double speed);
    /// 0..1 (clamped).
    void set_volume(float volume);
    /// How wide pictures need to be (device pixels); takes effect with the next one that is
    /// decoded.
    void set_frame_width(int width_px);

    double position_s() const;
    PlayerState state() const;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace app

#pragma once

#include "capture/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace capture {

struct SoundFormat {
    int rate_hz = 48'000;
    int channels = 2;
};

/// Plays samples through a device, or, where there is none, silently by the clock: both tell
/// exactly how much was heard, so that a player can take the time from them.
///
/// A "frame" here is one sample of each channel. One thread writes, one other controls (start,
/// pause, flush); played(), room(), failure() and set_volume() may be called from any. Opening,
/// pausing and the destructor may take some tenths of a second: not for the window's thread.
class AudioOutput {
public:
    /// The system's default device, paused. Not having one is a normal state of a machine.
    /// Errors: DeviceUnavailable, with the way out; SilentOutput then takes its place.
    static Result<std::unique_ptr<AudioOutput>> open(const SoundFormat& format);
    virtual ~AudioOutput() = default;

    /// Takes as much as there is room for and returns how many frames that was. Never waits.
    virtual std::size_t write(std::span<const float> interleaved) = 0;
    virtual std::size_t room() const = 0; // frames
    /// Errors: DeviceFailed.
    virtual Result<void> start() = 0;
    /// What is queued stays; what the device already holds is still heard.
    virtual void pause() = 0;
    /// Drops what is queued: played() then equals written().
    virtual void flush() = 0;
    virtual std::uint64_t written() const = 0; // frames taken since it was opened
    /// Frames heard (or dropped) since it was opened; never goes back, never beyond written().
    virtual double played() const = 0;
    /// 0 silence, 1 as recorded; changes without a click.
    virtual void set_volume(float volume) = 0;
    /// The device is gone, or stopped asking for samples. From then on nothing is played.
    virtual std::optional<Error> failure() const = 0;
};

/// Plays nothing, in real time.
std::unique_ptr<AudioOutput> make_silent_output(const SoundFormat& format);

} // namespace capture

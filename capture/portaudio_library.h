#pragma once

#include "capture/result.h"

#include <memory>

namespace capture {

/// PortAudio's one initialisation in a program, shared by all who hold it. Quiet: ALSA and JACK
/// print a hundred lines on a machine without devices, which is a normal state.
class PortAudioLibrary {
public:
    /// Looks for devices the first time (some tenths of a second). Errors: DeviceUnavailable.
    static Result<std::shared_ptr<PortAudioLibrary>> use();
    ~PortAudioLibrary();
    PortAudioLibrary(const PortAudioLibrary&) = delete;
    PortAudioLibrary& operator=(const PortAudioLibrary&) = delete;

private:
    PortAudioLibrary() = default;
};

} // namespace capture

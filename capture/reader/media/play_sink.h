#pragma once

#include "capture/types.h"

#include <functional>
#include <string>

namespace capture::reader {

/// Where playing sends what it decodes. Each call may block until there is room; false: nobody
/// wants more.
struct PlaySink {
    std::function<bool(PlaySound)> on_sound;
    std::function<bool(PlayFrame)> on_frame;
    std::function<bool()> wanted; // asked between packets; never blocks
    std::function<void(std::string)> on_warning;
};

} // namespace capture::reader

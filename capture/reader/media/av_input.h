#pragma once

#include "capture/reader/media/av.h"

#include <memory>

namespace capture::reader {

/// A demuxer and the reader of the descriptor under it.
struct InputFree {
    void operator()(AVFormatContext* format) const;
};
using InputPtr = std::unique_ptr<AVFormatContext, InputFree>;

/// Opens what lies behind `*descriptor`, which must be seekable and outlive the result. Demuxers
/// are taken from a list of usual ones, and no protocol but the descriptor is open: nothing that a
/// file names is followed. Errors: BadFile.
Result<InputPtr> open_input(int* descriptor, int max_streams);

} // namespace capture::reader

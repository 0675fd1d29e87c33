#pragma once

#include "capture/reader/media/av.h"

#include <cstddef>
#include <deque>

namespace capture::reader {

/// Goes to the last place at or before `time_s` from which `stream` (its index) can be decoded, or
/// to the start of the file where the container cannot tell. Errors: BadFile.
Result<void> seek_before(AVFormatContext& format, int stream, double time_s, double zero_s);

/// Time of the last key frame at or before `time_s` as the container's index tells it; negative
/// where it has none.
double key_frame_before(const AVStream& stream, double time_s, double zero_s);

/// When the packet is shown or heard, or else decoded; negative where it does not tell.
double time_of(const AVPacket& packet, const AVStream& stream, double zero_s);

using PacketQueue = std::deque<AvPtr<AVPacket>>;

/// Which pictures must be decoded so that the last `count` that begin by `time_s` are there: those
/// from this time on, and before it only what others are made of. The queue holds all packets from
/// a key frame to behind `time_s`.
double needed_from(
    const PacketQueue& packets,
    const AVStream& stream,
    double zero_s,
    double time_s,
    std::size_t count);

/// Only packets of these streams (-1: none) come from the demuxer.
void keep_streams(AVFormatContext& format, int one, int other);

} // namespace capture::reader

#include "capture/reader/media/stream_seek.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace capture::reader {
namespace {

std::int64_t stamp_of(const AVStream& stream, double time_s, double zero_s)
{
    return std::llround((std::max(0.0, time_s) + zero_s) / av_q2d(stream.time_base));
}

} // namespace

Result<void> seek_before(AVFormatContext& format, int stream, double time_s, double zero_s)
{
    const std::int64_t target = stamp_of(*format.streams[stream], time_s, zero_s);
    const int error = avformat_seek_file(&format, stream, INT64_MIN, target, target, 0);
    if (error >= 0) return {};
    if (avformat_seek_file(&format, -1, INT64_MIN, 0, INT64_MAX, AVSEEK_FLAG_BYTE) >= 0) return {};
    return fail(
        ErrorCode::BadFile,
        "The recording does not allow to seek: " + av_message(error) + ".");
}

double key_frame_before(const AVStream& stream, double time_s, double zero_s)
{
    // The libraries' own functions ask for a stream that may be changed; they do not change it.
    const AVIndexEntry* entry = avformat_index_get_entry_from_timestamp(
        const_cast<AVStream*>(&stream),
        stamp_of(stream, time_s, zero_s),
        AVSEEK_FLAG_BACKWARD);
    if (entry == nullptr) return -1;
    return static_cast<double>(entry->timestamp) * av_q2d(stream.time_base) - zero_s;
}

double time_of(const AVPacket& packet, const AVStream& stream, double zero_s)
{
    const std::int64_t stamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (stamp == AV_NOPTS_VALUE) return -1;
    return static_cast<double>(stamp) * av_q2d(stream.time_base) - zero_s;
}

double needed_from(
    const PacketQueue& packets,
    const AVStream& stream,
    double zero_s,
    double time_s,
    std::size_t count)
{
    std::vector<double> times;
    for (const AvPtr<AVPacket>& packet : packets) {
        if (packet->pts == AV_NOPTS_VALUE) return -1; // raw streams: nothing can be left out
        const double begins_s = time_of(*packet, stream, zero_s);
        if (begins_s <= time_s) times.push_back(begins_s);
    }
    if (times.size() <= count) return -1;
    const auto nth = times.end() - static_cast<std::ptrdiff_t>(count);
    std::nth_element(times.begin(), nth, times.end());
    return *nth;
}

void keep_streams(AVFormatContext& format, int one, int other)
{
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const int index = static_cast<int>(i);
        format.streams[i]->discard =
            index == one || index == other ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

} // namespace capture::reader

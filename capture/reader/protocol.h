#pragma once

#include "capture/reader_client.h"
#include "capture/result.h"
#include "capture/types.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// The messages between percept-reader and its client; README.md beside this file describes them
/// byte by byte. encode_* and decode_* are used by both ends. decode_* believes nothing: sizes,
/// counts, UTF-8, boxes and numbers are checked, and what fails is one Error (ReaderDied) saying
/// which rule was broken. No thread, no I/O.
namespace capture::reader {

inline constexpr std::uint16_t kVersion = 2;
inline constexpr std::size_t kHeaderBytes = 8;
inline constexpr std::uint32_t kMaxPixelsBytes = 1u << 20; // of one Pixels message
inline constexpr std::uint32_t kPagesInFlight = 2;         // pages and frames, not acknowledged
inline constexpr std::uint32_t kSamplesInFlight = 32'000;  // two seconds of sound
inline constexpr std::uint32_t kMaxBlockSamples = 16'000;
inline constexpr std::uint32_t kMaxPlaySamples = 4'800; // of each channel: 100 ms
/// What a stream may say of itself; beyond that it is damaged, and the reader says 0 (unknown).
inline constexpr int kMaxSampleRateHz = 10'000'000;
inline constexpr int kMaxChannels = 1024;
inline constexpr int kMaxSide_px = 65'536;
inline constexpr double kMaxFramesPerS = 1e6;
inline constexpr double kMaxSeconds = 1e9; // thirty years
/// How the reader finds what it inherits.
inline constexpr int kChannelFd = 3;
inline constexpr int kFileFd = 4;

enum class MessageType : std::uint16_t {
    Start = 1, // client to reader
    ReadPages = 2,
    ReadMedia = 3,
    RenderPage = 4,
    Ack = 5,
    Play = 6,
    FindFrame = 7,
    Stop = 8,  // what Play or FindFrame still bring is not wanted
    Info = 16, // reader to client
    Page = 17,
    Frame = 18, // its picture follows as Pixels
    Sound = 19,
    Picture = 20, // its rows follow as Pixels
    Pixels = 21,
    Progress = 22,
    Warning = 23,
    Done = 24,
    Failed = 25,
    PlaySound = 26,
    PlayFrame = 27, // its picture follows as Pixels
};

struct FrameHeader {
    std::uint32_t size_bytes = 0; // of the payload
    MessageType type = MessageType::Done;
};

/// First message; everything the reader may know besides the open file.
struct StartRequest {
    ReaderLimits limits;
    OpenOptions options;
};
struct PagesRequest {
    int first = 1;
    int last = 1;
};
struct RenderRequest {
    int page = 1;
    double dpi = 0;
    int width_px = 0; // 0: by dpi
};
/// Gives room back: pages (and frames), or samples of sound.
struct Ack {
    std::uint32_t pages = 0;
    std::uint32_t samples = 0;
};
struct Progress {
    double done = 0;
    double total = 0;
};
struct PictureSize {
    int width_px = 0;
    int height_px = 0;
};

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// The largest payload that this type may have under these limits; 0 for types that the reader may
/// not send.
std::uint64_t max_payload_bytes(MessageType type, const ReaderLimits& limits);
std::array<std::byte, kHeaderBytes> encode_header(const FrameHeader& header);
/// Checks version and type only; the size is the caller's to compare with max_payload_bytes.
Result<FrameHeader> decode_header(std::span<const std::byte, kHeaderBytes> bytes);

Bytes encode(const StartRequest& message);
Bytes encode(const PagesRequest& message);
Bytes encode(const MediaRange& message);
Bytes encode(const RenderRequest& message);
Bytes encode(const Ack& message);
Bytes encode(const PlayRange& message);
Bytes encode(const FrameQuery& message);
Bytes encode(const FileInfo& message);
Bytes encode(const Page& message);
Bytes encode(const Frame& message); // without the pixels
Bytes encode(const AudioBlock& message);
Bytes encode(const PlaySound& message);
Bytes encode(const PlayFrame& message); // without the pixels
Bytes encode(const PictureSize& message);
Bytes encode(const Progress& message);
Bytes encode(const Error& message);
Bytes encode(const std::string& warning);

Result<StartRequest> decode_start(ByteView payload);
Result<PagesRequest> decode_pages(ByteView payload);
Result<MediaRange> decode_range(ByteView payload);
Result<RenderRequest> decode_render(ByteView payload);
Result<Ack> decode_ack(ByteView payload);
Result<PlayRange> decode_play(ByteView payload);
Result<FrameQuery> decode_frame_query(ByteView payload);
Result<FileInfo> decode_info(ByteView payload, const ReaderLimits& limits);
Result<Page> decode_page(ByteView payload, const ReaderLimits& limits);
/// The picture has its size, and no rows yet.
Result<Frame> decode_frame(ByteView payload, const ReaderLimits& limits);
Result<AudioBlock> decode_sound(ByteView payload);
Result<PlaySound> decode_play_sound(ByteView payload);
/// The picture has its size, and no rows yet.
Result<PlayFrame> decode_play_frame(ByteView payload, const ReaderLimits& limits);
Result<PictureSize> decode_picture(ByteView payload, const ReaderLimits& limits);
Result<Progress> decode_progress(ByteView payload);
Result<Error> decode_failure(ByteView payload);
Result<std::string> decode_warning(ByteView payload);

} // namespace capture::reader

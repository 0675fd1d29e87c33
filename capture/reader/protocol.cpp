#include "capture/reader/protocol.h"

#include "capture/reader/protocol_check.h"
#include "capture/reader/wire.h"

#include <fmt/format.h>

namespace capture::reader {
namespace {

// One description per message serves both directions: `Value` is const when `archive` writes.

template <typename Archive, typename Value>
void limits_fields(Archive& archive, Value& v)
{
    auto silence = static_cast<std::int64_t>(v.silence.count());
    auto per_page = static_cast<std::int64_t>(v.per_page.count());
    archive.field(silence);
    archive.field(per_page);
    if constexpr (!std::is_const_v<Value>) {
        v.silence = std::chrono::seconds{silence};
        v.per_page = std::chrono::seconds{per_page};
    }
    archive.field(v.memory_bytes);
    archive.field(v.max_pages);
    archive.field(v.max_pixels);
    archive.field(v.max_text_bytes);
    archive.field(v.max_output_bytes);
}

template <typename Archive, typename Value>
void fields(Archive& archive, Value& v)
{
    using T = std::remove_const_t<Value>;
    if constexpr (std::is_same_v<T, StartRequest>) {
        limits_fields(archive, v.limits);
        archive.field(v.options.name);
        archive.field(v.options.password);
        archive.field(v.options.ocr_language);
    } else if constexpr (std::is_same_v<T, PagesRequest>) {
        archive.field(v.first);
        archive.field(v.last);
    } else if constexpr (std::is_same_v<T, RenderRequest>) {
        archive.field(v.page);
        archive.field(v.dpi);
        archive.field(v.width_px);
    } else if constexpr (std::is_same_v<T, MediaRange>) {
        archive.field(v.start_s);
        archive.field(v.end_s);
        archive.field(v.sound);
        archive.field(v.frames);
        archive.field(v.frame_text);
        archive.field(v.max_frame_width_px);
        archive.field(v.audio_stream);
    } else if constexpr (std::is_same_v<T, Ack>) {
        archive.field(v.pages);
        archive.field(v.samples);
    } else if constexpr (std::is_same_v<T, PlayRange>) {
        archive.field(v.start_s);
        archive.field(v.end_s);
        archive.field(v.speed);
        archive.field(v.frames);
        archive.field(v.max_frames_per_s);
        archive.field(v.max_frame_width_px);
        archive.field(v.audio_stream);
    } else if constexpr (std::is_same_v<T, FrameQuery>) {
        archive.field(v.time_s);
        archive.field(v.choice);
        archive.field(v.max_frame_width_px);
    } else if constexpr (std::is_same_v<T, PlaySound>) {
        archive.field(v.start_s);
        archive.field(v.end_s);
        archive.field(v.channels);
        archive.numbers(v.samples);
    } else if constexpr (std::is_same_v<T, PlayFrame>) {
        archive.field(v.time_s);
        archive.field(v.exact);
        archive.field(v.picture.width_px);
        archive.field(v.picture.height_px);
    } else if constexpr (std::is_same_v<T, Progress>) {
        archive.field(v.done);
        archive.field(v.total);
    } else if constexpr (std::is_same_v<T, PictureSize>) {
        archive.field(v.width_px);
        archive.field(v.height_px);
    } else if constexpr (std::is_same_v<T, Error>) {
        archive.field(v.code);
        archive.field(v.message);
        archive.field(v.hint);
    } else if constexpr (std::is_same_v<T, Word>) {
        archive.field(v.begin);
        archive.field(v.end);
        archive.field(v.box.x0);
        archive.field(v.box.y0);
        archive.field(v.box.x1);
        archive.field(v.box.y1);
        archive.field(v.confidence);
    } else if constexpr (std::is_same_v<T, OutlineEntry>) {
        archive.field(v.level);
        archive.field(v.title);
        archive.field(v.page);
    } else if constexpr (std::is_same_v<T, MediaStream>) {
        archive.field(v.index);
        archive.field(v.kind);
        archive.field(v.codec);
        archive.field(v.language);
        archive.field(v.start_s);
        archive.field(v.duration_s);
        archive.field(v.sample_rate_hz);
        archive.field(v.channels);
        archive.field(v.width_px);
        archive.field(v.height_px);
        archive.field(v.frames_per_s);
    } else if constexpr (std::is_same_v<T, std::string>) {
        archive.field(v);
    } else if constexpr (std::is_same_v<T, AudioBlock>) {
        archive.field(v.start_s);
        archive.numbers(v.samples);
    } else if constexpr (std::is_same_v<T, FileInfo>) {
        const auto each = [](auto& a, auto& element) { fields(a, element); };
        archive.field(v.kind);
        archive.field(v.format);
        archive.field(v.title);
        archive.field(v.pages);
        archive.field(v.duration_s);
        archive.list(v.outline, each);
        archive.list(v.streams, each);
        archive.list(v.warnings, each);
    } else if constexpr (std::is_same_v<T, Page>) {
        const auto each = [](auto& a, auto& element) { fields(a, element); };
        archive.field(v.number);
        archive.field(v.label);
        archive.field(v.width_pt);
        archive.field(v.height_pt);
        archive.field(v.text);
        archive.list(v.words, each);
        archive.numbers(v.line_starts);
        archive.field(v.first_line);
        archive.field(v.by_ocr);
        archive.list(v.warnings, each);
    } else {
        static_assert(std::is_same_v<T, Frame>);
        const auto each = [](auto& a, auto& element) { fields(a, element); };
        archive.field(v.time_s);
        archive.field(v.picture.width_px);
        archive.field(v.picture.height_px);
        archive.field(v.text);
        archive.list(v.words, each);
    }
}

template <typename T>
Bytes written(const T& message)
{
    WireWriter writer;
    fields(writer, message);
    return writer.take();
}

/// Reads the fields, then asks `check` for the broken rule (nullptr: none).
template <typename T, typename Check>
Result<T> read_checked(ByteView payload, const char* what, Check&& check)
{
    WireReader reader(payload);
    T message;
    fields(reader, message);
    const char* broken = nullptr;
    if (!reader.ok()) {
        broken = "it is cut short or counts more than it holds";
    } else if (!reader.at_end()) {
        broken = "it is longer than its fields";
    } else {
        broken = check(message);
    }
    if (broken == nullptr) return message;
    return fail(
        ErrorCode::ReaderDied,
        fmt::format("percept-reader broke its protocol: {}: {}.", what, broken));
}

} // namespace

std::uint64_t max_payload_bytes(MessageType type, const ReaderLimits& limits)
{
    constexpr std::uint64_t kSmall = 64u << 10;
    constexpr std::uint64_t kTables = 16u << 20;
    // A word takes 28 bytes and covers one byte of text at least, usually six with its space.
    const std::uint64_t text = kSmall + limits.max_text_bytes * 30;
    switch (type) {
    case MessageType::Info:
        return kTables;
    case MessageType::Page:
    case MessageType::Frame:
        return std::min<std::uint64_t>(text, 256u << 20);
    case MessageType::Sound:
        return kSmall + kMaxBlockSamples * sizeof(float);
    case MessageType::PlaySound:
        return kSmall + kMaxPlaySamples * 2 * sizeof(float);
    case MessageType::Pixels:
        return kMaxPixelsBytes;
    case MessageType::PlayFrame:
    case MessageType::Picture:
    case MessageType::Progress:
    case MessageType::Warning:
    case MessageType::Failed:
        return kSmall;
    case MessageType::Done:
    default:
        return 0;
    }
}

std::array<std::byte, kHeaderBytes> encode_header(const FrameHeader& header)
{
    WireWriter writer;
    writer.field(header.size_bytes);
    writer.field(header.type);
    writer.field(kVersion);
    const Bytes bytes = writer.take();
    std::array<std::byte, kHeaderBytes> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

Result<FrameHeader> decode_header(std::span<const std::byte, kHeaderBytes> bytes)
{
    WireReader reader(bytes);
    FrameHeader header;
    std::uint16_t version = 0;
    reader.field(header.size_bytes);
    reader.field(header.type);
    reader.field(version);
    if (version != kVersion) {
        return fail(
            ErrorCode::ReaderDied,
            fmt::format(
                "percept-reader broke its protocol: version {} instead of {}.",
                version,
                kVersion),
            "If Percept was just updated, start it again so that both programs are of one "
            "version.");
    }
    return header;
}

Bytes encode(const StartRequest& message)
{
    return written(message);
}
Bytes encode(const PagesRequest& message)
{
    return written(message);
}
Bytes encode(const MediaRange& message)
{
    return written(message);
}
Bytes encode(const RenderRequest& message)
{
    return written(message);
}
Bytes encode(const Ack& message)
{
    return written(message);
}
Bytes encode(const FileInfo& message)
{
    return written(message);
}
Bytes encode(const Page& message)
{
    return written(message);
}
Bytes encode(const Frame& message)
{
    return written(message);
}
Bytes encode(const AudioBlock& message)
{
    return written(message);
}
Bytes encode(const PlayRange& message)
{
    return written(message);
}
Bytes encode(const FrameQuery& message)
{
    return written(message);
}
Bytes encode(const PlaySound& message)
{
    return written(message);
}
Bytes encode(const PlayFrame& message)
{
    return written(message);
}
Bytes encode(const PictureSize& message)
{
    return written(message);
}
Bytes encode(const Progress& message)
{
    return written(message);
}
Bytes encode(const Error& message)
{
    return written(message);
}
Bytes encode(const std::string& warning)
{
    return written(warning);
}

Result<StartRequest> decode_start(ByteView payload)
{
    return read_checked<StartRequest>(payload, "start", [](const StartRequest& m) {
        return broken_rule(m);
    });
}
Result<PagesRequest> decode_pages(ByteView payload)
{
    return read_checked<PagesRequest>(payload, "pages request", [](const PagesRequest& m) {
        return broken_rule(m);
    });
}
Result<MediaRange> decode_range(ByteView payload)
{
    return read_checked<MediaRange>(payload, "media request", [](const MediaRange& m) {
        return broken_rule(m);
    });
}
Result<RenderRequest> decode_render(ByteView payload)
{
    return read_checked<RenderRequest>(payload, "render request", [](const RenderRequest& m) {
        return broken_rule(m);
    });
}
Result<Ack> decode_ack(ByteView payload)
{
    return read_checked<Ack>(payload, "acknowledgement", [](const Ack& m) {
        return broken_rule(m);
    });
}
Result<PlayRange> decode_play(ByteView payload)
{
    return read_checked<PlayRange>(payload, "play request", [](const PlayRange& m) {
        return broken_rule(m);
    });
}
Result<FrameQuery> decode_frame_query(ByteView payload)
{
    return read_checked<FrameQuery>(payload, "frame request", [](const FrameQuery& m) {
        return broken_rule(m);
    });
}
Result<FileInfo> decode_info(ByteView payload, const ReaderLimits& limits)
{
    return read_checked<FileInfo>(payload, "file description", [&](const FileInfo& m) {
        return broken_rule(m, limits);
    });
}
Result<Page> decode_page(ByteView payload, const ReaderLimits& limits)
{
    return read_checked<Page>(payload, "page", [&](const Page& m) {
        return broken_rule(m, limits);
    });
}
Result<Frame> decode_frame(ByteView payload, const ReaderLimits& limits)
{
    return read_checked<Frame>(payload, "frame", [&](const Frame& m) {
        return broken_rule(m, limits);
    });
}
Result<AudioBlock> decode_sound(ByteView payload)
{
    return read_checked<AudioBlock>(payload, "sound", [](const AudioBlock& m) {
        return broken_rule(m);
    });
}
Result<PlaySound> decode_play_sound(ByteView payload)
{
    return read_checked<PlaySound>(payload, "sound to play", [](const PlaySound& m) {
        return broken_rule(m);
    });
}
Result<PlayFrame> decode_play_frame(ByteView payload, const ReaderLimits& limits)
{
    return read_checked<PlayFrame>(payload, "frame to show", [&](const PlayFrame& m) {
        return broken_rule(m, limits);
    });
}
Result<PictureSize> decode_picture(ByteView payload, const ReaderLimits& limits)
{
    return read_checked<PictureSize>(payload, "picture", [&](const PictureSize& m) {
        return broken_rule(m, limits);
    });
}
Result<Progress> decode_progress(ByteView payload)
{
    return read_checked<Progress>(payload, "progress", [](const Progress& m) {
        return broken_rule(m);
    });
}
Result<Error> decode_failure(ByteView payload)
{
    return read_checked<Error>(payload, "failure", [](const Error& m) { return broken_rule(m); });
}
Result<std::string> decode_warning(ByteView payload)
{
    return read_checked<std::string>(payload, "warning", [](const std::string& m) {
        return broken_rule(m);
    });
}

} // namespace capture::reader

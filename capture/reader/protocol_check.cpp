#include "capture/reader/protocol_check.h"

#include "capture/utf8.h"

#include <algorithm>
#include <cmath>

namespace capture::reader {
namespace {

constexpr std::size_t kMaxSentenceBytes = 4096;

bool is_text(const std::string& text, std::size_t max_bytes)
{
    return text.size() <= max_bytes && is_utf8(text);
}

bool is_seconds(double value)
{
    return std::isfinite(value) && value >= 0 && value <= kMaxSeconds;
}

/// Fractions in order; NaN fails every comparison.
bool is_box(const Box& box)
{
    return box.x0 >= 0 && box.x0 <= box.x1 && box.x1 <= 1 && box.y0 >= 0 && box.y0 <= box.y1 &&
           box.y1 <= 1;
}

bool is_boundary(const std::string& text, std::uint32_t offset)
{
    return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

bool are_samples(const std::vector<float>& samples)
{
    return std::all_of(samples.begin(), samples.end(), [](float v) {
        return std::isfinite(v) && std::abs(v) <= 64.0f;
    });
}

bool is_frame_width(int width_px)
{
    return width_px >= 16 && width_px <= kMaxSide_px;
}

const char* broken_words(const std::vector<Word>& words, const std::string& text)
{
    std::uint32_t from = 0;
    for (const Word& word : words) {
        if (word.begin < from || word.begin >= word.end || word.end > text.size()) {
            return "a word lies outside the text or out of order";
        }
        if (!is_boundary(text, word.begin) || !is_boundary(text, word.end)) {
            return "a word cuts a character";
        }
        if (!is_box(word.box)) return "the box of a word lies outside the page";
        if (!(word.confidence >= 0 && word.confidence <= 1)) return "a confidence is not in 0..1";
        from = word.end;
    }
    return nullptr;
}

const char* broken_warnings(const std::vector<std::string>& warnings)
{
    if (warnings.size() > 1000) return "it has more than 1000 warnings";
    const bool good = std::all_of(warnings.begin(), warnings.end(), [](const std::string& text) {
        return is_text(text, kMaxSentenceBytes);
    });
    return good ? nullptr : "a warning is too long or not UTF-8";
}

const char* broken_stream(const MediaStream& stream)
{
    if (stream.index < 0 || stream.index > 10'000) return "a stream has no valid index";
    if (!is_text(stream.kind, 32) || !is_text(stream.codec, 64) || !is_text(stream.language, 64)) {
        return "a stream has a name that is too long or not UTF-8";
    }
    if (!std::isfinite(stream.start_s) || std::abs(stream.start_s) > kMaxSeconds ||
        !is_seconds(stream.duration_s)) {
        return "a stream has no valid times";
    }
    if (stream.sample_rate_hz < 0 || stream.sample_rate_hz > kMaxSampleRateHz ||
        stream.channels < 0 || stream.channels > kMaxChannels) {
        return "a stream has no valid sound format";
    }
    if (stream.width_px < 0 || stream.width_px > kMaxSide_px || stream.height_px < 0 ||
        stream.height_px > kMaxSide_px ||
        !(stream.frames_per_s >= 0 && stream.frames_per_s <= kMaxFramesPerS)) {
        return "a stream has no valid picture format";
    }
    return nullptr;
}

} // namespace

const char* broken_rule(const StartRequest& message)
{
    const ReaderLimits& limits = message.limits;
    if (limits.silence.count() <= 0 || limits.per_page.count() <= 0 || limits.max_pages <= 0) {
        return "a limit is not positive";
    }
    if (!is_text(message.options.name, kMaxSentenceBytes)) return "the name is not UTF-8";
    return message.options.password.size() > 1024 || message.options.ocr_language.size() > 256
               ? "the password or the language is too long"
               : nullptr;
}

const char* broken_rule(const PagesRequest& message)
{
    return message.first >= 1 && message.first <= message.last ? nullptr : "there is no such range";
}

const char* broken_rule(const MediaRange& message)
{
    if (!is_seconds(message.start_s) || !std::isfinite(message.end_s)) {
        return "there is no such range";
    }
    return is_frame_width(message.max_frame_width_px) ? nullptr
                                                      : "the width of frames is not in 16..65536";
}

const char* broken_rule(const PlayRange& message)
{
    if (!is_seconds(message.start_s) || !std::isfinite(message.end_s)) {
        return "there is no such range";
    }
    if (!(message.speed >= kMinSpeed && message.speed <= kMaxSpeed)) {
        return "its speed is not in 0.5..2";
    }
    if (!(message.max_frames_per_s >= 1 && message.max_frames_per_s <= 240)) {
        return "its number of frames is not in 1..240 a second";
    }
    return is_frame_width(message.max_frame_width_px) ? nullptr
                                                      : "the width of frames is not in 16..65536";
}

const char* broken_rule(const FrameQuery& message)
{
    if (!is_seconds(message.time_s)) return "its time is no number of seconds";
    if (message.choice < FrameChoice::At || message.choice > FrameChoice::Previous) {
        return "its choice is unknown";
    }
    return is_frame_width(message.max_frame_width_px) ? nullptr
                                                      : "the width of frames is not in 16..65536";
}

const char* broken_rule(const RenderRequest& message)
{
    return message.page >= 1 && message.dpi >= 0 && message.dpi <= 10'000 &&
                   message.width_px >= 0 && message.width_px <= kMaxSide_px
               ? nullptr
               : "there is no such page or resolution";
}

const char* broken_rule(const Ack& message)
{
    return message.pages <= kPagesInFlight && message.samples <= kSamplesInFlight
               ? nullptr
               : "it gives back more than was sent";
}

const char* broken_rule(const FileInfo& message, const ReaderLimits& limits)
{
    if (message.kind < FileKind::Pdf || message.kind > FileKind::Office)
        return "its kind is unknown";
    if (!is_text(message.format, 256)) return "its format is too long or not UTF-8";
    if (!is_text(message.title, kMaxSentenceBytes)) return "its title is too long or not UTF-8";
    if (message.pages < 0 || message.pages > limits.max_pages) return "it has too many pages";
    if (!is_seconds(message.duration_s)) return "its duration is no number of seconds";
    for (const OutlineEntry& entry : message.outline) {
        if (entry.level < 0 || entry.level > 64 || entry.page < 0 || entry.page > message.pages) {
            return "an entry of its outline leads nowhere";
        }
        if (!is_text(entry.title, kMaxSentenceBytes)) return "an entry of its outline is not UTF-8";
    }
    for (const MediaStream& stream : message.streams) {
        if (const char* broken = broken_stream(stream)) return broken;
    }
    return broken_warnings(message.warnings);
}

const char* broken_rule(const Page& message, const ReaderLimits& limits)
{
    if (message.number < 1 || message.number > limits.max_pages)
        return "its number is out of range";
    if (!is_text(message.label, 256)) return "its label is too long or not UTF-8";
    if (!(message.width_pt >= 0 && message.width_pt <= 1e6) ||
        !(message.height_pt >= 0 && message.height_pt <= 1e6)) {
        return "its size is no size";
    }
    if (!is_text(message.text, limits.max_text_bytes)) return "its text is too long or not UTF-8";
    if (const char* broken = broken_words(message.words, message.text)) return broken;
    if (message.first_line < 0) return "its first line has no valid number";
    for (std::size_t i = 0; i < message.line_starts.size(); ++i) {
        const std::uint32_t start = message.line_starts[i];
        const bool ascends = i == 0 ? start == 0 : start > message.line_starts[i - 1];
        if (!ascends || start > message.text.size() || !is_boundary(message.text, start)) {
            return "its lines do not start within the text";
        }
    }
    return broken_warnings(message.warnings);
}

const char* broken_rule(const Frame& message, const ReaderLimits& limits)
{
    if (!is_seconds(message.time_s)) return "its time is no number of seconds";
    if (!is_text(message.text, limits.max_text_bytes)) return "its text is too long or not UTF-8";
    const PictureSize size{message.picture.width_px, message.picture.height_px};
    if (const char* broken = broken_rule(size, limits)) return broken;
    return broken_words(message.words, message.text);
}

const char* broken_rule(const AudioBlock& message)
{
    if (!is_seconds(message.start_s)) return "its time is no number of seconds";
    if (message.samples.empty() || message.samples.size() > kMaxBlockSamples) {
        return "it holds no sound or more than a second";
    }
    return are_samples(message.samples) ? nullptr : "a sample is no number";
}

const char* broken_rule(const PlaySound& message)
{
    if (!is_seconds(message.start_s) || !is_seconds(message.end_s) ||
        message.end_s < message.start_s) {
        return "its times are no stretch of time";
    }
    if (message.channels != 1 && message.channels != 2)
        return "it has neither one nor two channels";
    const auto channels = static_cast<std::size_t>(message.channels);
    if (message.samples.empty() || message.samples.size() % channels != 0 ||
        message.samples.size() / channels > kMaxPlaySamples) {
        return "it holds no sound, more than 100 ms, or a part of a sample";
    }
    return are_samples(message.samples) ? nullptr : "a sample is no number";
}

const char* broken_rule(const PlayFrame& message, const ReaderLimits& limits)
{
    if (!is_seconds(message.time_s)) return "its time is no number of seconds";
    return broken_rule(PictureSize{message.picture.width_px, message.picture.height_px}, limits);
}

const char* broken_rule(const PictureSize& message, const ReaderLimits& limits)
{
    if (message.width_px < 1 || message.height_px < 1) return "it has no pixels";
    const auto pixels = std::uint64_t(message.width_px) * std::uint64_t(message.height_px);
    return pixels <= limits.max_pixels ? nullptr : "it has more pixels than allowed";
}

const char* broken_rule(const Progress& message)
{
    return is_seconds(message.done) && is_seconds(message.total) ? nullptr : "it is no number";
}

const char* broken_rule(const Error& message)
{
    switch (message.code) {
    case ErrorCode::BadFile:
    case ErrorCode::UnsupportedFile:
    case ErrorCode::PasswordNeeded:
    case ErrorCode::FileUnreadable:
    case ErrorCode::LimitExceeded:
    case ErrorCode::OutOfMemory:
    case ErrorCode::MissingTool:
    case ErrorCode::NotFound:
    case ErrorCode::BadUsage:
    case ErrorCode::Unavailable:
    case ErrorCode::Internal:
        break;
    default:
        return "its code is none that reading can have";
    }
    return is_text(message.message, kMaxSentenceBytes) && is_text(message.hint, kMaxSentenceBytes)
               ? nullptr
               : "its sentence is too long or not UTF-8";
}

const char* broken_rule(const std::string& warning)
{
    return is_text(warning, kMaxSentenceBytes) ? nullptr : "it is too long or not UTF-8";
}

} // namespace capture::reader

#pragma once

#include "capture/result.h"
#include "capture/types.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace capture {

/// Bounds that percept-reader is held to from outside; passing one kills it and is one Error for
/// this file.
struct ReaderLimits {
    std::chrono::seconds silence{60};         // no frame of the protocol for so long
    std::chrono::seconds per_page{60};        // wall time of one page or picture
    std::uint64_t memory_bytes = 1536u << 20; // address space it may add
    int max_pages = 20'000;
    std::uint64_t max_pixels = 100'000'000;  // one picture
    std::uint64_t max_text_bytes = 8u << 20; // one page
    std::uint64_t max_output_bytes = 64ull << 30;
};

struct ReaderOptions {
    std::filesystem::path program; // empty: percept-reader beside the running program
    ReaderLimits limits;
    std::filesystem::path office_program; // empty: soffice on PATH
};

struct OpenOptions {
    std::string name;     // shown in messages and used as a hint where the content does not tell
                          // (".csv"); never opened
    std::string password; // of an encrypted document
    std::string ocr_language = "eng"; // Tesseract's names joined by '+'
    /// Of an office file: where the PDF made of it is looked for, and kept. Empty: it is made each
    /// time.
    std::filesystem::path kept_pdf = {};
};

/// Which part of a media file, and how.
struct MediaRange {
    double start_s = 0;
    double end_s = -1; // < 0: to the end
    bool sound = true;
    bool frames = true;     // pictures at scene changes
    bool frame_text = true; // OCR of those pictures
    int max_frame_width_px = 1280;
    int audio_stream = -1; // index in FileInfo::streams; < 0: the default one
};

/// Called on the thread that called read_*(), in order. Returning is what lets the reader go on: at
/// most two pages, or two seconds of sound, are in flight.
struct ReadHandler {
    std::function<void(Page)> on_page;
    std::function<void(Frame)> on_frame;
    std::function<void(AudioBlock)> on_sound;
    std::function<void(double done, double total)> on_progress; // pages, or seconds
    std::function<void(std::string)> on_warning;
};

/// Which stretch of a recording is played, and how. Times are those of the source.
struct PlayRange {
    double start_s = 0;
    double end_s = -1;            // < 0: to the end
    double speed = 1;             // kMinSpeed..kMaxSpeed; the pitch stays
    bool frames = true;           // where the file has moving pictures
    double max_frames_per_s = 30; // of playing time
    int max_frame_width_px = 1280;
    int audio_stream = -1; // index in FileInfo::streams; < 0: the default one
};
inline constexpr double kMinSpeed = 0.5;
inline constexpr double kMaxSpeed = 2.0;
inline constexpr int kPlaySampleRateHz = 48'000;

/// Called on the thread that called play(), each in the order of its times. Returning is what lets
/// the reader go on: at most two frames and 0.7 s of sound are in flight, and sound runs at most
/// 0.4 s of playing time ahead of the frames.
///
/// The first frame may be an earlier one that was quick to decode (PlayFrame::exact); the next one
/// is the one that shows at start_s. Frames that the reader cannot decode in time are left out.
struct PlayHandler {
    std::function<void(PlaySound)> on_sound;
    std::function<void(PlayFrame)> on_frame;
    std::function<void(std::string)> on_warning;
};

/// Which frame, seen from a time.
enum class FrameChoice {
    At,       // the one that shows at the time
    Next,     // the first one after the time; the last one where there is none
    Previous, // the last one before the time; the first one where there is none
};
struct FrameQuery {
    double time_s = 0;
    FrameChoice choice = FrameChoice::At;
    int max_frame_width_px = 1280;
};

/// One file, read by one percept-reader process of its own: stranger's bytes are parsed there, in a
/// sandbox, and only checked values come back. The process lives as long as this object. One call
/// at a time; not bound to a thread.
///
/// Errors of every call: ReaderDied (with what killed it), TimedOut, LimitExceeded, Cancelled,
/// BadFile, UnsupportedFile.
class FileReader {
public:
    /// Opens `path` here, hands the descriptor over and learns what it is. Office files are first
    /// turned into PDF. Also: FileNotFound, FileUnreadable (folders, devices, pipes),
    /// PasswordNeeded, MissingTool (names the package).
    static Result<std::unique_ptr<FileReader>> open(
        const std::filesystem::path& path,
        const OpenOptions& open_options,
        const ReaderOptions& options,
        const std::stop_token& stop = {});
    virtual ~FileReader() = default;

    virtual const FileInfo& info() const = 0;
    /// Pages [first, last], from 1, in order; a page that cannot be read arrives with a warning and
    /// without words.
    virtual Result<void>
    read_pages(int first, int last, const ReadHandler& handler, std::stop_token stop) = 0;
    /// Sound and pictures of a stretch of time, each in the order of its times.
    virtual Result<void>
    read_media(const MediaRange& range, const ReadHandler& handler, std::stop_token stop) = 0;
    /// Sound and moving pictures at playing speed, until the end of the range or the file. A stop
    /// ends it within milliseconds and keeps the reader: the next call starts at once.
    virtual Result<void>
    play(const PlayRange& range, const PlayHandler& handler, std::stop_token stop) = 0;
    /// One frame of a video, exactly. Where many frames must be decoded to have it, `on_preview`
    /// (may be empty) gets an earlier one first. Stepping and short jumps ahead are quick: the
    /// reader keeps its place and the last frames. A stop keeps the reader. Also: NotFound (no
    /// moving pictures).
    virtual Result<PlayFrame> find_frame(
        const FrameQuery& query,
        const std::function<void(PlayFrame)>& on_preview,
        std::stop_token stop) = 0;
    /// The page or picture at `dpi` (pictures: `dpi` 0 gives their own pixels), at most
    /// limits.max_pixels.
    virtual Result<Picture> render_page(int page, double dpi, std::stop_token stop) = 0;
    /// The page as wide as that, a picture at most as wide.
    virtual Result<Picture> render_page_to_width(int page, int width_px, std::stop_token stop) = 0;
};

} // namespace capture

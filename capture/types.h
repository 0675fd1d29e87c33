#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace capture {

enum class FileKind { Pdf, Image, Audio, Video, Text, Office };

/// Fractions of the page or frame, top left origin, 0 <= x0 <= x1 <= 1.
struct Box {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
};

/// One word in reading order. Offsets are bytes in Page::text.
struct Word {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    Box box;
    float confidence = 1; // of the OCR; 1 for a text layer
};

/// rgb rows top down, no padding.
struct Picture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> rgb;
};

/// One page of a document, one picture, or one sheet of lines of a text file.
struct Page {
    int number = 1;      // from 1, position in the file
    std::string label;   // "iv", where the file has labels
    double width_pt = 0; // 1/72 inch; 0 where the source has no size
    double height_pt = 0;
    std::string text;                       // UTF-8; lines end in \n, paragraphs in \n\n
    std::vector<Word> words;                // empty for text files
    std::vector<std::uint32_t> line_starts; // text files: byte offset of each line in `text`
    int first_line = 0;                     // text files: number of the first line, from 1
    bool by_ocr = false;
    std::vector<std::string> warnings;
};

/// A picture with a time: of a video, where the scene changes.
struct Frame {
    double time_s = 0;
    Picture picture;
    std::string text;        // read by OCR
    std::vector<Word> words; // offsets in text
};

/// Mono float at 16 kHz; start_s is exact on the time line of the file.
struct AudioBlock {
    double start_s = 0;
    std::vector<float> samples;
};

/// Sound for a player: 48 kHz, interleaved, without gaps (silence stands in for what the file does
/// not have). The samples last (end_s - start_s) / speed.
struct PlaySound {
    double start_s = 0; // of the source, whatever the speed
    double end_s = 0;
    int channels = 1; // 1 or 2
    std::vector<float> samples;
};

/// A picture for a player.
struct PlayFrame {
    double time_s = 0;
    bool exact = true; // false: an earlier one, to show until the exact one is decoded
    Picture picture;
};

struct OutlineEntry {
    int level = 0;
    std::string title;
    int page = 0; // 0: unknown
};

struct MediaStream {
    int index = 0;
    std::string kind; // "audio", "video", "subtitle", ...
    std::string codec;
    std::string language;
    double start_s = 0;
    double duration_s = 0;
    int sample_rate_hz = 0;
    int channels = 0;
    int width_px = 0;
    int height_px = 0;
    double frames_per_s = 0;
};

/// What opening a file tells.
struct FileInfo {
    FileKind kind = FileKind::Text;
    std::string format; // "PDF 1.7", "PNG", "Matroska, AAC, H.264", "UTF-8 text"
    std::string title;
    int pages = 0; // documents and pictures; text files: sheets
    double duration_s = 0;
    std::vector<OutlineEntry> outline;
    std::vector<MediaStream> streams;
    std::vector<std::string> warnings;
};

} // namespace capture

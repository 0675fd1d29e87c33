#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace storage {

using SessionId = std::int64_t;
using SourceId = std::int64_t;
using PassageId = std::int64_t;
using MessageId = std::int64_t;

/// Fractions of the page or frame, top left origin.
struct Box {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
};

struct Session {
    SessionId id = 0;
    std::string name;
    std::string created; // UTC, "2026-11-22T09:00:00Z"
    int sources = 0;
    double duration_s = 0;
    std::uint64_t size_bytes = 0; // of its media, shared files counted once here
    bool pinned = false;
    std::vector<std::string> tags = {};  // by name
    std::vector<std::string> kinds = {}; // of its sources, each once, by name
    int messages = 0;                    // questions and answers
};
struct Tag {
    std::string name;
    int sessions = 0;
};
/// What the library holds; what lies in the trash is not counted.
struct LibraryCounts {
    int sessions = 0;
    int with_documents = 0;  // sessions with a pdf, office, text or image source
    int with_recordings = 0; // audio
    int with_videos = 0;
    int with_answers = 0;
    std::uint64_t media_bytes = 0; // of the copies and pictures in the data folder
};

enum class SourceStatus { Reading, Ready, Partial, Failed, Cancelled };

/// One file, or one recorded channel, of a session; a changed file under the same path becomes a
/// new version.
struct Source {
    SourceId id = 0;
    SessionId session = 0;
    std::string path; // where the user had it
    std::string kind; // "pdf", "image", "audio", "video", "text", "office"
    std::string format;
    std::string title;
    std::string sha256; // of the content
    std::string
        stored_path; // content-addressed copy in the data folder; empty: referenced where it lies
    int version = 1;
    SourceStatus status = SourceStatus::Reading;
    std::uint64_t size_bytes = 0;
    int pages = 0;
    double duration_s = 0;
    std::vector<std::string> warnings;
    std::string error; // "ReaderDied: ..." where status is Failed
    double elapsed_s = 0;
    std::string created;
};

/// One word with its place; offsets are bytes in the text of its page or frame.
struct Word {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    Box box;
    float confidence = 1;
};
struct Page {
    SourceId source = 0;
    int number = 1;
    std::string label;
    double width_pt = 0;
    double height_pt = 0;
    std::string text;
    std::vector<Word> words;
    std::vector<std::uint32_t> line_starts;
    int first_line = 0;
    bool by_ocr = false;
};
/// A picture of a video with its time; the picture itself is a file in the data folder.
struct Frame {
    SourceId source = 0;
    double time_s = 0;
    std::string image_path; // relative to the data folder
    int width_px = 0;
    int height_px = 0;
    std::string text;
    std::vector<Word> words;
};
struct SegmentWord {
    double start_s = 0;
    double end_s = 0;
    std::string text;
    float confidence = 0;
};
/// A stretch of speech.
struct Segment {
    std::int64_t id = 0;
    SourceId source = 0;
    double start_s = 0;
    double end_s = 0;
    std::string text;
    float confidence = 0;
    std::string speaker; // as named by the user, else as recognised; empty: unknown
    std::string language;
    std::vector<SegmentWord> words;
    std::optional<std::string> edited = {}; // the user's text instead; what was recognised stays
};
/// What counts as said: the user's words where there are some.
inline const std::string& spoken_text(const Segment& segment)
{
    return segment.edited ? *segment.edited : segment.text;
}
/// A stretch of time of a source that was not captured or could not be decoded.
struct Gap {
    SourceId source = 0;
    double start_s = 0;
    double end_s = 0;
    std::string reason;
};

/// What search and answers work on: a few sentences of one page, one stretch of speech, or the
/// words of one frame.
struct Passage {
    PassageId id = 0;
    SourceId source = 0;
    SessionId session = 0;
    std::string kind;        // of the source
    int page = 0;            // 0: not on a page
    std::uint32_t begin = 0; // bytes in the page's text; 0..0 for speech
    std::uint32_t end = 0;
    std::optional<double> start_s;
    std::optional<double> end_s;
    std::string text;     // as searched: normalised, hyphens joined
    std::string language; // "en" is stemmed by porter; others are not
};
struct PassageHit {
    Passage passage;
    double score = 0; // larger is better; BM25 for words, cosine for vectors
};

enum class MessageRole { Question, Answer };
struct Message {
    MessageId id = 0;
    SessionId session = 0;
    MessageRole role = MessageRole::Question;
    std::string text;
    std::string mode;    // "quoted", "reasoned"; empty for a question
    std::string outcome; // "found", "possible", "not_found"
    std::string engine;
    std::string created;

    // Of an answer, shown below it
    std::vector<std::string> notes = {};       // "The sources give different values."
    std::vector<std::string> not_covered = {}; // "Offer C.docx was read in part."
    double elapsed_s = 0;                      // until it stood; 0: not known
    int new_tokens = 0;                        // of an engine that wrote it, as is what follows
    double prefill_s = 0;
    double decode_s = 0;
};
struct Citation {
    MessageId message = 0;
    int n = 1; // the [n] in the text
    SourceId source = 0;
    PassageId passage = 0;
    int page = 0;
    std::vector<Box> boxes;
    std::optional<double> start_s;
    std::optional<double> end_s;
    std::string quote;
    // The part of the quote that the answer is about: lit, and played from. Nothing: all of it.
    std::vector<Box> marked_boxes = {};
    std::optional<double> marked_start_s = {};
    std::optional<double> marked_end_s = {};
};
/// A place that came near a question without answering it.
struct NearPlace {
    SourceId source = 0;
    PassageId passage = 0; // 0: gone since
    int page = 0;
    std::optional<double> start_s = {};
    std::optional<double> end_s = {};
    std::string snippet = {};
};
/// A summary, a list of action items, ...; `json` in the form of the command line.
struct Artifact {
    std::int64_t id = 0;
    SessionId session = 0;
    std::string kind; // "minutes", "actions", "decisions", "brief", or a template's name
    std::string json;
    std::string created;
};
struct Note {
    std::int64_t id = 0;
    SessionId session = 0;
    std::optional<double> time_s;
    std::string text;
    std::string created;
};
/// Found by its words; larger scores are better, and comparable within one kind of hit only.
struct MessageHit {
    Message message;
    double score = 0;
};
struct NoteHit {
    Note note;
    double score = 0;
};
struct SessionHit {
    Session session;
    double score = 0;
};
struct SourceHit {
    Source source;
    double score = 0;
};
/// The user put a line of a summary into another list. The line is known by its place and words.
struct ItemMove {
    SessionId session = 0;
    SourceId source = 0;
    int page = 0; // 0: not on a page
    std::optional<double> start_s;
    std::string quote;
    std::string from; // "decisions", "actions", "check"
    std::string to;
    std::string created;
};
/// A moment that the user marked.
struct Marker {
    std::int64_t id = 0;
    SourceId source = 0;
    double time_s = 0;
    std::string label;
};

} // namespace storage

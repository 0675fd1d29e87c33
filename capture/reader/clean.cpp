#include "capture/reader/server.h"
#include "capture/utf8.h"

#include <algorithm>
#include <cmath>

// The client refuses what breaks the rules of the protocol. Libraries break them for files that are
// merely odd (a word half outside the page, text with a stray control character), so the reader
// mends that much before it sends.
namespace capture::reader {
namespace {

constexpr std::size_t kMaxSentenceBytes = 4096;

void clean(std::string& text, std::size_t max_bytes)
{
    if (!is_utf8(text)) text = to_valid_utf8(text);
    if (text.size() <= max_bytes) return;
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
}

float fraction(float value)
{
    return value >= 0 ? std::min(value, 1.0f) : 0.0f; // NaN becomes 0
}

/// 0 for what no file can mean; NaN becomes 0 too.
template <typename Number>
Number believable(Number value, Number most)
{
    return value >= 0 && value <= most ? value : Number{0};
}

void clean_sentences(std::vector<std::string>& sentences)
{
    if (sentences.size() > 1000) sentences.resize(1000);
    for (std::string& sentence : sentences) clean(sentence, kMaxSentenceBytes);
}

void clean_words(std::vector<Word>& words, std::size_t text_bytes)
{
    std::erase_if(words, [&](const Word& word) {
        return word.begin >= word.end || word.end > text_bytes;
    });
    for (Word& word : words) {
        Box& box = word.box;
        box = {fraction(box.x0), fraction(box.y0), fraction(box.x1), fraction(box.y1)};
        if (box.x0 > box.x1) std::swap(box.x0, box.x1);
        if (box.y0 > box.y1) std::swap(box.y0, box.y1);
        word.confidence = fraction(word.confidence);
    }
}

} // namespace

void clean(Page& page, const ReaderLimits& limits)
{
    clean(page.label, 256);
    // Documents build their text valid, with offsets into it; should one not, its words go rather
    // than lie.
    if (!is_utf8(page.text)) {
        clean(page.text, limits.max_text_bytes);
        page.words.clear();
        page.line_starts.clear();
    }
    if (page.text.size() > limits.max_text_bytes) {
        clean(page.text, limits.max_text_bytes);
        page.warnings.push_back(
            "The text of this page is longer than is read; its end is missing.");
    }
    std::erase_if(page.line_starts, [&](std::uint32_t at) { return at > page.text.size(); });
    clean_words(page.words, page.text.size());
    const auto size = [](double points) { return points > 0 && points < 1e6 ? points : 0.0; };
    page.width_pt = size(page.width_pt);
    page.height_pt = size(page.height_pt);
    clean_sentences(page.warnings);
}

void clean(Frame& frame, const ReaderLimits& limits)
{
    if (!is_utf8(frame.text) || frame.text.size() > limits.max_text_bytes) {
        clean(frame.text, limits.max_text_bytes);
        frame.words.clear();
    }
    clean_words(frame.words, frame.text.size());
    frame.time_s = std::max(frame.time_s, 0.0);
}

void clean(FileInfo& info, const ReaderLimits& limits)
{
    if (info.pages > limits.max_pages) {
        info.warnings.push_back(
            "Only the first " + std::to_string(limits.max_pages) + " of " +
            std::to_string(info.pages) + " pages are read.");
        info.pages = limits.max_pages;
    }
    clean(info.format, 256);
    clean(info.title, kMaxSentenceBytes);
    for (OutlineEntry& entry : info.outline) {
        clean(entry.title, kMaxSentenceBytes);
        entry.level = std::clamp(entry.level, 0, 64);
        if (entry.page < 0 || entry.page > info.pages) entry.page = 0;
    }
    for (MediaStream& stream : info.streams) {
        clean(stream.kind, 32);
        clean(stream.codec, 64);
        clean(stream.language, 64);
        stream.start_s =
            std::copysign(believable(std::abs(stream.start_s), kMaxSeconds), stream.start_s);
        stream.duration_s = believable(stream.duration_s, kMaxSeconds);
        stream.sample_rate_hz = believable(stream.sample_rate_hz, kMaxSampleRateHz);
        stream.channels = believable(stream.channels, kMaxChannels);
        stream.width_px = believable(stream.width_px, kMaxSide_px);
        stream.height_px = believable(stream.height_px, kMaxSide_px);
        stream.frames_per_s = believable(stream.frames_per_s, kMaxFramesPerS);
    }
    info.duration_s = believable(info.duration_s, kMaxSeconds);
    clean_sentences(info.warnings);
}

} // namespace capture::reader

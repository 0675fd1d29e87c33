#include "app/convert.h"

#include "app/text.h"

#include <utility>

namespace app {
namespace {

std::vector<storage::Word> to_storage(const std::vector<capture::Word>& words)
{
    std::vector<storage::Word> out;
    out.reserve(words.size());
    for (const auto& word : words) {
        out.push_back(
            {word.begin,
             word.end,
             {word.box.x0, word.box.y0, word.box.x1, word.box.y1},
             word.confidence});
    }
    return out;
}

} // namespace

storage::Page to_storage(capture::Page page, storage::SourceId source)
{
    storage::Page out;
    out.source = source;
    out.number = page.number;
    out.label = std::move(page.label);
    out.width_pt = page.width_pt;
    out.height_pt = page.height_pt;
    out.text = std::move(page.text);
    out.words = to_storage(page.words);
    out.line_starts = std::move(page.line_starts);
    out.first_line = page.first_line;
    out.by_ocr = page.by_ocr;
    return out;
}

storage::Frame to_storage(const capture::Frame& frame, storage::SourceId source)
{
    storage::Frame out;
    out.source = source;
    out.time_s = frame.time_s;
    out.width_px = frame.picture.width_px;
    out.height_px = frame.picture.height_px;
    out.text = frame.text;
    out.words = to_storage(frame.words);
    return out;
}

storage::Segment to_storage(
    const engine::RecognizedSegment& segment,
    storage::SourceId source,
    double offset_s,
    std::string_view language)
{
    storage::Segment out;
    out.source = source;
    out.start_s = offset_s + segment.start_s;
    out.end_s = offset_s + segment.end_s;
    out.text = one_line(segment.text);
    out.confidence = segment.confidence;
    out.language = language;
    out.words.reserve(segment.words.size());
    for (const auto& word : segment.words) {
        out.words.push_back(
            {offset_s + word.start_s, offset_s + word.end_s, word.text, word.confidence});
    }
    return out;
}

std::string_view name(capture::FileKind kind)
{
    switch (kind) {
    case capture::FileKind::Pdf:
        return "pdf";
    case capture::FileKind::Image:
        return "image";
    case capture::FileKind::Audio:
        return "audio";
    case capture::FileKind::Video:
        return "video";
    case capture::FileKind::Text:
        return "text";
    case capture::FileKind::Office:
        return "office";
    }
    return "text";
}

std::string_view name(storage::SourceStatus status)
{
    switch (status) {
    case storage::SourceStatus::Reading:
        return "reading";
    case storage::SourceStatus::Ready:
        return "ready";
    case storage::SourceStatus::Partial:
        return "partial";
    case storage::SourceStatus::Failed:
        return "failed";
    case storage::SourceStatus::Cancelled:
        return "cancelled";
    }
    return "failed";
}

} // namespace app

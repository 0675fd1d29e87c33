#include "app/export/writers.h"

#include "app/text.h"

#include <nlohmann/json.hpp>

namespace app::exporting {
namespace {

using json = nlohmann::ordered_json;

json or_null(const std::optional<double>& value)
{
    return value ? json(*value) : json(nullptr);
}
json or_null(const std::string& text)
{
    return text.empty() ? json(nullptr) : json(clean_utf8(text));
}

json box_json(const storage::Box& box)
{
    return json::array({box.x0, box.y0, box.x1, box.y1});
}

json pages_json(const std::vector<storage::Page>& pages)
{
    json out = json::array();
    for (const auto& page : pages) {
        out.push_back(
            {{"number", page.number},
             {"label", or_null(page.label)},
             {"by_ocr", page.by_ocr},
             {"text", clean_utf8(page.text)}});
    }
    return out;
}

json segments_json(const std::vector<storage::Segment>& segments)
{
    json out = json::array();
    for (const auto& segment : segments) {
        json words = json::array();
        for (const auto& word : segment.words) {
            words.push_back(
                {{"start_s", word.start_s},
                 {"end_s", word.end_s},
                 {"text", clean_utf8(word.text)}});
        }
        out.push_back(
            {{"start_s", segment.start_s},
             {"end_s", segment.end_s},
             {"text", clean_utf8(storage::spoken_text(segment))},
             {"recognised", segment.edited ? json(clean_utf8(segment.text)) : json(nullptr)},
             {"confidence", segment.confidence},
             {"speaker", or_null(segment.speaker)},
             {"language", or_null(segment.language)},
             {"words", std::move(words)}});
    }
    return out;
}

json tags_json(const std::vector<std::string>& tags)
{
    json out = json::array();
    for (const std::string& tag : tags) out.push_back(clean_utf8(tag));
    return out;
}

json source_json(const SourceContent& content)
{
    const storage::Source& source = content.source;
    json frames = json::array();
    for (const auto& frame : content.frames) {
        frames.push_back({{"time_s", frame.time_s}, {"text", clean_utf8(frame.text)}});
    }
    json gaps = json::array();
    for (const auto& gap : content.gaps) {
        gaps.push_back(
            {{"start_s", gap.start_s}, {"end_s", gap.end_s}, {"reason", clean_utf8(gap.reason)}});
    }
    return {
        {"id", source.id},
        {"path", clean_utf8(source.path)},
        {"kind", source.kind},
        {"format", clean_utf8(source.format)},
        {"sha256", source.sha256},
        {"size_bytes", source.size_bytes},
        {"duration_s", source.duration_s},
        {"pages", pages_json(content.pages)},
        {"segments", segments_json(content.segments)},
        {"frames", std::move(frames)},
        {"gaps", std::move(gaps)}};
}

json message_json(const MessageContent& content)
{
    const storage::Message& message = content.message;
    json out{
        {"role", message.role == storage::MessageRole::Question ? "question" : "answer"},
        {"text", clean_utf8(message.text)},
        {"created", message.created}};
    if (message.role == storage::MessageRole::Question) return out;
    json citations = json::array();
    for (const auto& citation : content.citations) {
        json boxes = json::array();
        for (const auto& box : citation.boxes) boxes.push_back(box_json(box));
        citations.push_back(
            {{"n", citation.n},
             {"source", citation.source},
             {"page", citation.page > 0 ? json(citation.page) : json(nullptr)},
             {"boxes", std::move(boxes)},
             {"start_s", or_null(citation.start_s)},
             {"end_s", or_null(citation.end_s)},
             {"quote", clean_utf8(citation.quote)}});
    }
    out["outcome"] = message.outcome;
    out["mode"] = message.mode;
    out["engine"] = clean_utf8(message.engine);
    out["citations"] = std::move(citations);
    return out;
}

} // namespace

std::string session_json(const SessionContent& content)
{
    json sources = json::array();
    for (const auto& source : content.sources) sources.push_back(source_json(source));
    json messages = json::array();
    for (const auto& message : content.messages) messages.push_back(message_json(message));
    json summaries = json::array();
    for (const auto& artifact : content.artifacts) {
        summaries.push_back(
            {{"template", artifact.kind},
             {"created", artifact.created},
             {"summary", json::parse(artifact.json, nullptr, false)}});
        if (summaries.back()["summary"].is_discarded()) summaries.back()["summary"] = nullptr;
    }
    json notes = json::array();
    for (const auto& note : content.notes) {
        notes.push_back(
            {{"time_s", or_null(note.time_s)},
             {"text", clean_utf8(note.text)},
             {"created", note.created}});
    }
    const json document{
        {"session",
         {{"id", content.session.id},
          {"name", clean_utf8(content.session.name)},
          {"created", content.session.created},
          {"tags", tags_json(content.session.tags)}}},
        {"sources", std::move(sources)},
        {"messages", std::move(messages)},
        {"summaries", std::move(summaries)},
        {"notes", std::move(notes)}};
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace app::exporting

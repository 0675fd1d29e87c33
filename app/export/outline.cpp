#include "app/export/outline.h"

#include "app/text.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace app::exporting {
namespace {

using nlohmann::json;

Run plain(std::string_view text)
{
    return {one_line(clean_utf8(text))};
}
Run bold(std::string_view text)
{
    return {one_line(clean_utf8(text)), true, false};
}
Run italic(std::string_view text)
{
    return {one_line(clean_utf8(text)), false, true};
}

/// The run after a space; runs themselves begin and end without one.
Run spaced(Run run)
{
    run.text.insert(run.text.begin(), ' ');
    return run;
}

std::string file_name(std::string_view path)
{
    return std::filesystem::path{path}.filename().string();
}

/// "PDF 1.7, 12 pages, 3.4 MB"
std::string source_words(const storage::Source& source)
{
    std::string words = source.format.empty() ? source.kind : source.format;
    if (source.pages > 0) words += ", " + counted(source.pages, "page");
    if (source.duration_s > 0) words += ", " + clock_time(source.duration_s);
    if (source.size_bytes > 0) words += ", " + human_size(source.size_bytes);
    if (source.status == storage::SourceStatus::Partial) words += ", read in part";
    if (source.status == storage::SourceStatus::Cancelled) words += ", stopped while reading";
    if (source.status == storage::SourceStatus::Failed) words += ", could not be read";
    return words;
}

void add_sources(std::vector<Block>& blocks, const SessionContent& content)
{
    if (content.sources.empty()) return;
    blocks.push_back({BlockKind::Heading, {plain("Sources")}});
    for (const auto& source : content.sources) {
        blocks.push_back(
            {BlockKind::Item,
             {bold(file_name(source.source.path)),
              spaced(plain("(" + source_words(source.source) + ")"))}});
    }
}

/// A paragraph a line: a quoting answer has one line a quote.
void add_lines(std::vector<Block>& blocks, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        Run run = plain(text.substr(at, end - at));
        if (!run.text.empty()) blocks.push_back({BlockKind::Paragraph, {std::move(run)}});
        at = end + 1;
    }
}

void add_messages(std::vector<Block>& blocks, const SessionContent& content)
{
    if (content.messages.empty()) return;
    blocks.push_back({BlockKind::Heading, {plain("Questions and answers")}});
    for (const auto& [message, citations] : content.messages) {
        if (message.role == storage::MessageRole::Question) {
            blocks.push_back({BlockKind::Subheading, {plain(message.text)}});
            continue;
        }
        add_lines(blocks, message.text);
        for (const auto& citation : citations) {
            const SourceContent* source = content.find(citation.source);
            const std::string path =
                source == nullptr ? "a source since removed" : source->source.path;
            blocks.push_back(
                {BlockKind::Item,
                 {plain(fmt::format(
                      "[{}] {}:",
                      citation.n,
                      place_words(path, citation.page, citation.start_s))),
                  spaced(italic("“" + one_line(citation.quote) + "”"))}});
        }
        const std::string mode = mode_words(message.mode, message.engine);
        if (!mode.empty()) blocks.push_back({BlockKind::Note, {plain(mode)}});
    }
}

std::string text_of(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

/// " (manual.pdf, page 4; meeting.wav, 1:05)" from the citations of an item.
std::string places_of(const json& item)
{
    std::string places;
    const auto citations = item.find("citations");
    if (citations == item.end() || !citations->is_array()) return places;
    for (const auto& citation : *citations) {
        if (!citation.is_object()) continue;
        const auto page = citation.find("page");
        const auto start = citation.find("start_s");
        std::optional<double> start_s;
        if (start != citation.end() && start->is_number()) start_s = start->get<double>();
        const int number =
            page != citation.end() && page->is_number_integer() ? page->get<int>() : 0;
        places += places.empty() ? "(" : "; ";
        places += place_words(text_of(citation, "path"), number, start_s);
    }
    if (!places.empty()) places += ')';
    return places;
}

void add_item(std::vector<Block>& blocks, const json& item)
{
    if (!item.is_object()) return;
    std::vector<Run> runs{plain(text_of(item, "text"))};
    const std::string owner = text_of(item, "owner");
    const std::string due = text_of(item, "due");
    if (!owner.empty()) runs.push_back(spaced(plain("Owner: " + owner + ".")));
    if (!due.empty()) runs.push_back(spaced(plain("Due: " + due + ".")));
    const std::string places = places_of(item);
    if (!places.empty()) runs.push_back(spaced(italic(places)));
    blocks.push_back({BlockKind::Item, std::move(runs)});
}

void add_artifacts(std::vector<Block>& blocks, const SessionContent& content)
{
    for (const auto& artifact : content.artifacts) {
        const json document = json::parse(artifact.json, nullptr, false);
        if (!document.is_object()) continue;
        const std::string title = text_of(document, "title");
        blocks.push_back({BlockKind::Heading, {plain(title.empty() ? "Summary" : title)}});
        const auto sections = document.find("sections");
        if (sections != document.end() && sections->is_array()) {
            for (const auto& section : *sections) {
                if (!section.is_object()) continue;
                blocks.push_back({BlockKind::Subheading, {plain(text_of(section, "name"))}});
                const auto items = section.find("items");
                if (items == section.end() || !items->is_array() || items->empty()) {
                    blocks.push_back({BlockKind::Note, {plain("Nothing of this kind was found.")}});
                    continue;
                }
                for (const auto& item : *items) add_item(blocks, item);
            }
        }
        const std::string mode = mode_words(text_of(document, "mode"), text_of(document, "engine"));
        if (!mode.empty()) blocks.push_back({BlockKind::Note, {plain(mode)}});
    }
}

void add_notes(std::vector<Block>& blocks, const SessionContent& content)
{
    if (content.notes.empty()) return;
    blocks.push_back({BlockKind::Heading, {plain("Notes")}});
    for (const auto& note : content.notes) {
        if (note.time_s) {
            blocks.push_back(
                {BlockKind::Item, {bold(clock_time(*note.time_s)), spaced(plain(note.text))}});
        } else {
            blocks.push_back({BlockKind::Item, {plain(note.text)}});
        }
    }
}

void add_transcript(std::vector<Block>& blocks, const SourceContent& source)
{
    if (source.segments.empty() && source.gaps.empty()) return;
    blocks.push_back(
        {BlockKind::Heading, {plain("What was said in " + file_name(source.source.path))}});
    std::size_t next_gap = 0;
    const auto gaps_until = [&](double time_s) {
        for (; next_gap < source.gaps.size() && source.gaps[next_gap].start_s <= time_s;
             ++next_gap) {
            const auto& gap = source.gaps[next_gap];
            blocks.push_back(
                {BlockKind::Note,
                 {plain(fmt::format(
                     "{}–{} is missing: {}",
                     clock_time(gap.start_s),
                     clock_time(gap.end_s),
                     gap.reason))}});
        }
    };
    for (const auto& segment : source.segments) {
        gaps_until(segment.start_s);
        if (storage::spoken_text(segment).empty()) continue;
        std::vector<Run> runs{bold(clock_time(segment.start_s))};
        if (!segment.speaker.empty()) runs.push_back(spaced(bold(segment.speaker + ":")));
        runs.push_back(spaced(plain(storage::spoken_text(segment))));
        blocks.push_back({BlockKind::Paragraph, std::move(runs)});
    }
    gaps_until(source.source.duration_s + 1e9);
}

void add_paragraphs(std::vector<Block>& blocks, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find("\n\n", at), text.size());
        Run run = plain(text.substr(at, end - at));
        if (!run.text.empty()) blocks.push_back({BlockKind::Paragraph, {std::move(run)}});
        at = end + 2;
    }
}

void add_pictures(std::vector<Block>& blocks, const SourceContent& source)
{
    const bool pages_by_ocr =
        std::any_of(source.pages.begin(), source.pages.end(), [](const auto& p) {
            return p.by_ocr && !p.text.empty();
        });
    const bool frames_with_text =
        std::any_of(source.frames.begin(), source.frames.end(), [](const auto& f) {
            return !one_line(f.text).empty();
        });
    if (!pages_by_ocr && !frames_with_text) return;
    blocks.push_back(
        {BlockKind::Heading, {plain("Read from pictures in " + file_name(source.source.path))}});
    for (const auto& page : source.pages) {
        if (!page.by_ocr || page.text.empty()) continue;
        blocks.push_back({BlockKind::Subheading, {plain(fmt::format("Page {}", page.number))}});
        add_paragraphs(blocks, page.text);
    }
    for (const auto& frame : source.frames) {
        if (one_line(frame.text).empty()) continue;
        blocks.push_back({BlockKind::Subheading, {plain(clock_time(frame.time_s))}});
        add_paragraphs(blocks, frame.text);
    }
}

} // namespace

std::string mode_words(std::string_view mode, std::string_view engine)
{
    if (mode == "quoted") return "Quoted from your sources";
    if (mode == "reasoned")
        return fmt::format("Written by {}", engine.empty() ? "a model" : engine);
    return {};
}

std::string place_words(std::string_view path, int page, const std::optional<double>& start_s)
{
    std::string words = file_name(path);
    if (page > 0) words += fmt::format(", page {}", page);
    if (start_s) words += ", " + clock_time(*start_s);
    return words;
}

std::string
cited_words(const storage::Citation& citation, std::string_view path, std::string_view answer)
{
    std::string words =
        fmt::format("[{}] {}\n", citation.n, place_words(path, citation.page, citation.start_s));
    if (answer.find(citation.quote) == std::string_view::npos)
        words += "    " + one_line(citation.quote) + "\n";
    return words;
}

std::vector<Block> outline(const SessionContent& content)
{
    std::vector<Block> blocks;
    blocks.push_back({BlockKind::Title, {plain(content.session.name)}});
    blocks.push_back(
        {BlockKind::Note, {plain("Session of " + content.session.created.substr(0, 10))}});
    add_sources(blocks, content);
    add_messages(blocks, content);
    add_artifacts(blocks, content);
    add_notes(blocks, content);
    for (const auto& source : content.sources) add_transcript(blocks, source);
    for (const auto& source : content.sources) add_pictures(blocks, source);
    return blocks;
}

} // namespace app::exporting

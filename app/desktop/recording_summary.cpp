#include "app/desktop/recording_summary.h"

#include "app/answer/summarize.h"
#include "app/desktop/app_sentences.h"
#include "app/log.h"
#include "app/summary_job.h"
#include "base/blocking.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace app::desktop {
namespace {

using json = nlohmann::json;
using ui::recording::LineMove;
using ui::recording::ListKind;
using ui::recording::SummaryContent;
using ui::recording::SummaryLine;
using ui::recording::SummarySection;

constexpr std::pair<ListKind, std::string_view> kListWords[] = {
    {ListKind::Marks, "marks"},
    {ListKind::Dates, "dates"},
    {ListKind::Decisions, "decisions"},
    {ListKind::Actions, "actions"},
    {ListKind::ToCheck, "check"},
    {ListKind::Highlights, "highlights"},
    {ListKind::Questions, "questions"},
    {ListKind::KeySentences, "key"}};

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

ui::Place placeOf(const json& citation, storage::SessionId session)
{
    ui::Place place;
    place.session = session;
    place.source = citation.value("source", storage::SourceId{0});
    const std::string kind = citation.value("kind", std::string());
    if (const auto page = citation.find("page"); page != citation.end() && page->is_number())
        place.page = page->get<int>();
    place.kind = ui::placeKind(kind, place.page > 0);
    place.name =
        text(std::filesystem::path(citation.value("path", std::string())).filename().string());
    for (const auto& box : citation.value("boxes", json::array())) {
        if (box.is_array() && box.size() == 4)
            place.boxes.push_back(
                {box[0].get<float>(),
                 box[1].get<float>(),
                 box[2].get<float>(),
                 box[3].get<float>()});
    }
    const auto time = [&](const char* name) -> std::optional<double> {
        const auto value = citation.find(name);
        if (value == citation.end() || !value->is_number()) return std::nullopt;
        return value->get<double>();
    };
    place.start_s = time("start_s");
    place.end_s = time("end_s");
    place.quote = text(citation.value("quote", std::string()));
    return place;
}

QString stringOf(const json& object, const char* name)
{
    const auto value = object.find(name);
    return value == object.end() || !value->is_string() ? QString()
                                                        : text(value->get<std::string>());
}

ListKind kindOf(const json& section)
{
    const auto list = listKind(stringOf(section, "list").toStdString());
    return list == ListKind::Other ? ui::recording::listKindOf(stringOf(section, "name")) : list;
}

SummaryContent
fromJson(const json& stored, storage::SessionId session, const std::vector<ListKind>& kinds)
{
    SummaryContent summary;
    summary.title = stringOf(stored, "title");
    const auto sections = stored.value("sections", json::array());
    for (std::size_t i = 0; i < sections.size(); ++i) {
        SummarySection section;
        section.title = stringOf(sections[i], "name");
        section.kind = i < kinds.size() ? kinds[i] : kindOf(sections[i]);
        section.note = translated(stringOf(sections[i], "note"));
        for (const auto& item : sections[i].value("items", json::array())) {
            SummaryLine line;
            line.text = stringOf(item, "text");
            line.owner = stringOf(item, "owner");
            line.due = QDate::fromString(stringOf(item, "due"), Qt::ISODate);
            for (const auto& citation : item.value("citations", json::array()))
                line.places.push_back(placeOf(citation, session));
            section.lines.push_back(std::move(line));
        }
        summary.sections.push_back(std::move(section));
    }
    const json coverage = stored.value("coverage", json::object());
    summary.heard_s = coverage.value("heard_s", 0.0);
    summary.pages = coverage.value("pages", 0);
    for (const auto& sentence : coverage.value("missing", json::array())) {
        if (sentence.is_string()) summary.missing << translated(sentence.get<std::string>());
    }
    summary.quoted = stored.value("mode", std::string()) != "reasoned";
    summary.how = translated(stringOf(stored, "how"));
    return summary;
}

/// What an artifact does not say of itself: of which words it was made, and which list is which
/// where a template file gave the titles.
struct MadeOf {
    std::string words;
    std::vector<ListKind> kinds;
};

std::string keyOf(storage::SessionId session, const std::string& form)
{
    return fmt::format("summary.{}.{}", session, form);
}

Result<MadeOf>
madeOf(storage::Library& library, storage::SessionId session, const std::string& form)
{
    const auto stored = library.setting(keyOf(session, form));
    if (!stored) return tl::unexpected(stored.error());
    MadeOf made;
    if (!*stored) return made; // by the command line
    const json values = json::parse(**stored, nullptr, false);
    if (!values.is_object()) return made;
    made.words = values.value("made_of", std::string());
    for (const auto& word : values.value("kinds", json::array())) {
        if (word.is_string()) made.kinds.push_back(listKind(word.get<std::string>()));
    }
    return made;
}

} // namespace

std::string listWord(ListKind kind)
{
    for (const auto& [known, word] : kListWords) {
        if (known == kind) return std::string(word);
    }
    return {};
}

ListKind listKind(std::string_view word)
{
    for (const auto& [kind, known] : kListWords) {
        if (known == word) return kind;
    }
    return ListKind::Other;
}

ListKind listKind(answer::SectionKind kind)
{
    switch (kind) {
    case answer::SectionKind::Marks:
        return ListKind::Marks;
    case answer::SectionKind::Dates:
        return ListKind::Dates;
    case answer::SectionKind::Decisions:
        return ListKind::Decisions;
    case answer::SectionKind::Actions:
        return ListKind::Actions;
    case answer::SectionKind::ToCheck:
        return ListKind::ToCheck;
    case answer::SectionKind::Highlights:
        return ListKind::Highlights;
    case answer::SectionKind::Questions:
        return ListKind::Questions;
    case answer::SectionKind::KeySentences:
        return ListKind::KeySentences;
    }
    return ListKind::Other;
}

Result<SummaryContent> readSummary(
    storage::Library& library,
    storage::SessionId session,
    const std::string& stored,
    const std::vector<ListKind>& kinds)
{
    BASE_MAY_BLOCK();
    SummaryContent summary;
    try {
        summary = fromJson(json::parse(stored), session, kinds);
    } catch (const json::exception&) {
        return fail(
            ErrorCode::BadFile,
            "The stored summary cannot be read.",
            "Make it again; the recording itself is not affected.");
    }
    const auto moves = library.item_moves(session);
    if (!moves) return tl::unexpected(moves.error());
    for (const auto& move : *moves) {
        LineMove done;
        done.source = move.source;
        done.page = move.page;
        done.start_s = move.start_s;
        done.quote = text(move.quote);
        done.from = listKind(move.from);
        done.to = listKind(move.to);
        ui::recording::moveLine(summary, done);
    }
    return summary;
}

Result<std::string> fingerprint(storage::Library& library, storage::SessionId session)
{
    BASE_MAY_BLOCK();
    // FNV-1a, 64 bit: it tells a change, it keeps nothing secret.
    std::uint64_t hash = 14695981039346656037ull;
    const auto add = [&hash](std::string_view bytes) {
        for (const char byte : bytes) {
            hash ^= static_cast<unsigned char>(byte);
            hash *= 1099511628211ull;
        }
        hash ^= 0xff; // ends the word
        hash *= 1099511628211ull;
    };
    const auto sources = library.sources(session);
    if (!sources) return tl::unexpected(sources.error());
    for (const auto& source : *sources) {
        add(std::to_string(source.id));
        add(std::to_string(static_cast<int>(source.status)));
        add(std::to_string(source.pages));
        const auto segments = library.segments(source.id);
        if (!segments) return tl::unexpected(segments.error());
        for (const auto& segment : *segments) {
            add(segment.speaker);
            add(segment.edited ? *segment.edited : segment.text);
        }
        const auto markers = library.markers(source.id);
        if (!markers) return tl::unexpected(markers.error());
        for (const auto& marker : *markers) add(std::to_string(marker.time_s));
    }
    return fmt::format("{:016x}", hash);
}

Result<std::optional<SummaryContent>>
storedSummary(storage::Library& library, storage::SessionId session, const QString& form)
{
    BASE_MAY_BLOCK();
    const auto wanted = answer::load_template(form.toStdString());
    if (!wanted) return tl::unexpected(wanted.error());
    const auto artifacts = library.artifacts(session);
    if (!artifacts) return tl::unexpected(artifacts.error());
    const auto newest =
        std::find_if(artifacts->rbegin(), artifacts->rend(), [&](const storage::Artifact& one) {
            return one.kind == wanted->name;
        });
    if (newest == artifacts->rend()) return std::optional<SummaryContent>{};
    const auto made = madeOf(library, session, wanted->name);
    if (!made) return tl::unexpected(made.error());
    auto content = readSummary(library, session, newest->json, made->kinds);
    if (!content) return tl::unexpected(content.error());
    const auto now = fingerprint(library, session);
    if (!now) return tl::unexpected(now.error());
    content->form = form;
    content->outdated = !made->words.empty() && made->words != *now;
    return std::optional<SummaryContent>(std::move(*content));
}

Result<SummaryContent> makeSummary(
    storage::Library& library,
    Engines& engines,
    storage::SessionId session,
    const QString& form,
    bool saves,
    const std::stop_token& stop)
{
    BASE_MAY_BLOCK();
    const auto wanted = answer::load_template(form.toStdString());
    if (!wanted) return tl::unexpected(wanted.error());
    // Before the summary: an edit in between makes it outdated, never wrongly current.
    const auto words = fingerprint(library, session);
    if (!words) return tl::unexpected(words.error());
    SummarizeRequest request;
    request.session = session;
    request.form = form.toStdString();
    const auto made = summarize(request, library, saves, engines, stop);
    if (!made) return tl::unexpected(made.error());

    std::vector<ListKind> kinds;
    json kind_words = json::array();
    for (const auto& section : made->summary.sections) {
        kinds.push_back(listKind(section.kind));
        kind_words.push_back(listWord(kinds.back()));
    }
    if (saves && !made->not_saved) {
        const json values = {{"made_of", *words}, {"kinds", std::move(kind_words)}};
        if (auto kept = library.set_setting(keyOf(session, wanted->name), values.dump()); !kept)
            return tl::unexpected(kept.error());
    } else if (made->not_saved) {
        Log::instance().info("summary not kept: " + made->not_saved->message);
    }
    auto content = readSummary(library, session, made->json, kinds);
    if (content) content->form = form;
    return content;
}

} // namespace app::desktop

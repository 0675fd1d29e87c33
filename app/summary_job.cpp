#include "app/summary_job.h"

#include "app/ask_job.h"
#include "app/log.h"
#include "app/text.h"

#include <chrono>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace app {
namespace {

using json = nlohmann::ordered_json;

json or_null(const std::string& text)
{
    return text.empty() ? json(nullptr) : json(clean_utf8(text));
}

json item_json(
    const answer::SummaryItem& item,
    const std::map<storage::SourceId, storage::Source>& sources)
{
    json citations = json::array();
    for (const auto& citation : item.citations) {
        const auto source = sources.find(citation.source);
        const bool known = source != sources.end();
        citations.push_back(citation_json(
            citation,
            known ? source->second.path : "",
            known ? source->second.kind : ""));
    }
    return {
        {"text", clean_utf8(item.text)},
        {"owner", or_null(item.owner)},
        {"due", or_null(item.due)},
        {"citations", std::move(citations)}};
}

json summary_json(
    const answer::Summary& summary,
    const std::map<storage::SourceId, storage::Source>& sources)
{
    json sections = json::array();
    for (const auto& section : summary.sections) {
        json items = json::array();
        for (const auto& item : section.items) items.push_back(item_json(item, sources));
        sections.push_back(
            {{"name", clean_utf8(section.name)},
             {"list", or_null(std::string{answer::list_name(section.kind)})},
             {"items", std::move(items)},
             {"note", or_null(section.note)}});
    }
    json missing = json::array();
    for (const auto& sentence : summary.coverage.missing) missing.push_back(clean_utf8(sentence));
    return {
        {"title", clean_utf8(summary.title)},
        {"sections", std::move(sections)},
        {"coverage",
         {{"sources", summary.coverage.sources},
          {"heard_s", summary.coverage.heard_s},
          {"pages", summary.coverage.pages},
          {"missing", std::move(missing)}}},
        {"mode", summary.mode},
        {"how", or_null(summary.how)}};
}

} // namespace

json citation_json(
    const storage::Citation& citation,
    const std::string& path,
    const std::string& kind)
{
    json boxes = json::array();
    for (const auto& box : citation.boxes) boxes.push_back({box.x0, box.y0, box.x1, box.y1});
    return {
        {"n", citation.n},
        {"source", citation.source},
        {"path", clean_utf8(path)},
        {"kind", kind},
        {"page", citation.page > 0 ? json(citation.page) : json(nullptr)},
        {"boxes", std::move(boxes)},
        {"start_s", citation.start_s ? json(*citation.start_s) : json(nullptr)},
        {"end_s", citation.end_s ? json(*citation.end_s) : json(nullptr)},
        {"quote", clean_utf8(citation.quote)}};
}

Result<SummaryReply> summarize(
    const SummarizeRequest& request,
    storage::Library& library,
    bool saves,
    Engines& engines,
    const std::stop_token& stop)
{
    const auto began = std::chrono::steady_clock::now();
    const auto form = answer::load_template(request.form);
    if (!form) return tl::unexpected(form.error());
    const auto session =
        request.session ? Result<storage::SessionId>{*request.session} : latest_session(library);
    if (!session) return tl::unexpected(session.error());
    if (auto known = library.session(*session); !known) return tl::unexpected(known.error());
    const auto embedder = embedder_or_null(engines);
    if (!embedder) return tl::unexpected(embedder.error());
    auto summary = answer::summarize(*session, *form, library, *embedder, stop);
    if (!summary) return tl::unexpected(summary.error());

    const auto listed = library.sources(*session);
    if (!listed) return tl::unexpected(listed.error());
    std::map<storage::SourceId, storage::Source> sources;
    for (const auto& source : *listed) sources.emplace(source.id, source);
    SummaryReply reply;
    reply.session = *session;
    reply.json =
        summary_json(*summary, sources).dump(-1, ' ', false, json::error_handler_t::replace);
    reply.summary = std::move(*summary);
    if (saves) {
        storage::Artifact artifact;
        artifact.session = *session;
        artifact.kind = form->name;
        artifact.json = reply.json;
        if (auto added = library.add_artifact(artifact); !added) reply.not_saved = added.error();
    }
    reply.total_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    Log::instance().info(fmt::format("summarize: session {}, {:.2f} s", *session, reply.total_s));
    return reply;
}

} // namespace app

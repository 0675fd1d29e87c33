#include "app/cli/json.h"
#include "app/convert.h"
#include "app/text.h"

namespace app::cli {
namespace {

Json source_json(const IngestedSource& ingested)
{
    const storage::Source& source = ingested.source;
    Json warnings = Json::array();
    for (const auto& warning : source.warnings) warnings.push_back(clean_utf8(warning));
    Json error = nullptr;
    if (ingested.error) {
        error = error_json(*ingested.error);
    } else if (!source.error.empty()) { // of an earlier run, kept as "Code: sentence"
        const std::size_t colon = source.error.find(": ");
        const bool split = colon != std::string::npos;
        error = {
            {"code", split ? source.error.substr(0, colon) : "Internal"},
            {"message", clean_utf8(split ? source.error.substr(colon + 2) : source.error)},
            {"hint", nullptr}};
    }
    return {
        {"id", source.id != 0 ? Json(source.id) : Json(nullptr)},
        {"path", clean_utf8(source.path)},
        {"kind", source.kind},
        {"status", name(source.status)},
        {"pages", source.pages},
        {"duration_s", source.duration_s},
        {"segments", ingested.segments},
        {"frames", ingested.frames},
        {"passages", ingested.passages},
        {"ocr_pages", ingested.ocr_pages},
        {"warnings", std::move(warnings)},
        {"error", std::move(error)},
        {"elapsed_s", source.elapsed_s}};
}

Json sources_json(const std::vector<IngestedSource>& sources)
{
    Json out = Json::array();
    for (const auto& source : sources) out.push_back(source_json(source));
    return out;
}

} // namespace

Json error_json(const Error& error)
{
    return {
        {"code", base::name(error.code)},
        {"message", clean_utf8(error.message)},
        {"hint", error.hint.empty() ? Json(nullptr) : Json(clean_utf8(error.hint))}};
}

Json ingest_json(const IngestReport& report)
{
    return {{"session", report.session}, {"sources", sources_json(report.sources)}};
}

} // namespace app::cli

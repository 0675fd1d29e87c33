#include "app/cli/json.h"
#include "app/summary_job.h"
#include "app/text.h"

namespace app::cli {
namespace {

Json message_json(const ShownMessage& shown)
{
    const storage::Message& message = shown.message;
    const bool question = message.role == storage::MessageRole::Question;
    const auto of_answers = [question](const std::string& text) {
        return question ? Json(nullptr) : Json(clean_utf8(text));
    };
    Json citations = Json::array();
    for (const auto& cited : shown.citations)
        citations.push_back(citation_json(cited.citation, cited.path, cited.kind));
    return {
        {"id", message.id},
        {"role", question ? "question" : "answer"},
        {"text", clean_utf8(message.text)},
        {"mode", of_answers(message.mode)},
        {"outcome", of_answers(message.outcome)},
        {"engine", of_answers(message.engine)},
        {"created", message.created},
        {"citations", std::move(citations)}};
}

} // namespace

Json sessions_json(const std::vector<storage::Session>& sessions)
{
    Json out = Json::array();
    for (const auto& session : sessions) {
        out.push_back(
            {{"id", session.id},
             {"name", clean_utf8(session.name)},
             {"created", session.created},
             {"sources", session.sources},
             {"duration_s", session.duration_s},
             {"size_bytes", session.size_bytes}});
    }
    return {{"sessions", std::move(out)}};
}

Json session_json(
    const storage::Session& session,
    const std::vector<IngestedSource>& sources,
    const std::vector<ShownMessage>& messages)
{
    Json document = sessions_json({session});
    document["sources"] = ingest_json({session.id, sources}).at("sources");
    document["messages"] = Json::array();
    for (const auto& shown : messages) document["messages"].push_back(message_json(shown));
    return document;
}

Json removed_json(const storage::Removed& removed)
{
    return {
        {"removed",
         {{"sessions", removed.sessions},
          {"sources", removed.sources},
          {"passages", removed.passages},
          {"media_bytes", removed.media_bytes}}}};
}

Json models_json(const std::vector<ListedModel>& models)
{
    Json out = Json::array();
    for (const auto& model : models) {
        out.push_back(
            {{"name", clean_utf8(model.name)},
             {"installed", model.installed},
             {"optional", model.optional},
             {"size_bytes", model.size_bytes},
             {"licence", model.licence},
             {"capabilities",
              {{"sees", model.capabilities.sees},
               {"hears", model.capabilities.hears},
               {"reasons", model.capabilities.reasons},
               {"calls_tools", model.capabilities.calls_tools}}},
             {"fits", model.fits},
             {"why", model.why},
             {"title", clean_utf8(model.title)},
             {"listens", model.listens ? Json(*model.listens) : Json(nullptr)},
             {"path", model.path.empty() ? Json(nullptr) : Json(clean_utf8(model.path))},
             {"problem", model.problem.empty() ? Json(nullptr) : Json(clean_utf8(model.problem))}});
    }
    return {{"models", std::move(out)}};
}

Json checks_json(const std::vector<Check>& checks)
{
    Json out = Json::array();
    for (const auto& check : checks) {
        out.push_back(
            {{"name", check.name},
             {"ok", check.ok},
             {"detail", clean_utf8(check.detail)},
             {"hint", check.hint.empty() ? Json(nullptr) : Json(clean_utf8(check.hint))}});
    }
    return {{"checks", std::move(out)}};
}

Json written_json(const std::filesystem::path& path, std::uint64_t size_bytes)
{
    return {{"path", clean_utf8(path.string())}, {"size_bytes", size_bytes}};
}

} // namespace app::cli

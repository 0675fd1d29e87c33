#include "app/cli/json.h"
#include "app/text.h"

namespace app::cli {

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
            {{"name", model.name},
             {"installed", model.installed},
             {"size_bytes", model.size_bytes},
             {"licence", model.licence},
             {"capabilities",
              {{"sees", model.capabilities.sees},
               {"hears", model.capabilities.hears},
               {"reasons", model.capabilities.reasons},
               {"calls_tools", model.capabilities.calls_tools}}},
             {"fits", model.fits},
             {"why", model.why},
             {"title", model.title},
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

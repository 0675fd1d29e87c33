// The user's own models as a library keeps them: paths, which of them may write answers, and which
// one listens.
#include "app/own_model.h"
#include "app/published_model.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kKey = "own_models"; // of the library's settings

struct Kept {
    fs::path file;
    bool writes = false;
    bool recognizes_speech = false; // a folder that is gone does not tell
    bool listens = false;
};

bool says_yes(const json& entry, const char* key)
{
    const auto found = entry.find(key);
    return found != entry.end() && found->is_boolean() && found->get<bool>();
}

/// Entries are objects; older versions wrote paths alone.
Result<std::vector<Kept>> kept_in(storage::Library& library)
{
    const auto text = library.setting(kKey);
    if (!text) return tl::unexpected(text.error());
    std::vector<Kept> kept;
    const json list = json::parse(text->value_or("null"), nullptr, false);
    if (!list.is_array()) return kept;
    for (const json& entry : list) {
        if (entry.is_string()) {
            kept.push_back({entry.get<std::string>()});
        } else if (entry.is_object()) {
            const auto path = entry.find("path");
            if (path == entry.end() || !path->is_string()) continue;
            kept.push_back(
                {path->get<std::string>(),
                 says_yes(entry, "writes_answers"),
                 says_yes(entry, "recognizes_speech"),
                 says_yes(entry, "listens")});
        }
    }
    return kept;
}

} // namespace

bool same_model(const fs::path& one, const fs::path& other)
{
    std::error_code ignored;
    fs::path a = fs::weakly_canonical(one, ignored), b = fs::weakly_canonical(other, ignored);
    if (!a.has_filename()) a = a.parent_path(); // "models/nano/"
    if (!b.has_filename()) b = b.parent_path();
    const auto holds = [](const fs::path& folder, const fs::path& file) {
        return file.extension() == ".gguf" && file.parent_path() == folder;
    };
    return a == b || holds(a, b) || holds(b, a);
}

Result<std::vector<OwnModel>> own_models(storage::Library& library)
{
    const auto kept = kept_in(library);
    if (!kept) return tl::unexpected(kept.error());
    std::vector<OwnModel> models;
    for (const Kept& one : *kept) {
        auto model = look_at_model(one.file);
        if (!model) {
            OwnModel lost;
            lost.file = one.file;
            lost.name = one.file.filename().string();
            lost.recognizes_speech = one.recognizes_speech;
            lost.problem = model.error().message;
            models.push_back(std::move(lost));
        } else {
            models.push_back(std::move(*model));
        }
        models.back().capabilities.reasons = one.writes;
        models.back().listens = one.listens;
    }
    return models;
}

Result<void> keep_own_models(storage::Library& library, std::span<const OwnModel> models)
{
    json list = json::array();
    for (const OwnModel& model : models)
        list.push_back(
            {{"path", model.file.string()},
             {"writes_answers", model.capabilities.reasons},
             {"recognizes_speech", model.recognizes_speech},
             {"listens", model.listens}});
    return library.set_setting(kKey, list.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<fs::path> listening_model(storage::Library& library)
{
    const auto kept = kept_in(library);
    if (!kept) return tl::unexpected(kept.error());
    const auto one = std::ranges::find_if(*kept, &Kept::listens);
    return one == kept->end() ? fs::path() : one->file;
}

void let_listen(std::span<OwnModel> models, const fs::path& model, bool on)
{
    for (OwnModel& one : models) {
        if (same_model(one.file, model))
            one.listens = on && one.recognizes_speech;
        else if (on)
            one.listens = false;
    }
}

Result<bool> may_write_answers(
    const fs::path& model,
    const models::Catalogue& catalogue,
    const fs::path& models_folder,
    storage::Library& library)
{
    if (const auto* published = published_at(model, catalogue, models_folder)) {
        if (!published->user_decides) return published->capabilities.reasons;
        const auto writing = writing_models(library);
        if (!writing) return tl::unexpected(writing.error());
        return std::ranges::find(*writing, published->name) != writing->end();
    }
    const auto kept = kept_in(library);
    if (!kept) return tl::unexpected(kept.error());
    return std::ranges::any_of(*kept, [&](const Kept& one) {
        return one.writes && same_model(one.file, model);
    });
}

} // namespace app

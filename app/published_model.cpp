#include "app/published_model.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kKey = "writing_models"; // of the library's settings

} // namespace

fs::path published_file(
    std::string_view name,
    const models::Catalogue& catalogue,
    const fs::path& models_folder)
{
    const models::Model* model = catalogue.find(name);
    if (model == nullptr) return {};
    const std::string file = model->language_file();
    return file.empty() ? fs::path{} : models_folder / model->name / file;
}

const models::Model* published_at(
    const fs::path& model,
    const models::Catalogue& catalogue,
    const fs::path& models_folder)
{
    std::error_code ignored;
    const fs::path inside = fs::weakly_canonical(model, ignored);
    const fs::path parent = fs::weakly_canonical(models_folder, ignored);
    const auto& all = catalogue.models();
    const auto found = std::ranges::find_if(all, [&](const models::Model& published) {
        // The folder may be a link to where there is room.
        const fs::path folder = fs::weakly_canonical(parent / published.name, ignored);
        return inside == folder || inside.parent_path() == folder;
    });
    return found == all.end() ? nullptr : &*found;
}

Result<std::vector<std::string>> writing_models(storage::Library& library)
{
    const auto text = library.setting(kKey);
    if (!text) return tl::unexpected(text.error());
    std::vector<std::string> names;
    const json list = json::parse(text->value_or("null"), nullptr, false);
    if (!list.is_array()) return names;
    for (const json& entry : list)
        if (entry.is_string()) names.push_back(entry.get<std::string>());
    return names;
}

Result<void> let_model_write(storage::Library& library, const std::string& name, bool writes)
{
    auto names = writing_models(library);
    if (!names) return tl::unexpected(names.error());
    std::erase(*names, name);
    if (writes) names->push_back(name);
    return library.set_setting(
        kKey,
        json(*names).dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace app

#include "app/cli/listed_models.h"

#include "app/doctor_machine.h"
#include "app/published_model.h"
#include "app/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace app::cli {

using models::Catalogue;
using models::Model;
using models::ModelStore;

namespace {

void say_whether_it_fits(ListedModel& model, const std::filesystem::path& folder)
{
    const MachineRoom room = machine_room(folder);
    const std::string needs = fmt::format(
        "needs {} of memory and {} of disk",
        human_size(model.memory_bytes),
        human_size(model.size_bytes));
    model.fits = true;
    if (model.memory_bytes > room.memory_bytes) {
        model.fits = false;
        model.why =
            fmt::format("{}; this machine has {} of memory", needs, human_size(room.memory_bytes));
    } else if (!model.installed && model.size_bytes > room.disk_free_bytes) {
        model.fits = false;
        model.why = fmt::format("{}; {} of disk are free", needs, human_size(room.disk_free_bytes));
    } else {
        model.why = needs + "; runs on the processor";
        if (model.memory_bytes > room.memory_free_bytes)
            model.why += fmt::format(
                "; {} of memory are free now, close other programs first",
                human_size(room.memory_free_bytes));
    }
}

} // namespace

ModelStore store_of(Environment& environment)
{
    return {Catalogue::built_in(), environment.paths().models};
}

ListedModel
listed(const ModelStore& store, const Model& model, const std::vector<std::string>& writing)
{
    ListedModel out;
    out.name = model.name;
    out.title = model.title;
    out.licence = model.licence;
    out.size_bytes = model.size_bytes();
    out.memory_bytes = model.memory_bytes;
    out.capabilities = model.capabilities;
    out.installed = store.installed(model);
    out.optional = !Catalogue::built_in().is_needed(model);
    if (!model.user_decides) return out;
    out.capabilities.reasons = std::ranges::find(writing, model.name) != writing.end();
    out.title += out.capabilities.reasons ? ", writes answers" : ", quotes only";
    return out;
}

Result<KeptModels> kept_models(Environment& environment)
{
    const auto library = environment.open_library(storage::Access::Read);
    if (!library && library.error().code == ErrorCode::NotFound) return KeptModels{};
    if (!library) return tl::unexpected(library.error());
    auto own = own_models(**library);
    if (!own) return tl::unexpected(own.error());
    auto writing = writing_models(**library);
    if (!writing) return tl::unexpected(writing.error());
    return KeptModels{std::move(*own), std::move(*writing)};
}

ListedModel listed(const ModelStore& store, const models::ModelSet& set)
{
    ListedModel out;
    out.name = set.name;
    out.title = set.title;
    out.installed = true;
    out.optional = set.name != models::kStarterSet;
    for (const auto& name : set.models) {
        const Model* model = Catalogue::built_in().find(name);
        if (model == nullptr) continue;
        const ListedModel one = listed(store, *model, {});
        out.installed = out.installed && one.installed;
        out.size_bytes += one.size_bytes;
        out.memory_bytes += one.memory_bytes;
        out.capabilities.sees |= one.capabilities.sees;
        out.capabilities.hears |= one.capabilities.hears;
        out.capabilities.reasons |= one.capabilities.reasons;
        out.capabilities.calls_tools |= one.capabilities.calls_tools;
        if (out.licence.find(one.licence) == std::string::npos) {
            out.licence += (out.licence.empty() ? "" : ", ") + one.licence;
        }
    }
    return out;
}

ListedModel listed(const OwnModel& model)
{
    ListedModel out;
    out.name = model.name;
    out.path = model.file.string();
    out.installed = model.problem.empty();
    out.size_bytes = model.size_bytes;
    out.memory_bytes = model.size_bytes;
    const engine::Capabilities& can = model.capabilities;
    out.capabilities = {can.sees, can.hears, can.reasons, can.calls_tools};
    if (model.recognizes_speech) out.listens = model.listens;
    out.problem = model.problem;
    if (!model.problem.empty()) return out;
    if (model.recognizes_speech) {
        out.memory_bytes = model.needed_bytes;
        out.title = model.format + (model.listens ? ", listens to recordings" : ", speech");
        return out;
    }
    out.title = fmt::format("{}, context of {} tokens", model.format, model.context_length);
    if (can.sees) out.title += ", sees";
    if (can.hears) out.title += ", hears";
    out.title += can.reasons ? ", writes answers" : ", quotes only";
    return out;
}

int show_models(Environment& environment, std::vector<ListedModel> list, int status)
{
    Console& console = environment.console();
    for (auto& model : list) say_whether_it_fits(model, environment.paths().models);
    if (console.json()) {
        console.print_json(models_json(list));
        return status;
    }
    std::vector<std::vector<std::string>> rows{
        {"NAME", "NEED", "INSTALLED", "SIZE", "LICENCE", "WHAT"}};
    for (const auto& model : list) {
        std::string what = model.title;
        if (!model.path.empty()) what += fmt::format(", {}", model.path);
        if (!model.fits) what += fmt::format(" (does not fit: {})", model.why);
        if (!model.problem.empty()) what += " (" + model.problem + ")";
        rows.push_back(
            {model.name,
             !model.optional      ? "starter"
             : model.path.empty() ? "optional"
                                  : "your own",
             model.installed ? "yes" : "no",
             human_size(model.size_bytes),
             model.licence,
             what});
    }
    console.print(table(rows));
    return status;
}

} // namespace app::cli

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/doctor_machine.h"
#include "app/log.h"
#include "app/models/model_store.h"
#include "app/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace app::cli {
namespace {

using models::Catalogue;
using models::Model;
using models::ModelStore;

ModelStore store_of(Environment& environment)
{
    return {Catalogue::built_in(), environment.paths().models};
}

ListedModel listed(const ModelStore& store, const Model& model)
{
    ListedModel out;
    out.name = model.name;
    out.title = model.title;
    out.licence = model.licence;
    out.size_bytes = model.size_bytes();
    out.memory_bytes = model.memory_bytes;
    out.capabilities = model.capabilities;
    out.installed = store.installed(model);
    return out;
}

/// A set stands for its models together: all installed, what any of them can do.
ListedModel listed(const ModelStore& store, const models::ModelSet& set)
{
    ListedModel out;
    out.name = set.name;
    out.title = set.title;
    out.installed = true;
    for (const auto& name : set.models) {
        const Model* model = Catalogue::built_in().find(name);
        if (model == nullptr) continue;
        const ListedModel one = listed(store, *model);
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
    }
}

int show(Environment& environment, std::vector<ListedModel> list, int status)
{
    Console& console = environment.console();
    for (auto& model : list) say_whether_it_fits(model, environment.paths().models);
    if (console.json()) {
        console.print_json(models_json(list));
        return status;
    }
    std::vector<std::vector<std::string>> rows{{"NAME", "INSTALLED", "SIZE", "LICENCE", "WHAT"}};
    for (const auto& model : list) {
        std::string what = model.title;
        if (!model.fits) what += fmt::format(" (does not fit: {})", model.why);
        if (!model.problem.empty()) what += " (" + model.problem + ")";
        rows.push_back(
            {model.name,
             model.installed ? "yes" : "no",
             human_size(model.size_bytes),
             model.licence,
             what});
    }
    console.print(table(rows));
    return status;
}

int run_list(Environment& environment, const std::string& /*unused*/)
{
    const ModelStore store = store_of(environment);
    std::vector<ListedModel> list;
    for (const auto& set : Catalogue::built_in().sets()) list.push_back(listed(store, set));
    for (const auto& model : Catalogue::built_in().models()) list.push_back(listed(store, model));
    return show(environment, std::move(list), kDone);
}

int run_fetch(Environment& environment, const std::string& name)
{
    Console& console = environment.console();
    const auto chosen = Catalogue::built_in().select(name);
    if (!chosen) return console.fail(chosen.error());
    const ModelStore store = store_of(environment);
    models::FetchOptions options;
    options.on_note = [&console](const std::string& sentence) { console.warn(sentence); };
    options.on_progress = [&console](const models::FetchProgress& at) {
        std::string line = fmt::format(
            "{}Fetching {} {}/{} from {}",
            console.bar(static_cast<double>(at.done_bytes), static_cast<double>(at.total_bytes)),
            at.model,
            human_size(at.done_bytes),
            human_size(at.total_bytes),
            at.place);
        if (at.left_s >= 0) line += fmt::format(", {} left", human_duration(at.left_s));
        console.progress(line);
    };
    const auto fetched = store.fetch(*chosen, options, environment.stop());
    console.end_progress();
    if (!fetched) return console.fail(fetched.error());
    std::vector<ListedModel> list;
    for (const Model* model : *chosen) list.push_back(listed(store, *model));
    return show(environment, std::move(list), kDone);
}

int run_verify(Environment& environment, const std::string& name)
{
    Console& console = environment.console();
    const ModelStore store = store_of(environment);
    std::vector<const Model*> chosen;
    if (name.empty()) {
        for (const auto& model : Catalogue::built_in().models()) {
            if (store.installed(model)) chosen.push_back(&model);
        }
    } else {
        const auto selected = Catalogue::built_in().select(name);
        if (!selected) return console.fail(selected.error());
        chosen = *selected;
    }
    std::vector<ListedModel> list;
    int status = kDone;
    for (const Model* model : chosen) {
        console.progress("Verifying " + model->name);
        const auto problems = store.verify(*model, environment.stop());
        if (!problems) return console.fail(problems.error());
        list.push_back(listed(store, *model));
        list.back().problem = fmt::format("{}", fmt::join(*problems, " "));
        if (!problems->empty()) status = kFailed;
    }
    console.end_progress();
    if (status == kFailed)
        console.warn("Some models are damaged. Fetch them again: percept-cli models fetch NAME");
    return show(environment, std::move(list), status);
}

int run_remove(Environment& environment, const std::string& name)
{
    Console& console = environment.console();
    const auto chosen = Catalogue::built_in().select(name);
    if (!chosen) return console.fail(chosen.error());
    const ModelStore store = store_of(environment);
    std::vector<ListedModel> list;
    std::uint64_t size_bytes = 0;
    for (const Model* model : *chosen) {
        const auto removed = store.remove(*model);
        if (!removed) return console.fail(removed.error());
        size_bytes += *removed;
        list.push_back(listed(store, *model));
    }
    if (!console.json()) {
        console.print(fmt::format("Removed {}: {}.", name, human_size(size_bytes)));
        return kDone;
    }
    return show(environment, std::move(list), kDone);
}

} // namespace

void add_models(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "models",
        "The models: what there is, fetch, verify, remove",
        "percept-cli models fetch starter");
    command->require_subcommand(0, 1);
    const auto name = std::make_shared<std::string>();
    const auto add = [&](const char* word, const char* does, const char* example, auto run) {
        CLI::App* action = add_command(*command, word, does, example);
        action->callback([name, &chosen, run] {
            chosen = {[name, run](Environment& environment) { return run(environment, *name); }};
        });
        return action;
    };
    add("list",
        "What the catalogue holds and what is installed",
        "percept-cli models list",
        run_list);
    add("fit", "What fits this machine, and why", "percept-cli models fit --json", run_list);
    CLI::App* fetch =
        add("fetch",
            "Fetch a model or a set, with its checksum",
            "percept-cli models fetch starter",
            [](Environment& e, const std::string& which) {
                return run_fetch(e, which.empty() ? "starter" : which);
            });
    fetch->add_option("name", *name, "Its name in the list (default: starter)")->type_name("NAME");
    CLI::App* verify =
        add("verify",
            "Compare installed models with their checksums",
            "percept-cli models verify",
            run_verify);
    verify->add_option("name", *name, "Its name in the list (default: all installed)")
        ->type_name("NAME");
    CLI::App* remove =
        add("remove", "Delete a model", "percept-cli models remove whisper-base", run_remove);
    remove->add_option("name", *name, "Its name in the list")->type_name("NAME")->required();
    command->callback([command, &chosen] {
        if (!command->get_subcommands().empty()) return;
        chosen = {[](Environment& environment) { return run_list(environment, ""); }};
    });
}

} // namespace app::cli

#include "app/cli/commands.h"
#include "app/cli/listed_models.h"
#include "app/published_model.h"
#include "app/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace app::cli {
namespace {

using models::Catalogue;
using models::Model;
using models::ModelStore;

/// Of `use` and `forget`.
struct UseOptions {
    std::string place;
    std::string writes;  // "yes", "no"; empty: as it was, and "no" for a new one
    std::string listens; // the same
};

int run_list(Environment& environment, const std::string& /*unused*/)
{
    const ModelStore store = store_of(environment);
    std::vector<ListedModel> list;
    const auto kept = kept_models(environment);
    if (!kept) return environment.console().fail(kept.error());
    for (const auto& set : Catalogue::built_in().sets()) list.push_back(listed(store, set));
    for (const auto& model : Catalogue::built_in().models())
        list.push_back(listed(store, model, kept->writing));
    for (const auto& model : kept->own) list.push_back(listed(model));
    return show_models(environment, std::move(list), kDone);
}

/// By its name, where no file has that, or by where it lies. Null: none that the user decides on.
const Model*
published_of(Environment& environment, const std::string& words, const std::filesystem::path& place)
{
    std::error_code ignored;
    const Catalogue& catalogue = Catalogue::built_in();
    const Model* model = std::filesystem::exists(place, ignored)
                             ? published_at(place, catalogue, environment.paths().models)
                             : catalogue.find(words);
    return model != nullptr && model->user_decides ? model : nullptr;
}

/// What was said of a model is for one of its kind. Errors: BadUsage.
Result<void> check_use(const UseOptions& options, const std::vector<OwnModel>& found)
{
    const auto recognizers = std::ranges::count_if(found, &OwnModel::recognizes_speech);
    if (!options.writes.empty() && recognizers > 0 && recognizers == std::ssize(found))
        return fail(
            ErrorCode::BadUsage,
            fmt::format("{} recognises speech, so it writes no answers.", found.front().name),
            "Listen to recordings with it: --listens yes");
    if (!options.listens.empty() && recognizers == 0)
        return fail(
            ErrorCode::BadUsage,
            fmt::format("{} holds no model that recognises speech.", options.place),
            "Name the folder of a Parakeet TDT.");
    if (options.listens == "yes" && recognizers > 1)
        return fail(
            ErrorCode::BadUsage,
            fmt::format("{} holds {} models that recognise speech.", options.place, recognizers),
            "One of them can listen to recordings: name its own folder.");
    return {};
}

int use_published(
    Environment& environment,
    storage::Library& library,
    const Model& model,
    const UseOptions& options)
{
    Console& console = environment.console();
    const ModelStore store = store_of(environment);
    if (auto fits = check_use(options, {}); !fits) return console.fail(fits.error());
    if (!store.installed(model))
        return console.fail(
            {ErrorCode::NoModel,
             fmt::format("The model {} is not installed.", model.name),
             fmt::format("Fetch it with: percept-cli models fetch {}", model.name)});
    if (!options.writes.empty())
        if (auto let = let_model_write(library, model.name, options.writes == "yes"); !let)
            return console.fail(let.error());
    const auto writing = writing_models(library);
    if (!writing) return console.fail(writing.error());
    return show_models(environment, {listed(store, model, *writing)}, kDone);
}

int run_use(Environment& environment, const UseOptions& options)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return console.fail(library.error());
    std::error_code ignored;
    const auto place =
        std::filesystem::absolute(environment.resolve(options.place), ignored).lexically_normal();
    if (const Model* model = published_of(environment, options.place, place))
        return use_published(environment, **library, *model, options);
    auto found =
        use_folder(place, Catalogue::built_in(), environment.paths().models, environment.stop());
    if (!found) return console.fail(found.error());
    if (auto fits = check_use(options, found->own); !fits) return console.fail(fits.error());
    auto kept = own_models(**library);
    if (!kept) return console.fail(kept.error());
    for (OwnModel& model : found->own) {
        const auto same = std::ranges::find_if(*kept, [&](const OwnModel& other) {
            return same_model(other.file, model.file);
        });
        const bool known = same != kept->end();
        if (!model.recognizes_speech)
            model.capabilities.reasons = options.writes.empty()
                                             ? known && same->capabilities.reasons
                                             : options.writes == "yes";
        model.listens = known && same->listens && model.recognizes_speech;
        if (known)
            *same = model;
        else
            kept->push_back(model);
        if (!options.listens.empty() && model.recognizes_speech)
            let_listen(*kept, model.file, options.listens == "yes");
    }
    std::vector<ListedModel> list;
    const ModelStore store = store_of(environment);
    for (const Model* model : found->published) list.push_back(listed(store, *model));
    for (const OwnModel& model : *kept)
        if (std::ranges::any_of(found->own, [&](const OwnModel& one) {
                return same_model(one.file, model.file);
            }))
            list.push_back(listed(model));
    if (auto stored = keep_own_models(**library, *kept); !stored)
        return console.fail(stored.error());
    return show_models(environment, std::move(list), kDone);
}

int run_forget(Environment& environment, const UseOptions& options)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return console.fail(library.error());
    auto kept = own_models(**library);
    if (!kept) return console.fail(kept.error());
    const auto place = environment.resolve(options.place);
    const auto gone =
        std::erase_if(*kept, [&](const OwnModel& model) { return same_model(model.file, place); });
    if (gone == 0)
        return console.fail(
            {ErrorCode::NotFound,
             fmt::format("{} is not among your own models.", place.string()),
             "percept-cli models list shows them with their paths."});
    if (auto stored = keep_own_models(**library, *kept); !stored)
        return console.fail(stored.error());
    if (!console.json()) {
        console.print(fmt::format("Forgotten. The files stay where they are: {}", place.string()));
        return kDone;
    }
    std::vector<ListedModel> list;
    for (const OwnModel& model : *kept) list.push_back(listed(model));
    return show_models(environment, std::move(list), kDone);
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
    for (const Model* model : *chosen) {
        list.push_back(listed(store, *model));
        if (model->user_decides)
            console.warn(fmt::format(
                "Whether what {0} writes keeps to your sources was not measured, so it quotes. To "
                "let it write: percept-cli models use {0} --writes-answers yes",
                model->name));
    }
    return show_models(environment, std::move(list), kDone);
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
    return show_models(environment, std::move(list), status);
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
    return show_models(environment, std::move(list), kDone);
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
    const auto own = std::make_shared<UseOptions>();
    CLI::App* use = add_command(
        *command,
        "use",
        "Use a model that is here already: a GGUF file, a folder of safetensors (one that "
        "recognises speech, too), published files, or a larger model of the list",
        "percept-cli models use ~/models/nano --writes-answers yes");
    use->add_option("path", own->place, "The file or folder, or a name in the list")
        ->type_name("PATH|NAME")
        ->required();
    use->add_option(
           "--writes-answers",
           own->writes,
           "Whether it writes answers in its own words, or quotes are shown (default: no)")
        ->type_name("yes|no")
        ->check(CLI::IsMember({"yes", "no"}));
    use->add_option(
           "--listens",
           own->listens,
           "Whether recordings are listened to with it instead of Whisper; one model at a time "
           "(default: no)")
        ->type_name("yes|no")
        ->check(CLI::IsMember({"yes", "no"}));
    use->callback([own, &chosen] {
        chosen = {[own](Environment& e) { return run_use(e, *own); }, Use::Writes};
    });
    CLI::App* forget = add_command(
        *command,
        "forget",
        "Forget a model of your own; its files stay",
        "percept-cli models forget ~/models/nano");
    forget->add_option("path", own->place, "The file or folder")->type_name("PATH")->required();
    forget->callback([own, &chosen] {
        chosen = {[own](Environment& e) { return run_forget(e, *own); }, Use::Writes};
    });
    command->callback([command, &chosen] {
        if (!command->get_subcommands().empty()) return;
        chosen = {[](Environment& environment) { return run_list(environment, ""); }};
    });
}

} // namespace app::cli

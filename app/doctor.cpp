#include "app/doctor.h"

#include "app/doctor_machine.h"
#include "app/models/model_store.h"
#include "app/own_model.h"
#include "app/text.h"
#include "storage/library.h"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace app {
namespace {

Check library_check(const Paths& paths)
{
    auto library = storage::Library::open(paths.data, storage::Access::Read);
    if (!library) {
        if (library.error().code == ErrorCode::NotFound) {
            return {"library", true, fmt::format("none yet in {}", paths.data.string()), ""};
        }
        return {"library", false, library.error().message, library.error().hint};
    }
    const auto sessions = (*library)->sessions();
    const auto problems = (*library)->check();
    if (!sessions) return {"library", false, sessions.error().message, sessions.error().hint};
    if (!problems) return {"library", false, problems.error().message, problems.error().hint};
    std::string detail =
        fmt::format("{} in {}", counted(std::ssize(*sessions), "session"), paths.data.string());
    if (problems->empty()) return {"library", true, detail, ""};
    for (const auto& problem : *problems) detail += "; " + problem;
    return {
        "library",
        false,
        detail,
        "Copy it with percept-cli backup, then delete and read the sources again."};
}

/// Sources that a killed program left: they are read on with the next ingest of the same file.
std::optional<Check> unfinished_check(const Paths& paths)
{
    auto library = storage::Library::open(paths.data, storage::Access::Read);
    if (!library) return std::nullopt;
    const auto sessions = (*library)->sessions();
    if (!sessions) return std::nullopt;
    std::string names;
    for (const auto& session : *sessions) {
        const auto sources = (*library)->sources(session.id);
        if (!sources) continue;
        for (const auto& source : *sources) {
            using storage::SourceStatus;
            if (source.status == SourceStatus::Ready || source.status == SourceStatus::Failed)
                continue;
            names += fmt::format(
                "{}source {} of session {}",
                names.empty() ? "" : ", ",
                source.id,
                session.id);
        }
    }
    if (names.empty()) return std::nullopt;
    return Check{
        "unfinished",
        false,
        "read in part: " + names,
        "Ingest the same files again; reading goes on where it ended."};
}

Check model_check(const models::ModelStore& store, const models::Model& model)
{
    const std::string fetch = "percept-cli models fetch " + model.name;
    if (!store.installed(model)) return {model.name, false, "not installed: " + model.title, fetch};
    const auto problems = store.verify(model);
    if (!problems) return {model.name, false, problems.error().message, problems.error().hint};
    if (problems->empty()) return {model.name, true, "installed and verified: " + model.title, ""};
    return {model.name, false, fmt::format("{}", fmt::join(*problems, " ")), fetch};
}

/// Those that everything needs each for itself; of the others, which are offered, those that are
/// here.
std::vector<Check> model_checks(const models::ModelStore& store)
{
    std::vector<Check> checks;
    std::string offered;
    const auto& catalogue = models::Catalogue::built_in();
    for (const auto& model : catalogue.models()) {
        if (catalogue.is_needed(model) || store.installed(model)) {
            checks.push_back(model_check(store, model));
        } else {
            offered += fmt::format(
                "{}{} ({})",
                offered.empty() ? "" : ", ",
                model.name,
                human_size(model.size_bytes()));
        }
    }
    if (!offered.empty())
        checks.push_back({"larger models", true, "optional, not installed: " + offered, ""});
    return checks;
}

/// The user's own models, looked at as they are now.
std::vector<Check> own_model_checks(const Paths& paths)
{
    std::vector<Check> checks;
    auto library = storage::Library::open(paths.data, storage::Access::Read);
    if (!library) return checks;
    const auto models = own_models(**library);
    if (!models) return checks; // library_check() says why
    for (const OwnModel& model : *models) {
        if (!model.problem.empty()) {
            checks.push_back(
                {"model " + model.name,
                 false,
                 model.problem,
                 "Forget it with: percept-cli models forget " + model.file.string()});
            continue;
        }
        std::string detail = fmt::format(
            "{}: {}, {}",
            model.file.string(),
            human_size(model.size_bytes),
            model.format);
        if (model.recognizes_speech) {
            detail += model.listens ? ", listens to recordings" : ", speech, switched off";
            checks.push_back({"model " + model.name, true, detail, ""});
            continue;
        }
        detail += fmt::format(", context of {} tokens", model.context_length);
        if (model.capabilities.sees) detail += ", sees";
        if (model.capabilities.hears) detail += ", hears";
        detail += model.capabilities.reasons ? ", writes answers" : ", quotes only";
        checks.push_back({"model " + model.name, true, detail, ""});
    }
    return checks;
}

} // namespace

std::vector<Check>
examine(const Paths& paths, Engines& engines, const capture::ReaderOptions& reader)
{
    std::vector<Check> checks;
    checks.push_back({"processor", true, engines.device_description(), ""});
    checks.push_back(memory_check());
    checks.push_back(disk_check(paths.data));
    const models::ModelStore store{models::Catalogue::built_in(), paths.models};
    for (auto& check : model_checks(store)) checks.push_back(std::move(check));
    for (auto& check : own_model_checks(paths)) checks.push_back(std::move(check));
    checks.push_back(reader_check(reader));
    checks.push_back(sandbox_check());
    checks.push_back(ocr_check());
    checks.push_back(program_check(
        "office",
        "soffice",
        "office documents",
        "apt install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"));
    checks.push_back(program_check(
        "pip",
        "pip3",
        "fetching models from the Python index",
        "apt install python3-pip"));
    checks.push_back(library_check(paths));
    if (auto unfinished = unfinished_check(paths)) checks.push_back(std::move(*unfinished));
    return checks;
}

} // namespace app

#include "app/own_model.h"

#include "base/hash.h"
#include "base/io.h"
#include "engine/model_facts.h"
#include "storage/moving.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr int kDepth = 2;
constexpr std::size_t kMostFiles = 2000; // someone chose the home folder

std::vector<fs::path> files_in(const fs::path& place)
{
    std::error_code failed;
    if (fs::is_regular_file(place, failed)) return {place};
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator
             entry(place, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && entry != end && files.size() < kMostFiles;
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry.depth() >= kDepth) entry.disable_recursion_pending();
        if (entry->is_regular_file(ignored)) files.push_back(entry->path());
    }
    std::ranges::sort(files);
    return files;
}

/// The file of this content, or nothing. Sizes first: hashing reads everything.
Result<std::optional<fs::path>> find_published(
    const models::ModelFile& wanted,
    const std::vector<fs::path>& files,
    const std::stop_token& stop)
{
    for (const fs::path& file : files) {
        std::error_code failed;
        if (fs::file_size(file, failed) != wanted.size_bytes || failed) continue;
        const auto hash = base::sha256_of_file(file, stop);
        if (!hash && hash.error().code == ErrorCode::Cancelled) return tl::unexpected(hash.error());
        if (hash && *hash == wanted.sha256) return file;
    }
    return std::nullopt;
}

/// Copies all files of a model that are there; true where it is whole then.
Result<bool> adopt(
    const models::Model& model,
    const std::vector<fs::path>& files,
    const fs::path& folder,
    const std::stop_token& stop)
{
    std::vector<std::pair<fs::path, const models::ModelFile*>> found;
    for (const models::ModelFile& wanted : model.files) {
        const auto file = find_published(wanted, files, stop);
        if (!file) return tl::unexpected(file.error());
        if (!*file) return false;
        found.emplace_back(**file, &wanted);
    }
    if (auto made = base::make_folders(folder); !made) return tl::unexpected(made.error());
    for (const auto& [from, wanted] : found) {
        const fs::path part = folder / (wanted->name + ".copy.part");
        const auto hash = storage::copy_checked(from, part, {}, stop);
        if (!hash) {
            static_cast<void>(base::remove_file(part));
            return tl::unexpected(hash.error());
        }
        if (auto named = base::rename_atomically(part, folder / wanted->name); !named)
            return tl::unexpected(named.error());
    }
    return true;
}

/// What looks like a model: GGUF files, and the folders of safetensors.
std::vector<fs::path> models_among(const std::vector<fs::path>& files)
{
    std::vector<fs::path> found;
    for (const fs::path& file : files) {
        if (file.extension() == ".gguf") found.push_back(file);
        const fs::path name = file.filename();
        if (name != "model.safetensors" && name != "model.safetensors.index.json") continue;
        if (found.empty() || found.back() != file.parent_path())
            found.push_back(file.parent_path());
    }
    return found;
}

/// Whether it was copied into the store just now as one of these.
bool is_of(const fs::path& candidate, const std::vector<const models::Model*>& published)
{
    std::error_code ignored;
    const fs::path file =
        fs::is_directory(candidate, ignored) ? candidate / "model.safetensors" : candidate;
    const auto size = fs::file_size(file, ignored);
    return std::ranges::any_of(published, [&](const models::Model* model) {
        return std::ranges::any_of(model->files, [&](const models::ModelFile& f) {
            return f.size_bytes == size;
        });
    });
}

} // namespace

Result<OwnModel> look_at_model(const fs::path& model)
{
    auto facts = engine::look_at_model(model);
    if (!facts) return tl::unexpected(facts.error());
    return OwnModel{
        std::move(facts->path),
        std::move(facts->name),
        std::move(facts->format),
        facts->size_bytes,
        facts->context_length,
        facts->needed_bytes,
        facts->available_bytes,
        facts->capabilities,
        facts->recognizes_speech,
        false,
        {}};
}

Result<OwnFolder> use_folder(
    const fs::path& place,
    const models::Catalogue& catalogue,
    const fs::path& models_folder,
    const std::stop_token& stop)
{
    const std::vector<fs::path> files = files_in(place);
    const models::ModelStore store(catalogue, models_folder);
    OwnFolder out;
    for (const models::Model& model : catalogue.models()) {
        if (store.installed(model)) continue;
        const auto whole = adopt(model, files, store.folder_of(model), stop);
        if (!whole) return tl::unexpected(whole.error());
        if (!*whole) continue;
        // Everything is there, so this reaches no network: it makes what is made of the files.
        if (auto made = store.fetch({&model}, {}, stop); !made) return tl::unexpected(made.error());
        out.published.push_back(&model);
    }
    std::optional<Error> reason;
    for (const fs::path& candidate : models_among(files)) {
        if (is_of(candidate, out.published)) continue;
        auto own = look_at_model(candidate);
        if (own)
            out.own.push_back(std::move(*own));
        else if (!reason)
            reason = own.error();
    }
    if (!out.published.empty() || !out.own.empty()) return out;
    if (reason) return tl::unexpected(*reason);
    std::error_code ignored;
    if (!fs::exists(place, ignored))
        return fail(ErrorCode::FileNotFound, fmt::format("{} is not there.", place.string()));
    const auto archive = std::ranges::find(files, fs::path(".nemo"), &fs::path::extension);
    if (archive != files.end())
        return fail(
            ErrorCode::ModelUnsupported,
            fmt::format("{} is a NeMo archive, which is not used as it is.", archive->string()),
            fmt::format(
                "Convert it once with \"percept-engine convert --model {} --output FOLDER\", then "
                "choose that folder.",
                archive->filename().string()));
    return fail(
        ErrorCode::NotFound,
        fmt::format("{} holds no model that Percept knows.", place.string()),
        "Choose a GGUF file, a folder of safetensors, or one with files of the starter models.");
}

} // namespace app

#include "app/models/model_store.h"

#include "app/models/model_fetch.h"
#include "base/hash.h"
#include "base/io.h"

#include <fmt/format.h>

namespace app::models {
namespace {

namespace fs = std::filesystem;

/// Held while files come and go; the kernel gives it back when the program ends.
Result<base::File> lock_folder(const fs::path& folder)
{
    if (auto made = base::make_folders(folder); !made) return tl::unexpected(made.error());
    auto file = base::File::open(folder / ".lock", base::File::Mode::Update);
    if (!file) return tl::unexpected(file.error());
    const auto locked = file->try_lock();
    if (!locked) return tl::unexpected(locked.error());
    if (!*locked)
        return fail(
            ErrorCode::Unavailable,
            fmt::format("Another program is fetching models into {}.", folder.string()),
            "Wait until it is done, then try again.");
    return file;
}

} // namespace

bool ModelStore::installed(const Model& model) const
{
    std::error_code error;
    for (const ModelFile& file : model.files)
        if (!ModelFetch::is_there(folder_of(model), file)) return false;
    for (const ConvertedFile& made : model.converted)
        if (!fs::exists(folder_of(model) / made.name, error)) return false;
    return true;
}

Result<std::vector<std::string>>
ModelStore::verify(const Model& model, const std::stop_token& stop) const
{
    std::vector<std::string> sentences;
    std::error_code error;
    for (const ModelFile& file : model.files) {
        const fs::path path = folder_of(model) / file.name;
        const auto sha256 = base::sha256_of_file(path, stop);
        if (!sha256 && sha256.error().code == ErrorCode::Cancelled)
            return tl::unexpected(sha256.error());
        if (!sha256)
            sentences.push_back(sha256.error().message);
        else if (*sha256 != file.sha256)
            sentences.push_back(
                fmt::format("{} has other bytes than were published.", path.string()));
    }
    for (const ConvertedFile& made : model.converted)
        if (!fs::exists(folder_of(model) / made.name, error))
            sentences.push_back(
                fmt::format("{} was not made yet.", (folder_of(model) / made.name).string()));
    return sentences;
}

Result<void> ModelStore::fetch(
    const std::vector<const Model*>& models,
    const FetchOptions& options,
    std::stop_token stop) const
{
    const auto lock = lock_folder(folder_);
    if (!lock) return tl::unexpected(lock.error());
    return ModelFetch(catalogue_, folder_, options, std::move(stop)).run(models);
}

Result<std::uint64_t> ModelStore::remove(const Model& model) const
{
    const auto lock = lock_folder(folder_);
    if (!lock) return tl::unexpected(lock.error());
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_of(model), error)) {
        std::error_code ignored;
        if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
    }
    fs::remove_all(folder_of(model), error);
    if (error) return tl::unexpected(base::io_error("remove", folder_of(model), error.value()));
    return bytes;
}

} // namespace app::models

#include "engine/formats/checkpoint.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <map>
#include <optional>
#include <string>
#include <system_error>

namespace engine::formats {
namespace {

constexpr const char* kSingle = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr std::size_t kLargestIndex = 32u << 20;
constexpr std::size_t kMostShards = 200;

using Shards = std::map<std::string, std::map<std::string, bool>>; // file, its tensors, seen

/// A file of the same folder and nothing else: an index must not reach out of it.
bool is_plain_name(const std::string& name)
{
    return !name.empty() && name.size() <= 255 && name.front() != '.' &&
           name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
}

Result<Shards> read_index(const std::filesystem::path& path)
{
    const auto json = read_json_file(path, kLargestIndex);
    if (!json) return tl::unexpected(json.error());
    const auto map = json->is_object() ? json->find("weight_map") : json->end();
    if (!json->is_object() || map == json->end() || !map->is_object() || map->empty())
        return damaged(kIndex, "has no \"weight_map\" from tensors to files.");
    Shards shards;
    for (const auto& [tensor, file] : map->items()) {
        if (!file.is_string() || !is_plain_name(file.get_ref<const std::string&>()))
            return damaged(
                kIndex,
                "puts tensor " + in_quotes(tensor) +
                    " into what is no file name, expected one like "
                    "model-00001-of-00017.safetensors.");
        shards[file.get<std::string>()][tensor] = false;
        if (shards.size() > kMostShards)
            return fail(
                ErrorCode::LimitExceeded,
                std::string(kIndex) + " names more than " + std::to_string(kMostShards) + " files.",
                "Choose a checkpoint in fewer and larger files.");
    }
    return shards;
}

} // namespace

bool has_checkpoint(const std::filesystem::path& folder)
{
    std::error_code error;
    return std::filesystem::exists(folder / kSingle, error) ||
           std::filesystem::exists(folder / kIndex, error);
}

Result<Checkpoint> Checkpoint::open(const std::filesystem::path& folder)
{
    std::error_code error;
    Checkpoint result(
        folder.filename().empty() ? folder.parent_path().filename().string()
                                  : folder.filename().string());
    if (!std::filesystem::exists(folder / kIndex, error)) {
        auto file = SafetensorsFile::open(folder / kSingle);
        if (!file) return tl::unexpected(file.error());
        result.files_.push_back(file->file());
        result.tensors_ = file->tensors();
        return result;
    }
    auto shards = read_index(folder / kIndex);
    if (!shards) return tl::unexpected(shards.error());
    for (auto& [name, expected] : *shards) {
        if (!std::filesystem::exists(folder / name, error))
            return fail(
                ErrorCode::FileNotFound,
                "The folder " + folder.string() + " has no " + in_quotes(name) + ", which " +
                    kIndex + " names for " + std::to_string(expected.size()) + " tensors.",
                std::string(kFetchAgain));
        const auto file = SafetensorsFile::open(folder / name);
        if (!file) return tl::unexpected(file.error());
        for (const auto& [tensor, stored] : file->tensors().all()) {
            const auto found = expected.find(tensor);
            if (found == expected.end())
                return damaged(
                    name,
                    "holds tensor " + in_quotes(tensor) + ", which " + kIndex +
                        " does not put there.");
            found->second = true;
            result.tensors_.add(tensor, stored);
        }
        for (const auto& [tensor, seen] : expected)
            if (!seen)
                return damaged(
                    name,
                    "lacks tensor " + in_quotes(tensor) + ", which " + kIndex + " puts there.");
        result.files_.push_back(file->file());
    }
    return result;
}

Result<void> Checkpoint::check() const
{
    for (const auto& file : files_)
        if (auto whole = file->check(); !whole) return whole;
    return {};
}

} // namespace engine::formats

#include "app/models/catalogue.h"

#include "app/models/models_json.h"
#include "base/expects.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace app::models {
namespace {

using nlohmann::json;

/// Letters, digits, '.', '_' and '-', not beginning with '.' or '-': safe as a file name and as a
/// word of a command line.
bool is_plain(std::string_view name)
{
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !name.empty() && name.size() < 128 && name[0] != '.' && name[0] != '-' &&
           std::all_of(name.begin(), name.end(), plain);
}

bool is_sha256(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

/// Throws json::exception for a wrong type and std::runtime_error for a wrong value; parse() turns
/// both into an Error.
void check(bool good, const std::string& what)
{
    if (!good) throw std::runtime_error(what);
}

Place read_place(const json& entry)
{
    Place place;
    place.url = entry.value("url", "");
    if (!entry.contains("package")) {
        const bool web = place.url.starts_with("https://") || place.url.starts_with("http://");
        check(web, "the address '" + place.url + "' is not http or https");
        return place;
    }
    for (const json& part : entry.at("package")) {
        PackageMember member{part.at("name"), part.at("version"), part.at("member")};
        check(
            is_plain(member.package) && is_plain(member.version),
            "the package '" + member.package + "' has no plain name and version");
        place.members.push_back(std::move(member));
    }
    check(!place.members.empty(), "a package place without members");
    return place;
}

ModelFile read_file(const json& entry)
{
    ModelFile file;
    file.name = entry.at("name");
    file.size_bytes = entry.at("size_bytes");
    file.sha256 = entry.at("sha256");
    check(is_plain(file.name), "the file name '" + file.name + "' is not plain");
    check(is_sha256(file.sha256), "the checksum of '" + file.name + "' is not a SHA-256");
    for (const json& place : entry.at("places")) file.places.push_back(read_place(place));
    return file;
}

Model read_model(const json& entry)
{
    Model model;
    model.name = entry.at("name");
    check(is_plain(model.name), "the model name '" + model.name + "' is not plain");
    model.title = entry.at("title");
    model.licence = entry.at("licence");
    model.memory_bytes = entry.at("memory_bytes");
    const json& can = entry.at("capabilities");
    model
        .capabilities = {can.at("sees"), can.at("hears"), can.at("reasons"), can.at("calls_tools")};
    for (const json& file : entry.at("files")) model.files.push_back(read_file(file));
    model.user_decides = entry.value("user_decides", false);
    check(
        !model.user_decides || (!model.capabilities.reasons && !model.language_file().empty()),
        "there is nothing to decide about '" + model.name + "'");
    for (const json& made : entry.value("converted", json::array())) {
        ConvertedFile file{made.at("name"), made.at("from"), made.at("conversion")};
        check(is_plain(file.name), "the file name '" + file.name + "' is not plain");
        check(file.conversion == "silero_jit", "unknown conversion '" + file.conversion + "'");
        model.converted.push_back(std::move(file));
    }
    return model;
}

} // namespace

std::uint64_t Model::size_bytes() const
{
    std::uint64_t bytes = 0;
    for (const ModelFile& file : files) bytes += file.size_bytes;
    return bytes;
}

std::string Model::language_file() const
{
    for (const ModelFile& file : files)
        if (file.name.ends_with(".gguf")) return file.name;
    return {};
}

const Catalogue& Catalogue::built_in()
{
    static const Catalogue catalogue = [] {
        auto parsed = parse(kModelsJson);
        EXPECTS(parsed); // ours: a test parses it
        return std::move(*parsed);
    }();
    return catalogue;
}

Result<Catalogue> Catalogue::parse(std::string_view text)
{
    try {
        const json document = json::parse(text);
        Catalogue catalogue;
        for (const json& entry : document.at("models"))
            catalogue.models_.push_back(read_model(entry));
        for (const json& entry : document.value("packages", json::array()))
            catalogue.packages_.push_back({entry.at("name"), entry.at("size_bytes")});
        for (const json& entry : document.value("sets", json::array())) {
            ModelSet set{entry.at("name"), entry.at("title"), entry.at("models")};
            for (const std::string& name : set.models)
                check(catalogue.find(name) != nullptr, "the set names no model '" + name + "'");
            catalogue.sets_.push_back(std::move(set));
        }
        return catalogue;
    } catch (const std::exception& error) {
        return fail(
            ErrorCode::BadFile,
            fmt::format("The model catalogue is malformed: {}.", error.what()));
    }
}

const Model* Catalogue::find(std::string_view name) const
{
    const auto found = std::find_if(models_.begin(), models_.end(), [&](const Model& model) {
        return model.name == name;
    });
    return found == models_.end() ? nullptr : &*found;
}

bool Catalogue::is_needed(const Model& model) const
{
    return std::any_of(sets_.begin(), sets_.end(), [&](const ModelSet& set) {
        return set.name == kStarterSet &&
               std::find(set.models.begin(), set.models.end(), model.name) != set.models.end();
    });
}

Result<std::vector<const Model*>> Catalogue::select(std::string_view name) const
{
    if (const Model* model = find(name)) return std::vector{model};
    std::vector<std::string> names;
    for (const ModelSet& set : sets_) {
        names.push_back(set.name);
        if (set.name != name) continue;
        std::vector<const Model*> members;
        for (const std::string& member : set.models) members.push_back(find(member));
        return members;
    }
    for (const Model& model : models_) names.push_back(model.name);
    return fail(
        ErrorCode::NotFound,
        fmt::format("The catalogue has no model '{}'.", name),
        fmt::format("It has: {}.", fmt::join(names, ", ")));
}

std::uint64_t Catalogue::package_bytes(std::string_view package) const
{
    for (const Package& known : packages_)
        if (known.name == package) return known.size_bytes;
    return 0;
}

} // namespace app::models

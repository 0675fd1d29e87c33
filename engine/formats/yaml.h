#pragma once

#include "engine/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

/// The settings of a YAML file in block style, as PyYAML and OmegaConf write it: scalars and lists
/// of scalars by their path, "encoder.d_model". What lies deeper in a list, folded text and lines
/// that go on are stepped over; anchors, tags and several documents are refused. No YAML library:
/// libyaml would be one more parser of strangers' bytes on machines that have a compiler and little
/// else, for two dozen settings. At most 4 MiB.
class YamlSettings {
public:
    /// Errors: BadModelFile with the line. `name` is what the sentences call the text.
    static Result<YamlSettings> parse(std::string_view text, std::string_view name);

    /// Nothing where the path is missing, null or no scalar.
    std::optional<std::string> text(std::string_view path) const;
    /// Nothing where it is no whole number within 32 bits either.
    std::optional<int> integer(std::string_view path) const;
    /// Nothing where it is no list of scalars.
    std::optional<std::vector<std::string>> list(std::string_view path) const;

private:
    std::map<std::string, std::string, std::less<>> scalars_;
    std::map<std::string, std::vector<std::string>, std::less<>> lists_;
};

} // namespace engine::formats

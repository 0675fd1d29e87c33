#pragma once

#include <array>
#include <string_view>

namespace fuzz {

/// Between the parts of an input of the target `nemo`.
inline constexpr std::string_view kNextPart = "\n=====\n";

/// Pickle, settings, vocabulary; those that are not there are empty.
inline std::array<std::string_view, 3> nemo_parts(std::string_view input)
{
    std::array<std::string_view, 3> parts;
    for (std::string_view& part : parts) {
        part = input.substr(0, input.find(kNextPart));
        input.remove_prefix(part.size());
        if (input.starts_with(kNextPart)) input.remove_prefix(kNextPart.size());
    }
    return parts;
}

} // namespace fuzz

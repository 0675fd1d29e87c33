#pragma once

#include "engine/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace engine::formats {

/// The way out for every damaged model file.
inline constexpr std::string_view kFetchAgain =
    "The file is damaged or its download is incomplete: fetch the model again.";

/// A name from a file as it may appear in a sentence: in quotes, at most 80 bytes, everything
/// outside printable ASCII escaped, so that a hostile name can neither flood nor steer a terminal.
std::string in_quotes(std::string_view name);

/// "[512, 80, 3]"
std::string shape_words(std::span<const std::int64_t> shape);

/// BadModelFile: "model.bin: <what>", with the hint to fetch it again.
tl::unexpected<Error> damaged(std::string_view file, std::string_view what);

} // namespace engine::formats

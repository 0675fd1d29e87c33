#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace engine::image {

/// Reads PNG (every colour type and depth, interlaced or not) and binary PPM (P6, 8 bits) without a
/// library of decoders, for the tools that run on bare machines; the application has
/// percept-reader. Transparent pixels lie on white, of 16 bits the upper 8 count, colour profiles
/// are ignored. At most 200 million pixels and 65,535 a side. `name` appears in messages. Errors:
/// BadFile, UnsupportedFile, LimitExceeded.
Result<Image> parse_picture(std::span<const std::byte> bytes, std::string_view name);

/// The same from a file of at most 256 MiB. Errors also: FileNotFound, FileUnreadable.
Result<Image> read_picture(const std::filesystem::path& path);

/// One of the two formats that parse_picture() knows; used by it. A picture's bytes begin with the
/// signature, which was seen.
Result<Image> parse_png(std::span<const std::byte> bytes, std::string_view name);

/// BadFile: "<name> is damaged: <what>."
tl::unexpected<Error> bad_picture(std::string_view name, std::string_view what);
/// Refuses sizes beyond the bounds above. Errors: LimitExceeded, BadFile.
Result<void> check_size(std::uint64_t width_px, std::uint64_t height_px, std::string_view name);

} // namespace engine::image

#pragma once

#include <cstddef>
#include <span>

namespace capture::reader {

/// How a JPEG is to be turned to stand upright, from its EXIF block: 1 (as it is) to 8. 1 where it
/// does not say. Source: EXIF 2.32, tag 0x0112.
int exif_orientation(std::span<const std::byte> jpeg);

} // namespace capture::reader

#pragma once

#include "capture/result.h"
#include "capture/types.h"

#include <cstdint>
#include <poppler-page.h>

namespace capture::reader {

/// The page on white. `dpi` is lowered where the page would have more than `max_pixels` (a poster
/// of 200 inches is shown small, not refused). Errors: BadFile.
Result<Picture> render_page(const poppler::page& page, double dpi, std::uint64_t max_pixels);

} // namespace capture::reader

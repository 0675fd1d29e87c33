#pragma once

#include "app/result.h"
#include "capture/types.h"

#include <cstddef>
#include <vector>

namespace app {

/// A picture as JPEG, for frames of a video: about a tenth of a PNG, and text stays readable at
/// quality 85. Errors: BadFile (no pixels, or rgb of another size), OutOfMemory.
Result<std::vector<std::byte>> encode_jpeg(const capture::Picture& picture, int quality = 85);

} // namespace app

#pragma once

#include "capture/types.h"

#include <cstddef>
#include <poppler-document.h>
#include <span>
#include <string>
#include <vector>

namespace capture::reader {

/// The bookmarks in reading order with the pages they lead to; 0 where none can be found. At most
/// 5,000 entries. poppler-cpp knows no targets of bookmarks, so qpdf reads them; the file is opened
/// there only if it has bookmarks.
std::vector<OutlineEntry> read_outline(
    const poppler::document& pdf,
    std::span<const std::byte> bytes,
    const std::string& password);

} // namespace capture::reader

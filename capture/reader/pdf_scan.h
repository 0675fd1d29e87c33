#pragma once

#include "capture/reader/ocr.h"
#include "capture/types.h"

#include <poppler-page.h>

namespace capture::reader {

/// Looks at a page whose text layer is missing, thin or garbage, and where its picture holds more
/// than the layer says, replaces text and words by what OCR reads. Pages with a good layer cost
/// nothing, blank ones a small rendering.
void read_scan(const poppler::page& source, Ocr& ocr, Page& page);

} // namespace capture::reader

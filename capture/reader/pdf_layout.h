#pragma once

#include "capture/reader/pdf.h"
#include "capture/types.h"

#include <vector>

namespace capture::reader {

/// Puts poppler's words, which come in reading order (columns one after the other), together to
/// lines and paragraphs: fills page.text and page.words. `size` is the page as it is shown, which
/// is also what the boxes refer to.
void lay_out(const std::vector<poppler::text_box>& words, const PageSize& size, Page& page);

} // namespace capture::reader

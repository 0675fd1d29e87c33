#pragma once

namespace capture::reader {

/// What libraries load or print by themselves is settled before the sandbox closes: messages of
/// poppler, TIFF and Leptonica are silenced.
void prepare_libraries();

} // namespace capture::reader

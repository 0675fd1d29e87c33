#pragma once

#include "capture/open_file.h"
#include "capture/reader_client.h"
#include "capture/result.h"

#include <stop_token>
#include <string>

namespace capture {

/// Has LibreOffice make a PDF of an office document: of a copy, in an empty temporary folder,
/// fenced (no network, only that folder writable, limits), without macros. The folder is gone when
/// this returns; the PDF lives in its descriptor. `format` is what the reader called it ("DOCX").
/// Errors: MissingTool (naming the package), BadFile, TimedOut, LimitExceeded, Cancelled, NoSpace.
Result<OpenFile> office_to_pdf(
    int document_fd,
    const std::string& format,
    const std::string& name,
    const ReaderOptions& options,
    const std::stop_token& stop);

} // namespace capture

#pragma once

#include "app/export/outline.h"
#include "app/result.h"

#include <string>
#include <vector>

namespace app::exporting {

/// CommonMark. Characters of the text that Markdown would read as marks are escaped; "[1]" stays as
/// it is.
std::string markdown(const std::vector<Block>& blocks);

/// {"session", "sources", "messages", "summaries", "notes"}, with pages, word boxes left out,
/// indented by two.
std::string session_json(const SessionContent& content);

/// Office Open XML (ECMA-376): a zip of XML with fixed dates. Errors: OutOfMemory, Internal.
Result<std::string> docx(const std::vector<Block>& blocks, const storage::Session& session);

/// A4, with outline, page numbers and the session's date as date of creation. Errors: OutOfMemory,
/// Internal.
Result<std::string> pdf(const std::vector<Block>& blocks, const storage::Session& session);

} // namespace app::exporting

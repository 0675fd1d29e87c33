#pragma once

#include "app/ingest_context.h"

#include <optional>
#include <stop_token>
#include <string_view>

namespace app {

/// A source of another session that was read to its end from the same bytes.
Result<std::optional<storage::Source>> find_in_other_sessions(
    storage::Library& library,
    storage::SessionId except,
    std::string_view sha256);

/// Copies pages, pictures, speech and passages of `from` to `into`, a new source with the same
/// content: nothing is read or recognised again. Errors: those of the library; Cancelled.
Result<void> copy_source(
    IngestContext& context,
    const std::stop_token& stop,
    const storage::Source& from,
    IngestedSource& into);

} // namespace app

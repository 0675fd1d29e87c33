#pragma once

#include "app/ingest_context.h"
#include "app/ingest_plan.h"

namespace app {

/// One file into the session of `context`, in whatever way it ends: read, read on, copied from a
/// session that holds the same content, found to be there already, or failed. Holds one reader slot
/// while it reads.
IngestedSource ingest_source(IngestContext& context, const PlannedFile& file);

/// The source with what the library holds of it.
Result<IngestedSource> stored_source(storage::Library& library, const storage::Source& source);

/// What the file probably is, by its name: for a file that could not be opened, and nothing else.
std::string_view probable_kind(const std::filesystem::path& path);

} // namespace app

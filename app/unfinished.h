#pragma once

#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// A file whose reading did not come to its end: a program was killed, or somebody stopped it.
struct UnfinishedSource {
    storage::Source source;
    std::string session_name;
    int pages_done = 0;         // of source.pages
    double heard_s = 0;         // of source.duration_s
    std::filesystem::path file; // what to give to ingest(): the original, else the stored copy
};

/// Sources that can go on, newest first: an ingest of `file` into the session of the source reads
/// the rest. Those whose file is nowhere any more, and those that were read to the end with a page
/// missing, are left out. Errors: those of the library.
Result<std::vector<UnfinishedSource>> unfinished_sources(storage::Library& library);

} // namespace app

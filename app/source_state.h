#pragma once

#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <string>

namespace app {

/// Where the file of a source is now, and what that means for its user.
struct SourceState {
    enum class Original { Unchanged, Changed, Missing };
    Original original = Original::Unchanged;
    std::string sentence;           // for people; empty where nothing has to be said
    std::filesystem::path readable; // the stored copy, or the original; empty: neither is there
    bool is_copy = false;           // `readable` is the copy in the library
};

/// Compares the file with what was read. Reads it whole only where its size says nothing, so
/// seconds for gigabytes. Errors: those of the library.
Result<SourceState> source_state(const storage::Source& source, storage::Library& library);

} // namespace app

#pragma once

#include "app/answer/result.h"
#include "storage/library.h"

#include <string>
#include <vector>

namespace app::answer {

/// The sources that a scope reaches. Errors: those of the library.
Result<std::vector<storage::Source>>
sources_in(const storage::SearchScope& scope, storage::Library& library);

/// Sentences on what an answer could not take into account: sources read in part or not at all, and
/// those that are searched by words only because their vectors are not made yet. Errors: those of
/// the library.
Result<std::vector<std::string>> not_covered(
    const std::vector<storage::Source>& sources,
    bool by_meaning,
    storage::Library& library);

} // namespace app::answer

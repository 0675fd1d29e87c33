#pragma once

#include "app/answer/candidates.h"

#include <cstddef>
#include <string>
#include <vector>

namespace app::answer {

/// A sentence or heading of a strip.
struct StripLine {
    std::string text;
    bool heading = false;
    std::string above;         // the headings under which it stands, outermost first
    std::size_t candidate = 0; // whose passage holds it; the best of several
    bool read = false;         // stands in a candidate, not only next to one
};

/// Sentences that stand one behind the other on a page or in speech: what overlapping passages
/// hold, each sentence once, and the passages next to them, so that a quote may reach over the edge
/// of its passage.
struct Strip {
    storage::SourceId source = 0;
    int page = 0;
    std::vector<StripLine> lines;
};

/// Errors: those of Library::passage().
Result<std::vector<Strip>> strips_of(const Candidates& candidates, storage::Library& library);

} // namespace app::answer

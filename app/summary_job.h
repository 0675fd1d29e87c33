#pragma once

#include "app/answer/summarize.h"
#include "app/engines.h"
#include "app/result.h"
#include "storage/library.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stop_token>
#include <string>

namespace app {

struct SummarizeRequest {
    std::optional<storage::SessionId> session; // empty: the latest
    std::string form = "minutes";              // a template's name or file
};
struct SummaryReply {
    storage::SessionId session = 0;
    answer::Summary summary;
    std::string json; // as the command line prints it and the library keeps it
    std::optional<Error> not_saved;
    double total_s = 0;
};

/// A summary of a session, kept in it as an artifact (unless `saves` is false). Errors: NotFound,
/// BadUsage (no such template), Cancelled, those of library and embedder.
Result<SummaryReply> summarize(
    const SummarizeRequest& request,
    storage::Library& library,
    bool saves,
    Engines& engines,
    const std::stop_token& stop);

/// One citation in the form of the command line. `path` and `kind` are those of its source.
nlohmann::ordered_json
citation_json(const storage::Citation& citation, const std::string& path, const std::string& kind);

} // namespace app

#pragma once

#include "app/answer/result.h"
#include "engine/text_embedder.h"
#include "storage/library.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

struct SearchHit {
    storage::Passage passage;
    std::string snippet; // the sentence that fits best, cut to about 240 bytes on whole characters
    std::vector<storage::Box> boxes; // of the snippet on its page
    std::optional<double> start_s;   // of the snippet in its recording
    std::optional<double> end_s;
    double score = 0;
};

/// Words and meaning merged, best first: cosine + BM25 / (2.2 * sum of idf). Overlapping passages
/// of one place are reported once. `embedder` null: words only. Errors: BadUsage (no words), those
/// of the library and the embedder.
Result<std::vector<SearchHit>> search(
    std::string_view query,
    const storage::SearchScope& scope,
    int limit,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop = {});

} // namespace app::answer

#include "app/answer/search.h"

#include "app/answer/candidates.h"
#include "app/answer/citation.h"
#include "app/answer/passages.h"
#include "app/answer/text.h"

#include <algorithm>

namespace app::answer {

namespace {

constexpr std::size_t kSnippet = 240; // bytes

/// The line of the passage with most of the question's words; the first where none has any.
std::string best_line(const Question& question, const storage::Passage& passage)
{
    std::string_view best;
    double best_overlap = -1.0;
    for (const auto& line : passage_lines(passage)) {
        if (line.carried) continue;
        const double overlap = idf_overlap(question, stems_of(line.text));
        if (overlap > best_overlap) {
            best_overlap = overlap;
            best = line.text;
        }
    }
    return std::string(best);
}

/// Neighbouring passages share sentences: one place is one hit.
bool overlap(const storage::Passage& a, const storage::Passage& b)
{
    if (a.source != b.source || a.page != b.page) return false;
    if (a.start_s && b.start_s && a.end_s && b.end_s)
        return *a.start_s < *b.end_s && *b.start_s < *a.end_s;
    return a.begin < b.end && b.begin < a.end;
}

} // namespace

Result<std::vector<SearchHit>> search(
    std::string_view query,
    const storage::SearchScope& scope,
    int limit,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop)
{
    const auto question = understand(query, scope, library);
    if (!question) return tl::unexpected(question.error());
    SentenceVectors vectors(embedder);
    constexpr std::size_t kOverlapping = 4; // passages that may share one place
    const auto most = static_cast<std::size_t>(std::max(1, limit));
    const auto candidates =
        find_candidates(*question, scope, library, vectors, most * kOverlapping, stop);
    if (!candidates) return tl::unexpected(candidates.error());

    std::vector<SearchHit> hits;
    for (const auto& candidate : candidates->best) {
        if (hits.size() == most) break;
        const bool known = std::any_of(hits.begin(), hits.end(), [&](const SearchHit& hit) {
            return overlap(hit.passage, candidate.passage);
        });
        if (known) continue;
        SearchHit hit;
        hit.passage = candidate.passage;
        hit.score = candidate.f();
        const auto line = best_line(*question, candidate.passage);
        hit.snippet = shortened(line, kSnippet);
        const auto citation = cite(library, candidate.passage, line, 1);
        if (!citation) return tl::unexpected(citation.error());
        if (*citation) {
            hit.boxes = (*citation)->boxes;
            hit.start_s = (*citation)->start_s;
            hit.end_s = (*citation)->end_s;
        }
        hits.push_back(std::move(hit));
    }
    return hits;
}

} // namespace app::answer

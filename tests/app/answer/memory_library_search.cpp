// Both searches, by words and by vectors.

#include "tests/app/answer/memory_library.h"

#include "app/answer/stem.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace tests {

using storage::ErrorCode;
using storage::fail;
using storage::Result;

namespace {

template <typename T>
bool listed(const std::vector<T>& list, const T& value)
{
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<storage::PassageHit> best(std::vector<storage::PassageHit> hits, int limit)
{
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
        return a.score > b.score;
    });
    if (hits.size() > static_cast<std::size_t>(limit)) hits.resize(static_cast<std::size_t>(limit));
    return hits;
}

} // namespace

Result<void> MemoryLibrary::add_vectors(
    std::span<const storage::PassageId> passages,
    std::span<const std::vector<float>> vectors)
{
    for (std::size_t i = 0; i < passages.size(); ++i) {
        passages_[static_cast<std::size_t>(passages[i] - 1)].vector = vectors[i];
    }
    return {};
}

Result<std::vector<storage::Passage>> MemoryLibrary::passages_without_vector(int limit)
{
    std::vector<storage::Passage> some;
    for (const auto& indexed : passages_) {
        if (indexed.vector.empty() && some.size() < static_cast<std::size_t>(limit))
            some.push_back(indexed.passage);
    }
    return some;
}

bool MemoryLibrary::inside(const Indexed& indexed, const storage::SearchScope& scope) const
{
    const auto& p = indexed.passage;
    return listed(scope.sessions, p.session) && listed(scope.sources, p.source) &&
           listed(scope.kinds, p.kind);
}

Result<std::vector<storage::PassageHit>>
MemoryLibrary::search_words(std::string_view query, const storage::SearchScope& scope, int limit)
{
    std::set<std::string> stems;
    for (const auto& word : app::answer::words_of(query)) stems.insert(app::answer::stem(word));
    double mean_length = 0.0;
    for (const auto& indexed : passages_) mean_length += indexed.length;
    mean_length /= std::max<double>(1.0, static_cast<double>(passages_.size()));
    std::map<std::string, double> idf;
    for (const auto& one : stems) {
        const auto n = std::count_if(passages_.begin(), passages_.end(), [&](const Indexed& p) {
            return p.stems.contains(one);
        });
        idf[one] = std::max(
            1e-6,
            std::log(
                (static_cast<double>(passages_.size()) - static_cast<double>(n) + 0.5) /
                (static_cast<double>(n) + 0.5)));
    }
    std::vector<storage::PassageHit> hits;
    for (const auto& indexed : passages_) {
        if (!inside(indexed, scope)) continue;
        double score = 0.0;
        for (const auto& [one, weight] : idf) {
            const auto found = indexed.stems.find(one);
            if (found == indexed.stems.end()) continue;
            const double tf = found->second;
            score += weight * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * indexed.length / mean_length));
        }
        if (score > 0.0) hits.push_back({indexed.passage, score});
    }
    return best(std::move(hits), limit);
}

Result<std::vector<storage::PassageHit>> MemoryLibrary::search_vectors(
    std::span<const float> query,
    const storage::SearchScope& scope,
    int limit)
{
    std::vector<storage::PassageHit> hits;
    for (const auto& indexed : passages_) {
        if (indexed.vector.empty() || !inside(indexed, scope)) continue;
        double dot = 0.0;
        for (std::size_t i = 0; i < query.size(); ++i)
            dot += static_cast<double>(query[i]) * static_cast<double>(indexed.vector[i]);
        hits.push_back({indexed.passage, dot});
    }
    return best(std::move(hits), limit);
}

Result<storage::Passage> MemoryLibrary::passage(storage::PassageId id)
{
    if (id < 1 || id > static_cast<storage::PassageId>(passages_.size())) {
        return fail(ErrorCode::NotFound, "There is no such passage.");
    }
    return passages_[static_cast<std::size_t>(id - 1)].passage;
}

Result<std::vector<storage::Passage>> MemoryLibrary::passages(storage::SourceId source)
{
    std::vector<storage::Passage> some;
    for (const auto& indexed : passages_) {
        if (indexed.passage.source == source) some.push_back(indexed.passage);
    }
    return some;
}

Result<std::vector<int>> MemoryLibrary::document_frequencies(
    std::span<const std::string> words,
    const storage::SearchScope& scope,
    int* passages_total)
{
    std::vector<int> counts;
    int total = 0;
    for (const auto& indexed : passages_) total += inside(indexed, scope) ? 1 : 0;
    for (const auto& word : words) {
        const auto one = app::answer::stem(word);
        counts.push_back(static_cast<int>(
            std::count_if(passages_.begin(), passages_.end(), [&](const Indexed& p) {
                return inside(p, scope) && p.stems.contains(one);
            })));
    }
    if (passages_total != nullptr) *passages_total = total;
    return counts;
}

} // namespace tests

#include "app/answer/candidates.h"

#include "app/answer/text.h"

#include <algorithm>
#include <unordered_map>

namespace app::answer {

namespace {

constexpr int kByWords = 60;
constexpr int kByMeaning =
    300; // cheap beside the scan itself; gives most passages found by words their cosine
constexpr std::size_t kMeaningAlone =
    60; // of those, how many may become candidates without a word in common

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words) text += word + " ";
    return text;
}

} // namespace

Result<Candidates> find_candidates(
    const Question& question,
    const storage::SearchScope& scope,
    storage::Library& library,
    SentenceVectors& vectors,
    std::size_t limit,
    const std::stop_token& stop)
{
    Candidates found;
    const bool english = question.language.empty() || question.language == "en";
    if (!vectors.available()) {
        found.why_words_only =
            "Searched by words only: the model for search by meaning is not installed.";
    } else if (!english) {
        found.why_words_only = "Searched by words only: search by meaning understands English.";
    }

    std::unordered_map<storage::PassageId, double> cosines;
    std::unordered_map<storage::PassageId, storage::Passage> passages;
    double floor =
        0.0; // a passage that is not among the nearest cannot be nearer than the last of them
    if (found.why_words_only.empty()) {
        const std::vector texts{question.text};
        const auto vector = vectors.of(texts, engine::Priority::Interactive, stop);
        if (!vector) return tl::unexpected(vector.error());
        found.question_vector = vector->front();
        const auto hits = library.search_vectors(found.question_vector, scope, kByMeaning);
        if (!hits) return tl::unexpected(hits.error());
        for (std::size_t i = 0; i < hits->size(); ++i) {
            const auto& hit = (*hits)[i];
            cosines[hit.passage.id] = hit.score;
            if (i < kMeaningAlone) passages[hit.passage.id] = hit.passage;
            floor = hit.score;
        }
        found.by_meaning = !hits->empty();
        if (hits->size() < kByMeaning) floor = 0.0; // everything that has a vector is there
        if (hits->empty())
            found.why_words_only =
                "Searched by words only: the search by meaning is not ready for these sources.";
    }
    const auto query = joined(question.words) + joined(question.kin_words);
    const auto hits = library.search_words(query, scope, kByWords);
    if (!hits) return tl::unexpected(hits.error());
    for (const auto& hit : *hits) passages[hit.passage.id] = hit.passage;
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The question was stopped.");

    std::vector<std::vector<std::string>> words;
    double mean_length = 0.0;
    for (auto& [id, passage] : passages) {
        words.push_back(words_of(passage.text));
        mean_length +=
            static_cast<double>(words.back().size()) / static_cast<double>(passages.size());
    }
    std::size_t i = 0;
    for (auto& [id, passage] : passages) {
        Candidate candidate;
        candidate.words = bm25_share(question, words[i++], mean_length);
        const auto cosine = cosines.find(id);
        const bool has_vector = cosine != cosines.end();
        const bool meant = found.by_meaning && (has_vector || floor > 0.0);
        candidate.cosine = !meant       ? kCosineOfWords * candidate.words
                           : has_vector ? cosine->second
                                        : floor;
        candidate.passage = std::move(passage);
        found.best.push_back(std::move(candidate));
    }
    std::sort(found.best.begin(), found.best.end(), [](const Candidate& a, const Candidate& b) {
        return a.f() != b.f() ? a.f() > b.f() : a.passage.id < b.passage.id;
    });
    if (found.best.size() > limit) found.best.resize(limit);
    return found;
}

} // namespace app::answer

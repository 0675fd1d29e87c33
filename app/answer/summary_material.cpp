#include "app/answer/summary_material.h"

#include "app/answer/dates.h"
#include "app/answer/language.h"
#include "app/answer/passages.h"
#include "app/answer/question.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

namespace app::answer {

namespace {

std::string gap_sentence(const storage::Gap& gap, const storage::Source& source)
{
    char times[96];
    std::snprintf(times, sizeof times, "%.1f s to %.1f s", gap.start_s, gap.end_s);
    return source.path + ": " + times + " is missing" +
           (gap.reason.empty() ? "." : ": " + gap.reason + ".");
}

/// Speech of one source as material; times serve as the passage to cite from.
void add_speech(
    Material& material,
    std::size_t recording,
    std::span<const storage::Segment> segments)
{
    const auto& source = material.recordings[recording].source;
    const std::string language = segments.empty() ? std::string() : segments.front().language;
    const auto spoken = spoken_sentences(segments, language);
    for (std::size_t i = 0; i < spoken.size(); ++i) {
        MaterialSentence sentence;
        sentence.recording = recording;
        sentence.spoken = spoken[i];
        sentence.passage.source = source.id;
        sentence.passage.session = source.session;
        sentence.passage.kind = source.kind;
        sentence.passage.start_s = spoken[i].start_s;
        sentence.passage.end_s = spoken[i].end_s;
        sentence.stems = stems_of(spoken[i].text);
        material.sentences.push_back(std::move(sentence));
    }
}

/// Sentences of a document, each once, from its passages.
Result<void> add_document(Material& material, std::size_t recording, storage::Library& library)
{
    const auto passages = library.passages(material.recordings[recording].source.id);
    if (!passages) return tl::unexpected(passages.error());
    std::set<std::pair<int, std::string>> known;
    for (const auto& passage : *passages) {
        if (passage.page == 0) continue; // words in the pictures of a video are no text to read
        for (const auto& line : passage_lines(passage)) {
            if (line.heading || !known.emplace(passage.page, line.text).second) continue;
            MaterialSentence sentence;
            sentence.recording = recording;
            sentence.from_speech = false;
            sentence.spoken.text = line.text;
            sentence.passage = passage;
            sentence.stems = stems_of(line.text);
            material.sentences.push_back(std::move(sentence));
        }
    }
    return {};
}

Result<void> add_vectors(Material& material, SentenceVectors& vectors, std::stop_token stop)
{
    std::vector<std::string> texts;
    for (const auto& sentence : material.sentences) texts.push_back(sentence.spoken.text);
    auto made = vectors.of(texts, engine::Priority::Interactive, std::move(stop));
    if (!made) return tl::unexpected(made.error());
    for (std::size_t i = 0; i < texts.size(); ++i)
        material.sentences[i].vector = std::move((*made)[i]);
    return {};
}

double nearest(const std::vector<float>& vector, const std::vector<std::vector<float>>& prototypes)
{
    double best = 0.0;
    for (const auto& prototype : prototypes) best = std::max(best, cosine(vector, prototype));
    return best;
}

/// Scores of the sentences [first, last), which are the speech of one recording.
void score_forms(
    Material& material,
    std::size_t first,
    std::size_t last,
    const std::vector<std::vector<float>>& decisions,
    const std::vector<std::vector<float>>& actions)
{
    std::vector<SpokenSentence> spoken;
    for (auto i = first; i < last; ++i) spoken.push_back(material.sentences[i].spoken);
    for (auto i = first; i < last; ++i) {
        auto& sentence = material.sentences[i];
        Nearness near;
        if (!sentence.vector.empty())
            near = {nearest(sentence.vector, decisions), nearest(sentence.vector, actions)};
        sentence.form = form_scores(spoken, i - first, near);
        sentence.open_question = is_open_question(spoken, i - first);
    }
}

/// The sentence that was being said at each marker, or the last one before it: one marks what one
/// has just heard.
Result<void> find_marked(Material& material, storage::Library& library)
{
    for (std::size_t r = 0; r < material.recordings.size(); ++r) {
        const auto markers = library.markers(material.recordings[r].source.id);
        if (!markers) return tl::unexpected(markers.error());
        for (const auto& marker : *markers) {
            const MaterialSentence* best = nullptr;
            for (const auto& sentence : material.sentences) {
                const bool earlier = sentence.from_speech && sentence.recording == r &&
                                     sentence.spoken.start_s <= marker.time_s;
                if (earlier) best = &sentence;
            }
            if (best != nullptr) material.marked.push_back(best);
        }
    }
    return {};
}

} // namespace

double alike(const MaterialSentence& a, const MaterialSentence& b)
{
    if (!a.vector.empty() && !b.vector.empty()) return cosine(a.vector, b.vector);
    std::size_t common = 0;
    for (const auto& stem : a.stems) {
        if (in_list("en", "function_words", stem)) continue;
        common += std::binary_search(b.stems.begin(), b.stems.end(), stem) ? 1 : 0;
    }
    const auto all = a.stems.size() + b.stems.size();
    return all == 0 ? 0.0 : 2.0 * static_cast<double>(common) / static_cast<double>(all);
}

Result<Material> gather_material(
    storage::SessionId session,
    storage::Library& library,
    SentenceVectors& vectors,
    const std::stop_token& stop)
{
    Material material;
    const auto sources = library.sources(session);
    if (!sources) return tl::unexpected(sources.error());
    std::vector<std::pair<std::size_t, std::size_t>> english_speech; // sentences [first, last)
    for (const auto& source : *sources) {
        Material::Recording recording;
        recording.source = source;
        recording.day = parse_iso_date(source.created);
        const auto segments = library.segments(source.id);
        if (!segments) return tl::unexpected(segments.error());
        const auto gaps = library.gaps(source.id);
        if (!gaps) return tl::unexpected(gaps.error());
        for (const auto& gap : *gaps) {
            recording.gaps.push_back(gap_sentence(gap, source));
            recording.lost_s += gap.end_s - gap.start_s;
        }
        for (const auto& segment : *segments) {
            auto& names = recording.participants;
            const bool known =
                std::find(names.begin(), names.end(), segment.speaker) != names.end();
            if (!segment.speaker.empty() && !known) names.push_back(segment.speaker);
        }
        material.recordings.push_back(std::move(recording));
        const auto index = material.recordings.size() - 1;
        const auto first = material.sentences.size();
        add_speech(material, index, *segments);
        const bool english = !segments->empty() && (segments->front().language.empty() ||
                                                    segments->front().language == "en");
        if (english) english_speech.emplace_back(first, material.sentences.size());
        if (const auto added = add_document(material, index, library); !added)
            return tl::unexpected(added.error());
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The summary was stopped.");
    }

    std::vector<std::vector<float>> decisions;
    std::vector<std::vector<float>> actions;
    if (vectors.available()) {
        if (const auto added = add_vectors(material, vectors, stop); !added)
            return tl::unexpected(added.error());
        auto made =
            vectors.of(word_list("en", "decision_prototypes"), engine::Priority::Interactive, stop);
        if (!made) return tl::unexpected(made.error());
        decisions = std::move(*made);
        made =
            vectors.of(word_list("en", "action_prototypes"), engine::Priority::Interactive, stop);
        if (!made) return tl::unexpected(made.error());
        actions = std::move(*made);
    }
    for (const auto& [first, last] : english_speech)
        score_forms(material, first, last, decisions, actions);
    if (const auto found = find_marked(material, library); !found)
        return tl::unexpected(found.error());
    return material;
}

} // namespace app::answer

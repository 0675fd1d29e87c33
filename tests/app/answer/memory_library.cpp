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

auto unavailable()
{
    return fail(ErrorCode::Unavailable, "The library in memory does not do this.");
}

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

template <typename T>
std::vector<T> of_source(const std::vector<T>& all, storage::SourceId source)
{
    std::vector<T> some;
    for (const auto& one : all) {
        if (one.source == source) some.push_back(one);
    }
    return some;
}

} // namespace

Result<storage::SessionId> MemoryLibrary::create_session(std::string_view name)
{
    storage::Session session;
    session.id = static_cast<storage::SessionId>(sessions_.size()) + 1;
    session.name = name;
    sessions_.push_back(session);
    return session.id;
}

Result<std::vector<storage::Session>> MemoryLibrary::sessions(const storage::SessionQuery&)
{
    return std::vector(sessions_.rbegin(), sessions_.rend());
}

Result<storage::Session> MemoryLibrary::session(storage::SessionId id)
{
    if (id < 1 || id > static_cast<storage::SessionId>(sessions_.size())) {
        return fail(ErrorCode::NotFound, "There is no such session.");
    }
    return sessions_[static_cast<std::size_t>(id - 1)];
}

Result<storage::SourceId> MemoryLibrary::begin_source(
    storage::SessionId session,
    const std::filesystem::path& file,
    const storage::Source& described)
{
    auto source = described;
    source.id = static_cast<storage::SourceId>(sources_.size()) + 1;
    source.session = session;
    source.path = file.string();
    sources_.push_back(source);
    return source.id;
}

Result<void> MemoryLibrary::finish_source(const storage::Source& source)
{
    sources_[static_cast<std::size_t>(source.id - 1)] = source;
    return {};
}

Result<std::vector<storage::Source>> MemoryLibrary::sources(storage::SessionId session)
{
    std::vector<storage::Source> some;
    for (const auto& source : sources_) {
        if (source.session == session) some.push_back(source);
    }
    return some;
}

Result<storage::Source> MemoryLibrary::source(storage::SourceId id)
{
    if (id < 1 || id > static_cast<storage::SourceId>(sources_.size())) {
        return fail(ErrorCode::NotFound, "There is no such source.");
    }
    return sources_[static_cast<std::size_t>(id - 1)];
}

std::vector<storage::PassageId> MemoryLibrary::add(std::span<const storage::Passage> passages)
{
    std::vector<storage::PassageId> ids;
    for (const auto& passage : passages) {
        Indexed indexed;
        indexed.passage = passage;
        indexed.passage.id = static_cast<storage::PassageId>(passages_.size()) + 1;
        for (const auto& word : app::answer::words_of(passage.text)) {
            ++indexed.stems[app::answer::stem(word)];
            ++indexed.length;
        }
        ids.push_back(indexed.passage.id);
        passages_.push_back(std::move(indexed));
    }
    return ids;
}

Result<std::vector<storage::PassageId>>
MemoryLibrary::add_page(const storage::Page& page, std::span<const storage::Passage> passages)
{
    pages_.push_back(page);
    return add(passages);
}

Result<std::vector<storage::PassageId>> MemoryLibrary::add_frame(
    const storage::Frame& frame,
    std::span<const std::byte>,
    std::span<const storage::Passage> passages)
{
    frames_.push_back(frame);
    return add(passages);
}

Result<std::vector<storage::PassageId>> MemoryLibrary::add_segments(
    storage::SourceId source,
    std::span<const storage::Segment> segments,
    std::span<const storage::Passage> passages)
{
    for (auto segment : segments) {
        segment.source = source;
        segments_.push_back(std::move(segment));
    }
    return add(passages);
}

Result<void> MemoryLibrary::add_gap(const storage::Gap& gap)
{
    gaps_.push_back(gap);
    return {};
}

Result<storage::Page> MemoryLibrary::page(storage::SourceId source, int number)
{
    for (const auto& page : pages_) {
        if (page.source == source && page.number == number) return page;
    }
    return fail(ErrorCode::NotFound, "There is no such page.");
}

Result<std::vector<int>> MemoryLibrary::page_numbers(storage::SourceId source)
{
    std::vector<int> numbers;
    for (const auto& page : of_source(pages_, source)) numbers.push_back(page.number);
    return numbers;
}

Result<std::vector<storage::Frame>>
MemoryLibrary::frames(storage::SourceId source, storage::TimeSpan span)
{
    auto frames = of_source(frames_, source);
    std::erase_if(frames, [&](const storage::Frame& frame) {
        return frame.time_s < span.from_s || frame.time_s > span.until_s;
    });
    return frames;
}

Result<std::vector<storage::Segment>>
MemoryLibrary::segments(storage::SourceId source, storage::TimeSpan span)
{
    auto segments = of_source(segments_, source);
    double from_s = span.from_s; // or where the last one before it begins
    for (const auto& segment : segments)
        if (segment.start_s <= span.from_s) from_s = segment.start_s;
    std::erase_if(segments, [&](const storage::Segment& segment) {
        return segment.start_s < from_s || segment.start_s > span.until_s;
    });
    segments_read_ += segments.size();
    return segments;
}

Result<std::vector<storage::Gap>> MemoryLibrary::gaps(storage::SourceId source)
{
    return of_source(gaps_, source);
}

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

Result<std::int64_t> MemoryLibrary::add_note(const storage::Note& note)
{
    notes_.push_back(note);
    return static_cast<std::int64_t>(notes_.size());
}

Result<std::vector<storage::Note>> MemoryLibrary::notes(storage::SessionId session)
{
    std::vector<storage::Note> some;
    for (const auto& note : notes_) {
        if (note.session == session) some.push_back(note);
    }
    return some;
}

Result<std::int64_t> MemoryLibrary::add_marker(const storage::Marker& marker)
{
    markers_.push_back(marker);
    return static_cast<std::int64_t>(markers_.size());
}

Result<std::vector<storage::Marker>> MemoryLibrary::markers(storage::SourceId source)
{
    return of_source(markers_, source);
}

Result<void> MemoryLibrary::move_item(const storage::ItemMove& move)
{
    moves_.push_back(move);
    return {};
}

Result<std::vector<storage::ItemMove>> MemoryLibrary::item_moves(storage::SessionId)
{
    return moves_;
}

// Not needed by answers.
Result<storage::LibraryCounts> MemoryLibrary::library_counts()
{
    return unavailable();
}
Result<std::vector<storage::Source>> MemoryLibrary::interrupted_sources()
{
    return unavailable();
}
Result<void> MemoryLibrary::set_pinned(storage::SessionId, bool)
{
    return unavailable();
}
Result<void> MemoryLibrary::set_tags(storage::SessionId, std::span<const std::string>)
{
    return unavailable();
}
Result<std::vector<storage::Tag>> MemoryLibrary::tags()
{
    return unavailable();
}
Result<void> MemoryLibrary::trash_session(storage::SessionId)
{
    return unavailable();
}
Result<void> MemoryLibrary::restore_session(storage::SessionId)
{
    return unavailable();
}
Result<void> MemoryLibrary::trash_source(storage::SourceId)
{
    return unavailable();
}
Result<void> MemoryLibrary::restore_source(storage::SourceId)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::empty_trash()
{
    return unavailable();
}
Result<void> MemoryLibrary::edit_segments(std::span<const storage::SegmentEdit>)
{
    return unavailable();
}
Result<storage::Segment> MemoryLibrary::segment(std::int64_t)
{
    return unavailable();
}
Result<std::vector<storage::MessageHit>>
MemoryLibrary::search_messages(std::string_view, std::span<const storage::SessionId>, int)
{
    return unavailable();
}
Result<std::vector<storage::NoteHit>>
MemoryLibrary::search_notes(std::string_view, std::span<const storage::SessionId>, int)
{
    return unavailable();
}
Result<std::vector<storage::SessionHit>> MemoryLibrary::search_names(std::string_view, int)
{
    return unavailable();
}
Result<std::vector<storage::SourceHit>> MemoryLibrary::search_files(std::string_view, int)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_messages_from(storage::SessionId, storage::MessageId)
{
    return unavailable();
}
Result<void> MemoryLibrary::update_note(std::int64_t, std::string_view)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_note(std::int64_t)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_marker(std::int64_t)
{
    return unavailable();
}
Result<void> MemoryLibrary::rename_session(storage::SessionId, std::string_view)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::delete_session(storage::SessionId)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::remove_source(storage::SourceId)
{
    return unavailable();
}
Result<std::optional<storage::Source>>
MemoryLibrary::find_by_content(storage::SessionId, std::string_view)
{
    return unavailable();
}
Result<std::filesystem::path> MemoryLibrary::media_path(storage::SourceId)
{
    return unavailable();
}
Result<storage::MessageId> MemoryLibrary::add_message(
    const storage::Message&,
    std::span<const storage::Citation>,
    std::span<const storage::NearPlace>)
{
    return unavailable();
}
Result<std::vector<storage::NearPlace>> MemoryLibrary::nearest(storage::MessageId)
{
    return unavailable();
}
Result<std::vector<storage::Message>> MemoryLibrary::messages(storage::SessionId)
{
    return unavailable();
}
Result<std::vector<storage::Citation>> MemoryLibrary::citations(storage::MessageId)
{
    return unavailable();
}
Result<std::int64_t> MemoryLibrary::add_artifact(const storage::Artifact&)
{
    return unavailable();
}
Result<std::vector<storage::Artifact>> MemoryLibrary::artifacts(storage::SessionId)
{
    return unavailable();
}
Result<std::optional<std::string>> MemoryLibrary::setting(std::string_view)
{
    return unavailable();
}
Result<void> MemoryLibrary::set_setting(std::string_view, std::string_view)
{
    return unavailable();
}
Result<std::uint64_t> MemoryLibrary::backup(
    const std::filesystem::path&,
    const std::function<void(double)>&,
    const std::stop_token&)
{
    return unavailable();
}
Result<storage::Usage> MemoryLibrary::usage()
{
    return unavailable();
}
Result<void> MemoryLibrary::move_to(
    const std::filesystem::path&,
    const std::function<Result<void>(const std::filesystem::path& target)>&,
    const std::function<void(double)>&,
    const std::stop_token&)
{
    return unavailable();
}
Result<std::vector<std::string>> MemoryLibrary::check()
{
    return unavailable();
}

} // namespace tests

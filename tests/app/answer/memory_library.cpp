#include "tests/app/answer/memory_library.h"

#include "app/answer/stem.h"
#include "app/answer/text.h"

#include <algorithm>

namespace tests {

using storage::ErrorCode;
using storage::fail;
using storage::Result;

namespace {

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

} // namespace tests

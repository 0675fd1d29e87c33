#include "app/session_content.h"

#include "app/summary_moves.h"

#include <algorithm>

namespace app {
namespace {

Result<SourceContent> load_source(storage::Library& library, storage::Source source)
{
    SourceContent content;
    const storage::SourceId id = source.id;
    content.source = std::move(source);
    const auto numbers = library.page_numbers(id);
    if (!numbers) return tl::unexpected(numbers.error());
    content.pages.reserve(numbers->size());
    for (const int number : *numbers) {
        auto page = library.page(id, number);
        if (!page) return tl::unexpected(page.error());
        content.pages.push_back(std::move(*page));
    }
    auto frames = library.frames(id);
    if (!frames) return tl::unexpected(frames.error());
    content.frames = std::move(*frames);
    auto segments = library.segments(id);
    if (!segments) return tl::unexpected(segments.error());
    content.segments = std::move(*segments);
    auto gaps = library.gaps(id);
    if (!gaps) return tl::unexpected(gaps.error());
    content.gaps = std::move(*gaps);
    auto markers = library.markers(id);
    if (!markers) return tl::unexpected(markers.error());
    content.markers = std::move(*markers);
    return content;
}

} // namespace

const SourceContent* SessionContent::find(storage::SourceId id) const
{
    const auto at = std::find_if(sources.begin(), sources.end(), [id](const SourceContent& s) {
        return s.source.id == id;
    });
    return at == sources.end() ? nullptr : &*at;
}

Result<SessionContent> load_session_content(storage::Library& library, storage::SessionId id)
{
    SessionContent content;
    auto session = library.session(id);
    if (!session) return tl::unexpected(session.error());
    content.session = std::move(*session);
    auto sources = library.sources(id);
    if (!sources) return tl::unexpected(sources.error());
    for (auto& source : *sources) {
        auto loaded = load_source(library, std::move(source));
        if (!loaded) return tl::unexpected(loaded.error());
        content.sources.push_back(std::move(*loaded));
    }
    auto messages = library.messages(id);
    if (!messages) return tl::unexpected(messages.error());
    for (auto& message : *messages) {
        auto citations = library.citations(message.id);
        if (!citations) return tl::unexpected(citations.error());
        content.messages.push_back({std::move(message), std::move(*citations)});
    }
    auto artifacts = library.artifacts(id);
    if (!artifacts) return tl::unexpected(artifacts.error());
    content.artifacts = std::move(*artifacts);
    const auto moves = library.item_moves(id);
    if (!moves) return tl::unexpected(moves.error());
    for (auto& artifact : content.artifacts) artifact.json = with_moves(artifact.json, *moves);
    auto notes = library.notes(id);
    if (!notes) return tl::unexpected(notes.error());
    content.notes = std::move(*notes);
    return content;
}

} // namespace app

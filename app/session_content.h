#pragma once

#include "app/result.h"
#include "storage/library.h"
#include "storage/types.h"

#include <vector>

namespace app {

struct SourceContent {
    storage::Source source;
    std::vector<storage::Page> pages;
    std::vector<storage::Frame> frames;
    std::vector<storage::Segment> segments;
    std::vector<storage::Gap> gaps;
    std::vector<storage::Marker> markers;
};
struct MessageContent {
    storage::Message message;
    std::vector<storage::Citation> citations; // by n
};

/// Everything that a session holds, as values: what exports and summaries work on.
struct SessionContent {
    storage::Session session;
    std::vector<SourceContent> sources;
    std::vector<MessageContent> messages;
    std::vector<storage::Artifact> artifacts; // with the lines where the user put them since
    std::vector<storage::Note> notes;

    /// Null for an id that is not of this session.
    const SourceContent* find(storage::SourceId id) const;
};

/// Reads a session through a read-only or writing library. Errors: NotFound and those of the
/// library.
Result<SessionContent> load_session_content(storage::Library& library, storage::SessionId id);

} // namespace app

#pragma once

#include "app/result.h"
#include "engine/text_embedder.h"
#include "storage/library.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace app {

/// One place that a search over everything found.
struct LibraryHit {
    enum class Group {
        Said,     // speech
        Shown,    // words in the pictures of a video
        Read,     // pages, pictures, text
        Answered, // a question or an answer
        Note,
        Session, // its name or a tag
    };
    Group group = Group::Read;
    storage::SessionId session = 0;
    std::string session_name;
    storage::SourceId source = 0; // 0: of no source
    std::string path;
    std::string kind;
    int page = 0; // 0: not on a page
    std::optional<double> start_s;
    std::optional<double> end_s;
    std::vector<storage::Box> boxes;                          // of the snippet on its page
    storage::MessageId message = 0;                           // of Answered
    std::int64_t note = 0;                                    // of Note
    std::string snippet;                                      // one line
    std::vector<std::pair<std::size_t, std::size_t>> matched; // bytes [begin, end) of the snippet
    double score = 0;                                         // larger is better, within its group
    std::string created; // of the session, the message or the note, UTC
};

/// Everything textual that fits the words or their meaning, group by group, best first, at most
/// `limit` of each. Messages and notes need half of the query's words that carry meaning; names
/// need all. A scope with sources or kinds asks for places in sources only. `embedder` null: words
/// only. Errors: BadUsage (no words), Cancelled, those of the library and the embedder.
Result<std::vector<LibraryHit>> search_library(
    std::string_view query,
    const storage::SearchScope& scope,
    int limit,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop = {});

} // namespace app

#pragma once

#include "storage/database.h"
#include "storage/types.h"

#include <optional>

namespace storage {

/// For a query over `note`, read by read_note().
inline constexpr std::string_view kNoteColumns =
    "note.id, note.session, time_s, note.text, note.created";
Note read_note(Statement& row);

/// Summaries and the like, the user's notes and markers, settings. Works on the connection it is
/// given, inside the caller's transaction.
class ResultStore {
public:
    explicit ResultStore(Database& database) : database_(database) {}
    Result<std::int64_t> add(const Artifact& artifact);
    Result<std::int64_t> add(const Note& note);
    Result<std::int64_t> add(const Marker& marker);
    Result<std::vector<Artifact>> artifacts(SessionId session);
    Result<std::vector<Note>> notes(SessionId session);
    Result<std::vector<Marker>> markers(SourceId source);
    Result<void> update_note(std::int64_t id, std::string_view text);
    Result<void> remove_note(std::int64_t id);
    Result<void> remove_marker(std::int64_t id);
    /// Replaces the move of the same line; one back to where it came from takes it away.
    Result<void> move(const ItemMove& move);
    Result<std::vector<ItemMove>> moves(SessionId session);
    Result<std::optional<std::string>> setting(std::string_view key);
    Result<void> set_setting(std::string_view key, std::string_view value);

private:
    Result<void> change(std::string_view what, const Result<void>& done, std::int64_t id);

    Database& database_;
};

} // namespace storage

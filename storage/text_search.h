#pragma once

#include "storage/database.h"
#include "storage/library.h"

#include <array>

namespace storage {

/// The FTS5 tables of what is text beside the passages.
inline constexpr std::array<std::string_view, 4> kTextIndexes =
    {"words_message", "words_note", "words_name", "words_file"};

/// Search over questions and answers, notes, and the names of sessions and files, by FTS5's own
/// ranking. Works on the connection it is given, inside the caller's transaction.
class TextSearch {
public:
    explicit TextSearch(Database& database) : database_(database) {}
    Result<std::vector<MessageHit>>
    messages(std::string_view query, std::span<const SessionId> sessions, int limit);
    Result<std::vector<NoteHit>>
    notes(std::string_view query, std::span<const SessionId> sessions, int limit);
    Result<std::vector<SessionHit>> names(std::string_view query, int limit);
    Result<std::vector<SourceHit>> files(std::string_view query, int limit);

private:
    Database& database_;
};

/// The entry of a new row of `table` ("message" or "note").
Result<void>
index_text(Database& database, std::string_view table, std::int64_t id, std::string_view text);
/// Takes out the entries of rows that are still there, before they go or change.
Result<void> forget_text(Database& database, std::string_view table, std::string_view condition);

/// Rewrites an FTS5 index without the words that were deleted.
Result<void> forget_deleted(Database& database, std::string_view index);
/// FTS5's own check of an index against what it is of.
Result<bool> index_fits(Database& database, std::string_view index);

} // namespace storage

#include "storage/text_search.h"

#include "storage/message_store.h"
#include "storage/query_words.h"
#include "storage/result_store.h"
#include "storage/session_store.h"
#include "storage/source_store.h"

#include <fmt/format.h>

namespace storage {
namespace {

/// FTS5's bm25() is negative, the better the lower.
std::string
ranked(std::string_view columns, std::string_view table, std::span<const SessionId> sessions)
{
    return fmt::format(
        "SELECT {0}, -bm25(words_{1}) FROM words_{1} JOIN {1} ON {1}.id = words_{1}.rowid "
        "JOIN session ON session.id = {1}.session "
        "WHERE words_{1} MATCH ? AND session.trashed = 0{2} ORDER BY rank, {1}.id DESC LIMIT ?",
        columns,
        table,
        sessions.empty() ? std::string()
                         : fmt::format(" AND session.id IN ({})", fmt::join(sessions, ",")));
}

} // namespace

Result<std::vector<MessageHit>>
TextSearch::messages(std::string_view query, std::span<const SessionId> sessions, int limit)
{
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return std::vector<MessageHit>{};
    return database_.rows(
        ranked(kMessageColumns, "message", sessions),
        [](Statement& row) {
            return MessageHit{read_message(row), row.real(kMessageColumnCount)};
        },
        any_word(words),
        limit);
}

Result<std::vector<NoteHit>>
TextSearch::notes(std::string_view query, std::span<const SessionId> sessions, int limit)
{
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return std::vector<NoteHit>{};
    return database_.rows(
        ranked(kNoteColumns, "note", sessions),
        [](Statement& row) {
            return NoteHit{read_note(row), row.real(5)};
        },
        any_word(words),
        limit);
}

Result<std::vector<SessionHit>> TextSearch::names(std::string_view query, int limit)
{
    std::vector<SessionHit> hits;
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return hits;
    const auto found = database_.rows(
        "SELECT session.id, -bm25(words_name) FROM words_name "
        "JOIN session ON session.id = words_name.rowid "
        "WHERE words_name MATCH ? AND trashed = 0 ORDER BY rank, session.id DESC LIMIT ?",
        [](Statement& row) { return std::pair(row.integer(0), row.real(1)); },
        all_beginnings(words),
        limit);
    if (!found) return tl::unexpected(found.error());
    for (const auto& [id, score] : *found) {
        auto session = SessionStore(database_).get(id);
        if (!session) return tl::unexpected(session.error());
        hits.push_back({std::move(*session), score});
    }
    return hits;
}

Result<std::vector<SourceHit>> TextSearch::files(std::string_view query, int limit)
{
    std::vector<SourceHit> hits;
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return hits;
    const auto found = database_.rows(
        "SELECT source.id, -bm25(words_file) FROM words_file "
        "JOIN source ON source.id = words_file.rowid "
        "WHERE words_file MATCH ? AND trashed = 0 ORDER BY rank, source.id DESC LIMIT ?",
        [](Statement& row) { return std::pair(row.integer(0), row.real(1)); },
        all_beginnings(words),
        limit);
    if (!found) return tl::unexpected(found.error());
    for (const auto& [id, score] : *found) {
        auto source = SourceStore(database_).get(id);
        if (!source) return tl::unexpected(source.error());
        hits.push_back({std::move(*source), score});
    }
    return hits;
}

Result<void>
index_text(Database& database, std::string_view table, std::int64_t id, std::string_view text)
{
    return database.run(
        fmt::format("INSERT INTO words_{} (rowid, text) VALUES (?, ?)", table),
        id,
        text);
}

Result<void> forget_text(Database& database, std::string_view table, std::string_view condition)
{
    return database.script(fmt::format(
        "INSERT INTO words_{0} (words_{0}, rowid, text) SELECT 'delete', id, text FROM {0} "
        "WHERE {1}",
        table,
        condition));
}

Result<void> forget_deleted(Database& database, std::string_view index)
{
    return database.script(fmt::format("INSERT INTO {0} ({0}) VALUES ('optimize')", index));
}

Result<bool> index_fits(Database& database, std::string_view index)
{
    const auto done = database.script(
        fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)", index));
    if (!done && done.error().code == ErrorCode::LibraryDamaged) return false;
    if (!done) return tl::unexpected(done.error());
    return true;
}

} // namespace storage

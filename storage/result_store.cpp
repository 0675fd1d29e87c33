#include "storage/result_store.h"

#include "storage/clock.h"
#include "storage/text_search.h"

#include <fmt/format.h>

namespace storage {

Note read_note(Statement& row)
{
    return {row.integer(0), row.integer(1), row.maybe_real(2), row.text(3), row.text(4)};
}

Result<std::int64_t> ResultStore::add(const Artifact& artifact)
{
    return database_.insert(
        "INSERT INTO artifact (session, kind, json, created) VALUES (?, ?, ?, ?)",
        artifact.session,
        artifact.kind,
        artifact.json,
        artifact.created.empty() ? utc_now() : artifact.created);
}

Result<std::int64_t> ResultStore::add(const Note& note)
{
    auto id = database_.insert(
        "INSERT INTO note (session, time_s, text, created) VALUES (?, ?, ?, ?)",
        note.session,
        note.time_s,
        note.text,
        note.created.empty() ? utc_now() : note.created);
    if (!id) return id;
    if (auto done = index_text(database_, "note", *id, note.text); !done)
        return tl::unexpected(done.error());
    return id;
}

Result<std::int64_t> ResultStore::add(const Marker& marker)
{
    return database_.insert(
        "INSERT INTO marker (source, time_s, label) VALUES (?, ?, ?)",
        marker.source,
        marker.time_s,
        marker.label);
}

Result<std::vector<Artifact>> ResultStore::artifacts(SessionId session)
{
    return database_.rows(
        "SELECT id, session, kind, json, created FROM artifact WHERE session = ? ORDER BY id",
        [](Statement& row) {
            return Artifact{row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4)};
        },
        session);
}

Result<std::vector<Note>> ResultStore::notes(SessionId session)
{
    return database_.rows(
        fmt::format("SELECT {} FROM note WHERE session = ? ORDER BY id", kNoteColumns),
        read_note,
        session);
}

Result<std::vector<Marker>> ResultStore::markers(SourceId source)
{
    return database_.rows(
        "SELECT id, source, time_s, label FROM marker WHERE source = ? ORDER BY time_s, id",
        [](Statement& row) {
            return Marker{row.integer(0), row.integer(1), row.real(2), row.text(3)};
        },
        source);
}

Result<void> ResultStore::change(std::string_view what, const Result<void>& done, std::int64_t id)
{
    if (!done) return done;
    if (database_.changes() == 0)
        return fail(ErrorCode::NotFound, fmt::format("There is no {} {}.", what, id));
    return {};
}

Result<void> ResultStore::update_note(std::int64_t id, std::string_view text)
{
    if (auto done = forget_text(database_, "note", fmt::format("id = {}", id)); !done) return done;
    auto changed =
        change("note", database_.run("UPDATE note SET text = ? WHERE id = ?", text, id), id);
    if (!changed) return changed;
    return index_text(database_, "note", id, text);
}

Result<void> ResultStore::remove_note(std::int64_t id)
{
    if (auto done = forget_text(database_, "note", fmt::format("id = {}", id)); !done) return done;
    return change("note", database_.run("DELETE FROM note WHERE id = ?", id), id);
}

Result<void> ResultStore::remove_marker(std::int64_t id)
{
    return change("marker", database_.run("DELETE FROM marker WHERE id = ?", id), id);
}

Result<void> ResultStore::move(const ItemMove& move)
{
    const auto before = database_.row(
        "SELECT id, from_list FROM item_move WHERE session = ? AND source = ? AND page = ? "
        "AND start_s IS ? AND quote = ?",
        [](Statement& row) { return std::pair(row.integer(0), row.text(1)); },
        move.session,
        move.source,
        move.page,
        move.start_s,
        move.quote);
    if (!before) return tl::unexpected(before.error());
    const std::string from = *before ? (*before)->second : move.from;
    if (*before)
        if (auto done = database_.run("DELETE FROM item_move WHERE id = ?", (*before)->first);
            !done)
            return done;
    if (from == move.to) return {};
    return database_.run(
        "INSERT INTO item_move (session, source, page, start_s, quote, from_list, to_list, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        move.session,
        move.source,
        move.page,
        move.start_s,
        move.quote,
        from,
        move.to,
        move.created.empty() ? utc_now() : move.created);
}

Result<std::vector<ItemMove>> ResultStore::moves(SessionId session)
{
    return database_.rows(
        "SELECT session, source, page, start_s, quote, from_list, to_list, created "
        "FROM item_move WHERE session = ? ORDER BY id",
        [](Statement& row) {
            return ItemMove{
                row.integer(0),
                row.integer(1),
                row.number(2),
                row.maybe_real(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7)};
        },
        session);
}

Result<std::optional<std::string>> ResultStore::setting(std::string_view key)
{
    return database_.row(
        "SELECT value FROM setting WHERE key = ?",
        [](Statement& row) { return row.text(0); },
        key);
}

Result<void> ResultStore::set_setting(std::string_view key, std::string_view value)
{
    return database_.run(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value);
}

} // namespace storage

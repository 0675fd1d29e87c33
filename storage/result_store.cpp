#include "storage/result_store.h"

#include "storage/clock.h"

namespace storage {

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
    return database_.insert(
        "INSERT INTO note (session, time_s, text, created) VALUES (?, ?, ?, ?)",
        note.session,
        note.time_s,
        note.text,
        note.created.empty() ? utc_now() : note.created);
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
        "SELECT id, session, time_s, text, created FROM note WHERE session = ? ORDER BY id",
        [](Statement& row) {
            return Note{
                row.integer(0),
                row.integer(1),
                row.maybe_real(2),
                row.text(3),
                row.text(4)};
        },
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

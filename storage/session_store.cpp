#include "storage/session_store.h"

#include "storage/clock.h"

#include <fmt/format.h>

namespace storage {
namespace {

// A file that two sources of a session share is counted once.
constexpr std::string_view kColumns = R"sql(
SELECT session.id, session.name, session.created,
    (SELECT count(*) FROM source WHERE source.session = session.id),
    (SELECT total(duration_s) FROM source WHERE source.session = session.id),
    (SELECT ifnull(sum(size_bytes), 0) FROM media WHERE sha256 IN (
        SELECT media FROM source WHERE source.session = session.id
        UNION SELECT frame.media FROM frame JOIN source ON source.id = frame.source
              WHERE source.session = session.id))
FROM session )sql";

Session read_session(Statement& row)
{
    Session session;
    session.id = row.integer(0);
    session.name = row.text(1);
    session.created = row.text(2);
    session.sources = row.number(3);
    session.duration_s = row.real(4);
    session.size_bytes = static_cast<std::uint64_t>(row.integer(5));
    return session;
}

tl::unexpected<Error> no_session(SessionId id)
{
    return fail(
        ErrorCode::NotFound,
        fmt::format("There is no session {}.", id),
        "List the sessions to see which there are.");
}

} // namespace

Result<SessionId> SessionStore::create(std::string_view name)
{
    return database_.insert("INSERT INTO session (name, created) VALUES (?, ?)", name, utc_now());
}

Result<std::vector<Session>> SessionStore::list(int limit, int offset)
{
    return database_.rows(
        std::string(kColumns) + "ORDER BY session.id DESC LIMIT ? OFFSET ?",
        read_session,
        limit,
        offset);
}

Result<Session> SessionStore::get(SessionId id)
{
    auto found = database_.row(std::string(kColumns) + "WHERE session.id = ?", read_session, id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return no_session(id);
    return std::move(**found);
}

Result<void> SessionStore::rename(SessionId id, std::string_view name)
{
    if (auto done = database_.run("UPDATE session SET name = ? WHERE id = ?", name, id); !done)
        return done;
    if (database_.changes() == 0) return no_session(id);
    return {};
}

Result<void> SessionStore::remove(SessionId id)
{
    if (auto done = database_.run("DELETE FROM session WHERE id = ?", id); !done) return done;
    if (database_.changes() == 0) return no_session(id);
    return {};
}

} // namespace storage

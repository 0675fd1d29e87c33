#include "storage/session_store.h"

#include "storage/clock.h"
#include "storage/packing.h"
#include "storage/query_words.h"
#include "storage/search_scope.h"
#include "storage/text_search.h"

#include <fmt/format.h>

namespace storage {
namespace {

constexpr std::size_t kMostTags = 20;
constexpr std::size_t kLongestTag = 60; // bytes

// A file that two sources of a session share is counted once. The sessions come from a query of
// their own, so that what is counted is counted for those on the page only.
constexpr std::string_view kColumns = R"sql(
SELECT session.id, session.name, session.created,
    (SELECT count(*) FROM source WHERE source.session = session.id AND trashed = 0),
    (SELECT total(duration_s) FROM source WHERE source.session = session.id AND trashed = 0),
    (SELECT ifnull(sum(size_bytes), 0) FROM media WHERE sha256 IN (
        SELECT media FROM source WHERE source.session = session.id AND trashed = 0
        UNION SELECT frame.media FROM frame JOIN source ON source.id = frame.source
              WHERE source.session = session.id AND trashed = 0)),
    session.pinned,
    (SELECT group_concat(name, char(10)) FROM (
        SELECT name FROM tag WHERE tag.session = session.id ORDER BY name)),
    (SELECT group_concat(kind, char(10)) FROM (
        SELECT DISTINCT kind FROM source WHERE source.session = session.id AND trashed = 0
        ORDER BY kind)),
    (SELECT count(*) FROM message WHERE message.session = session.id)
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
    session.pinned = row.integer(6) != 0;
    session.tags = split_lines(row.text(7));
    session.kinds = split_lines(row.text(8));
    session.messages = row.number(9);
    return session;
}

/// Without white space around it, one line.
std::string tidy(std::string_view tag)
{
    std::string text;
    for (const char c : tag) text += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// " AND ..." for a query over `session`, and the parameters that it takes.
std::string condition(const SessionQuery& query, std::vector<std::string>& values)
{
    std::string sql;
    const auto add = [&](std::string_view test, const std::string& value) {
        if (value.empty()) return;
        sql += fmt::format(fmt::runtime(test), values.size() + 3); // after limit and offset
        values.push_back(value);
    };
    if (query.pinned) sql += " AND pinned <> 0";
    if (query.answered)
        sql += fmt::format(
            " AND id IN (SELECT session FROM message WHERE role = {})",
            static_cast<int>(MessageRole::Answer));
    if (!query.kinds.empty())
        sql += fmt::format(
            " AND id IN (SELECT source.session FROM source WHERE source.trashed = 0 "
            "AND source.kind IN ({}))",
            sql_list(query.kinds));
    add(" AND created >= ?{}", query.created_from);
    add(" AND created < ?{}", query.created_until);
    add(" AND id IN (SELECT tag.session FROM tag WHERE tag.name = ?{})", query.tag);
    if (!query.name.empty())
        add(" AND id IN (SELECT rowid FROM words_name WHERE words_name MATCH ?{})",
            all_beginnings(query_words(query.name)));
    return sql;
}

} // namespace

tl::unexpected<Error> no_session(SessionId id)
{
    return fail(
        ErrorCode::NotFound,
        fmt::format("There is no session {}.", id),
        "List the sessions to see which there are.");
}

template <typename... Values>
Result<void> SessionStore::change(std::string_view sql, SessionId id, const Values&... values)
{
    if (auto done = database_.run(sql, id, values...); !done) return done;
    if (database_.changes() == 0) return no_session(id);
    return {};
}

Result<SessionId> SessionStore::create(std::string_view name)
{
    auto id =
        database_.insert("INSERT INTO session (name, created) VALUES (?, ?)", name, utc_now());
    if (!id) return id;
    auto indexed =
        database_.run("INSERT INTO words_name (rowid, name, tags) VALUES (?, ?, '')", *id, name);
    if (!indexed) return tl::unexpected(indexed.error());
    return id;
}

Result<std::vector<Session>> SessionStore::list(const SessionQuery& query)
{
    if (!query.name.empty() && query_words(query.name).empty()) return std::vector<Session>{};
    std::vector<std::string> values;
    const std::string sql = fmt::format(
        "{} WHERE session.id IN (SELECT id FROM session WHERE trashed = 0{} "
        "ORDER BY id DESC LIMIT ?1 OFFSET ?2) ORDER BY session.id DESC",
        kColumns,
        condition(query, values));
    std::vector<Session> sessions;
    Statement rows = database_.prepare(sql);
    rows.bind(query.limit, query.offset);
    for (const std::string& value : values) rows.bind(value);
    while (rows.next()) sessions.push_back(read_session(rows));
    if (auto done = rows.finish(); !done) return tl::unexpected(done.error());
    return sessions;
}

Result<Session> SessionStore::get(SessionId id)
{
    auto found = database_.row(
        std::string(kColumns) + "WHERE session.id = ? AND trashed = 0",
        read_session,
        id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return no_session(id);
    return std::move(**found);
}

Result<LibraryCounts> SessionStore::counts()
{
    // Of the sources an index holds all that is asked; pictures and copies are looked at one by one
    // only where something lies in the trash.
    const auto with = [&](const std::vector<std::string>& kinds) {
        return fmt::format(
            "(SELECT count(DISTINCT session) FROM source WHERE trashed = 0 AND kind IN ({}))",
            sql_list(kinds));
    };
    const std::string sql = fmt::format(
        R"sql(
SELECT (SELECT count(*) FROM session WHERE trashed = 0), {}, {}, {},
    (SELECT count(DISTINCT session) FROM message WHERE role = {} AND session NOT IN (
        SELECT id FROM session WHERE trashed <> 0)),
    (SELECT ifnull(sum(size_bytes), 0) FROM media WHERE path IS NULL)
    - (SELECT ifnull(sum(size_bytes), 0) FROM media WHERE path IS NULL
        AND sha256 IN (
            SELECT media FROM source WHERE trashed <> 0
            UNION SELECT frame.media FROM source JOIN frame ON frame.source = source.id
                  WHERE trashed <> 0)
        AND NOT EXISTS (SELECT 1 FROM source WHERE media = sha256 AND trashed = 0)
        AND NOT EXISTS (SELECT 1 FROM frame JOIN source ON source.id = frame.source
                        WHERE frame.media = sha256 AND trashed = 0)))sql",
        with({"pdf", "office", "text", "image"}),
        with({"audio"}),
        with({"video"}),
        static_cast<int>(MessageRole::Answer));
    auto found = database_.row(sql, [](Statement& row) {
        LibraryCounts counts;
        counts.sessions = row.number(0);
        counts.with_documents = row.number(1);
        counts.with_recordings = row.number(2);
        counts.with_videos = row.number(3);
        counts.with_answers = row.number(4);
        counts.media_bytes = static_cast<std::uint64_t>(row.integer(5));
        return counts;
    });
    if (!found) return tl::unexpected(found.error());
    return found->value_or(LibraryCounts{});
}

Result<void> SessionStore::rename(SessionId id, std::string_view name)
{
    auto done = change("UPDATE session SET name = ?2 WHERE id = ?1 AND trashed = 0", id, name);
    if (!done) return done;
    return database_.run("UPDATE words_name SET name = ?2 WHERE rowid = ?1", id, name);
}

Result<void> SessionStore::set_pinned(SessionId id, bool pinned)
{
    return change(
        "UPDATE session SET pinned = ?2 WHERE id = ?1 AND trashed = 0",
        id,
        static_cast<int>(pinned));
}

Result<void> SessionStore::set_tags(SessionId id, std::span<const std::string> tags)
{
    if (auto there = get(id); !there) return tl::unexpected(there.error());
    if (auto done = database_.run("DELETE FROM tag WHERE session = ?", id); !done) return done;
    std::size_t kept = 0;
    for (const std::string& given : tags) {
        const std::string name = tidy(given);
        if (name.empty()) continue;
        if (name.size() > kLongestTag)
            return fail(
                ErrorCode::LimitExceeded,
                fmt::format("The tag “{}” is too long.", name),
                fmt::format("A tag has at most {} letters.", kLongestTag));
        auto done =
            database_.run("INSERT OR IGNORE INTO tag (session, name) VALUES (?, ?)", id, name);
        if (!done) return done;
        kept += static_cast<std::size_t>(database_.changes());
    }
    if (kept > kMostTags)
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("A session has at most {} tags.", kMostTags));
    return database_.run(
        "UPDATE words_name SET tags = (SELECT ifnull(group_concat(name, ' '), '') FROM tag "
        "WHERE session = ?1) WHERE rowid = ?1",
        id);
}

Result<std::vector<Tag>> SessionStore::tags()
{
    // One spelling for all: the one that sorts first.
    return database_.rows(
        "SELECT min(tag.name COLLATE BINARY), count(*) FROM tag "
        "JOIN session ON session.id = tag.session WHERE trashed = 0 "
        "GROUP BY tag.name ORDER BY tag.name",
        [](Statement& row) {
            return Tag{row.text(0), row.number(1)};
        });
}

Result<void> SessionStore::set_trashed(SessionId id, bool trashed)
{
    // With its session: bit 2, see migrations.cpp.
    auto done = database_.run(
        "UPDATE source SET trashed = CASE WHEN ?2 THEN trashed | 2 ELSE trashed & ~2 END "
        "WHERE session = ?1",
        id,
        static_cast<int>(trashed));
    if (!done) return done;
    return change("UPDATE session SET trashed = ?2 WHERE id = ?1", id, static_cast<int>(trashed));
}

Result<int> SessionStore::remove(std::string_view condition)
{
    // What hangs on the rows goes with them, but no cascade reaches into an index.
    const auto sessions = fmt::format("(SELECT id FROM session WHERE {})", condition);
    for (const std::string_view table : {"message", "note"}) {
        auto done = forget_text(database_, table, "session IN " + sessions);
        if (!done) return tl::unexpected(done.error());
    }
    for (const std::string& sql :
         {"DELETE FROM words_name WHERE rowid IN " + sessions,
          fmt::format("DELETE FROM session WHERE {}", condition)})
        if (auto done = database_.script(sql); !done) return tl::unexpected(done.error());
    return database_.changes();
}

} // namespace storage

#include "storage/search_scope.h"

#include <fmt/format.h>

namespace storage {
namespace {

std::string sql_text(std::string_view text)
{
    std::string sql = "'";
    for (const char c : text) {
        if (c == '\0') break; // SQL text ends there, and no kind holds one
        sql += c;
        if (c == '\'') sql += c;
    }
    return sql + "'";
}

} // namespace

std::string scope_condition(const SearchScope& scope)
{
    std::string sql;
    if (!scope.sessions.empty())
        sql += fmt::format(" AND source.session IN ({})", fmt::join(scope.sessions, ","));
    if (!scope.sources.empty())
        sql += fmt::format(" AND source.id IN ({})", fmt::join(scope.sources, ","));
    if (!scope.kinds.empty()) {
        std::vector<std::string> kinds;
        for (const std::string& kind : scope.kinds) kinds.push_back(sql_text(kind));
        sql += fmt::format(" AND source.kind IN ({})", fmt::join(kinds, ","));
    }
    return sql;
}

std::string in_scope(const SearchScope& scope)
{
    return "source IN (SELECT id FROM source WHERE 1" + scope_condition(scope) + ")";
}

std::string
within(std::string_view index, const SearchScope& scope, PassageId first, PassageId last)
{
    if (is_everything(scope)) return {};
    // The range goes into the index. The plus keeps the list out of it: FTS5 would run the whole
    // query again for each of its ids.
    return fmt::format(
        " AND {0}.rowid BETWEEN {1} AND {2} AND +{0}.rowid IN (SELECT id FROM passage WHERE {3})",
        index,
        first,
        last,
        in_scope(scope));
}

bool is_everything(const SearchScope& scope)
{
    return scope.sessions.empty() && scope.sources.empty() && scope.kinds.empty();
}

} // namespace storage

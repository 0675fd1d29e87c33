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

std::string sql_list(std::span<const std::string> texts)
{
    std::string sql;
    for (const std::string& text : texts) {
        if (!sql.empty()) sql += ',';
        sql += sql_text(text);
    }
    return sql;
}

Result<bool> shows_everything(Database& database, const SearchScope& scope)
{
    if (!scope.sessions.empty() || !scope.sources.empty() || !scope.kinds.empty()) return false;
    const auto trashed = database.value("SELECT EXISTS (SELECT 1 FROM source WHERE trashed <> 0)");
    if (!trashed) return tl::unexpected(trashed.error());
    return *trashed == 0;
}

std::string scope_condition(const SearchScope& scope)
{
    std::string sql;
    if (!scope.sessions.empty())
        sql += fmt::format(" AND source.session IN ({})", fmt::join(scope.sessions, ","));
    if (!scope.sources.empty())
        sql += fmt::format(" AND source.id IN ({})", fmt::join(scope.sources, ","));
    if (!scope.kinds.empty()) sql += fmt::format(" AND source.kind IN ({})", sql_list(scope.kinds));
    return sql;
}

std::string in_scope(const SearchScope& scope)
{
    const std::string asked = scope_condition(scope);
    if (asked.empty()) return "source NOT IN (SELECT id FROM source WHERE trashed <> 0)";
    return "source IN (SELECT id FROM source WHERE trashed = 0" + asked + ")";
}

std::string
within(std::string_view index, const SearchScope& scope, PassageId first, PassageId last)
{
    // What is hidden is little beside everything: then the list is of that.
    const bool asked = !scope_condition(scope).empty();
    // The range goes into the index. The plus keeps the list out of it: FTS5 would run the whole
    // query again for each of its ids.
    return fmt::format(
        " AND {0}.rowid BETWEEN {1} AND {2} AND +{0}.rowid {3} (SELECT id FROM passage WHERE {4})",
        index,
        first,
        last,
        asked ? "IN" : "NOT IN",
        asked ? in_scope(scope) : "source IN (SELECT id FROM source WHERE trashed <> 0)");
}

} // namespace storage

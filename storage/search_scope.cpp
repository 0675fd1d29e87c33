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

bool is_everything(const SearchScope& scope)
{
    return scope.sessions.empty() && scope.sources.empty() && scope.kinds.empty();
}

} // namespace storage

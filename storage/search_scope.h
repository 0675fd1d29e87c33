#pragma once

#include "storage/database.h"
#include "storage/library.h"

#include <string>
#include <string_view>

namespace storage {

/// " AND source.session IN (3) AND ..." for a query that joins `source`; empty for everything. Ids
/// are written out, since they are numbers; kinds are quoted.
std::string scope_condition(const SearchScope& scope);
/// "source IN (...)" for a query over `passage`: the scope without what lies in the trash.
std::string in_scope(const SearchScope& scope);
/// " AND ..." for a query over an FTS5 index, whose rows are passages with ids from `first` to
/// `last`. Not needed where shows_everything().
std::string
within(std::string_view index, const SearchScope& scope, PassageId first, PassageId last);
/// No bounds, and nothing in the trash.
Result<bool> shows_everything(Database& database, const SearchScope& scope);
/// "'a','b'": texts as SQL, quoted.
std::string sql_list(std::span<const std::string> texts);

} // namespace storage

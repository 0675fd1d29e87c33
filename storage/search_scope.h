#pragma once

#include "storage/library.h"

#include <string>
#include <string_view>

namespace storage {

/// " AND source.session IN (3) AND ..." for a query that joins `source`; empty for everything. Ids
/// are written out, since they are numbers; kinds are quoted.
std::string scope_condition(const SearchScope& scope);
/// "source IN (...)" for a query over `passage`.
std::string in_scope(const SearchScope& scope);
/// " AND ..." for a query over an FTS5 index, whose rows are passages with ids from `first` to
/// `last`; empty for everything.
std::string
within(std::string_view index, const SearchScope& scope, PassageId first, PassageId last);
bool is_everything(const SearchScope& scope);

} // namespace storage

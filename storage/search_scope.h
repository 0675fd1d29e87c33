#pragma once

#include "storage/library.h"

#include <string>

namespace storage {

/// " AND source.session IN (3) AND ..." for a query that joins `source`; empty for everything. Ids
/// are written out, since they are numbers; kinds are quoted.
std::string scope_condition(const SearchScope& scope);
bool is_everything(const SearchScope& scope);

} // namespace storage

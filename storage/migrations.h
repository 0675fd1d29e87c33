#pragma once

#include "storage/database.h"

namespace storage {

/// "PRCT": tells our databases from others (PRAGMA application_id).
inline constexpr std::int64_t kApplicationId = 0x50524354;

/// The version that this program writes (PRAGMA user_version). Each is one numbered step; a step
/// never changes once released.
int latest_version();

/// Brings an empty or older database to `target`, one transaction a step; killed in between, the
/// next call goes on.
Result<void> migrate(Database& database, int target = latest_version());

} // namespace storage

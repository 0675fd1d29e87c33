#pragma once

#include <string>

namespace storage {

/// "2026-11-22T09:00:00Z".
std::string utc_now();

} // namespace storage

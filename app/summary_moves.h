#pragma once

#include "storage/types.h"

#include <span>
#include <string>

namespace app {

/// A stored summary with the lines where the user put them since: a line goes where it belongs by
/// its place, once. What is no summary, and moves of lines that it does not have, change nothing.
std::string with_moves(const std::string& summary_json, std::span<const storage::ItemMove> moves);

} // namespace app

#pragma once

#include "app/cli/environment.h"
#include "storage/types.h"

namespace app::cli {

/// sessions show: what a session holds, its stored questions and answers with their places
/// included. Reads only, opens no model.
int run_show(Environment& environment, storage::SessionId id);

} // namespace app::cli

#pragma once

#include "engine/models/llama/model.h"
#include "engine/tools/command.h"
#include "engine/worker.h"

#include <memory>

namespace engine::tools {

/// The model of --model for commands that look inside. Errors: those of Model::load,
/// DeviceUnavailable.
Result<std::unique_ptr<llama::Model>> open_llama(const Context& context, Worker& worker);

} // namespace engine::tools

#pragma once

#include "engine/models/language_model.h"
#include "engine/models/llama/model.h"
#include "engine/tools/command.h"
#include "engine/worker.h"

#include <memory>

namespace engine::tools {

/// The model of --model for commands that look inside, whatever family it is of.
/// Errors: those of LanguageModel::load, DeviceUnavailable.
Result<std::unique_ptr<LanguageModel>> open_language_model(const Context& context, Worker& worker);
/// The same for what measures the layers of a llama model. Errors: those of llama::Model::load,
/// DeviceUnavailable.
Result<std::unique_ptr<llama::Model>> open_llama(const Context& context, Worker& worker);

} // namespace engine::tools

#pragma once

#include "engine/models/language_model.h"

#include <filesystem>

namespace engine::omni {

/// Nemotron 3 Nano Omni from its safetensors folder, or the text-only model of its family: the
/// language model with those towers that the folder has. Errors: those of Engine::open.
Result<std::unique_ptr<LanguageModel>>
load(Worker& worker, const std::filesystem::path& folder, kernels::Compute compute);

} // namespace engine::omni

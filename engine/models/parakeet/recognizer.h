#pragma once

#include "engine/speech_recognizer.h"

namespace engine::parakeet {

/// A Parakeet TDT behind the common face. The search is greedy whatever beam is asked for, and the
/// language is found by the model alone. Errors: those of Model::load.
Result<std::unique_ptr<SpeechRecognizer>> open_recognizer(
    Worker& worker,
    const std::filesystem::path& model,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute);

} // namespace engine::parakeet

#pragma once

#include "engine/speech_recognizer.h"

namespace engine::whisper {

/// A Whisper in CTranslate2's format behind the common face. Errors: those of Model::load.
Result<std::unique_ptr<SpeechRecognizer>> open_recognizer(
    Worker& worker,
    const std::filesystem::path& model,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute);

} // namespace engine::whisper

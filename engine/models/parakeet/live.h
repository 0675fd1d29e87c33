#pragma once

#include "engine/models/parakeet/model.h"
#include "engine/speech_recognizer.h"
#include "engine/worker.h"

#include <memory>

namespace engine::parakeet {

/// Live sound by chunks with context on both sides and a transducer that goes on from where it was
/// (audio spec 5.2). Which words come depends on the samples alone, not on the pieces in which they
/// arrived. Errors: BadUsage.
Result<std::unique_ptr<LiveSpeech>> open_live(
    Worker& worker,
    std::shared_ptr<const Model> model,
    LiveOptions options,
    LiveHandler handler);

} // namespace engine::parakeet

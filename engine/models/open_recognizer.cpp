#include "engine/formats/checkpoint.h"
#include "engine/models/parakeet/recognizer.h"
#include "engine/models/whisper/recognizer.h"
#include "engine/speech_recognizer.h"

namespace engine {

Result<std::unique_ptr<SpeechRecognizer>> SpeechRecognizer::open(
    Worker& worker,
    const std::filesystem::path& model,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute)
{
    if (formats::has_checkpoint(model))
        return parakeet::open_recognizer(worker, model, voice_activity, compute);
    return whisper::open_recognizer(worker, model, voice_activity, compute);
}

} // namespace engine

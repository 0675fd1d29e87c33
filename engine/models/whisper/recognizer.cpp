#include "engine/models/whisper/recognizer.h"

#include "engine/models/whisper/model.h"
#include "engine/models/whisper/transcription.h"

#include <utility>

namespace engine::whisper {
namespace {

class Recognizer final : public TaskRecognizer {
public:
    Recognizer(Worker& worker, std::shared_ptr<Model> model)
        : TaskRecognizer(worker), model_(std::move(model))
    {
    }

private:
    Result<void> check(const SpeechRequest& request) const override
    {
        if (!request.language.empty() && !model_->vocabulary.language(request.language)) {
            return fail(
                ErrorCode::BadUsage,
                "The speech model does not know the language " + request.language + ".",
                "Give a code such as en or de, or leave it out to have the language detected.");
        }
        constexpr int kWidestBeam = 8;
        if (request.beam < 1 || request.beam > kWidestBeam) {
            return fail(
                ErrorCode::BadUsage,
                "A beam of " + std::to_string(request.beam) + " is not possible.",
                "Choose 1 (greedy) to 8; 5 is usual.");
        }
        return {};
    }
    std::shared_ptr<SpeechTask>
    make_task(SpeechRequest request, SpeechHandler handler) const override
    {
        return std::make_shared<Transcription>(model_, std::move(request), std::move(handler));
    }

    std::shared_ptr<Model> model_;
};

} // namespace

Result<std::unique_ptr<SpeechRecognizer>> open_recognizer(
    Worker& worker,
    const std::filesystem::path& model,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute)
{
    auto loaded = worker.make_now([&](kernels::Backend& backend) {
        return Model::load(backend, model, voice_activity, compute);
    });
    if (!loaded) return tl::unexpected(loaded.error());
    return std::make_unique<Recognizer>(worker, std::move(*loaded));
}

} // namespace engine::whisper

#include "engine/models/parakeet/recognizer.h"

#include "engine/models/parakeet/live.h"
#include "engine/models/parakeet/model.h"
#include "engine/models/parakeet/transcription.h"

#include <utility>

namespace engine::parakeet {
namespace {

class Recognizer final : public TaskRecognizer {
public:
    Recognizer(Worker& worker, std::shared_ptr<Model> model)
        : TaskRecognizer(worker), model_(std::move(model))
    {
    }
    Result<std::unique_ptr<LiveSpeech>>
    open_live(const LiveOptions& options, const LiveHandler& handler) override
    {
        return parakeet::open_live(worker(), model_, options, handler);
    }

private:
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

} // namespace engine::parakeet

#include "engine/models/whisper/recognizer.h"

#include "engine/models/whisper/model.h"
#include "engine/models/whisper/transcription.h"

#include <utility>

namespace engine::whisper {
namespace {

class WhisperRecognizer final : public SpeechRecognizer {
public:
    WhisperRecognizer(Worker& worker, std::shared_ptr<Model> model)
        : worker_(worker), model_(std::move(model))
    {
    }
    ~WhisperRecognizer() override { worker_.cancel(this); }
    WhisperRecognizer(const WhisperRecognizer&) = delete;
    WhisperRecognizer& operator=(const WhisperRecognizer&) = delete;

    Result<void> submit(SpeechRequest request, SpeechHandler handler) override
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
        const auto transcription = std::make_shared<Transcription>(
            worker_,
            model_,
            std::move(request),
            std::move(handler));
        return transcription->start(this);
    }

private:
    Worker& worker_;
    std::shared_ptr<Model> model_;
};

} // namespace

Result<std::unique_ptr<SpeechRecognizer>> open_recognizer(
    Worker& worker,
    const std::filesystem::path& model,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute)
{
    std::shared_ptr<Model> loaded;
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        auto read = Model::load(backend, model, voice_activity, compute);
        if (!read) return tl::unexpected(read.error());
        loaded = std::move(*read);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return std::make_unique<WhisperRecognizer>(worker, std::move(loaded));
}

} // namespace engine::whisper

#include "engine/models/parakeet/recognizer.h"

#include "engine/models/parakeet/live.h"
#include "engine/models/parakeet/model.h"
#include "engine/models/parakeet/transcription.h"

#include <utility>

namespace engine::parakeet {
namespace {

class Recognizer final : public SpeechRecognizer {
public:
    Recognizer(Worker& worker, std::shared_ptr<Model> model)
        : worker_(worker), model_(std::move(model))
    {
    }
    ~Recognizer() override { worker_.cancel(this); }
    Recognizer(const Recognizer&) = delete;
    Recognizer& operator=(const Recognizer&) = delete;

    Result<void> submit(SpeechRequest request, SpeechHandler handler) override
    {
        const auto transcription = std::make_shared<Transcription>(
            worker_,
            model_,
            std::move(request),
            std::move(handler));
        return transcription->start(this);
    }
    Result<std::unique_ptr<LiveSpeech>>
    open_live(const LiveOptions& options, const LiveHandler& handler) override
    {
        return parakeet::open_live(worker_, model_, options, handler);
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
    return std::make_unique<Recognizer>(worker, std::move(loaded));
}

} // namespace engine::parakeet

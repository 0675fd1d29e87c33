#include "engine/models/whisper/model.h"

#include "engine/formats/ctranslate2.h"

#include <utility>

namespace engine::whisper {

Result<std::unique_ptr<Model>> Model::load(
    kernels::Backend& backend,
    const std::filesystem::path& model_dir,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute)
{
    auto file = formats::Ctranslate2File::open(model_dir / "model.bin");
    if (!file) return tl::unexpected(file.error());
    if (file->specification() != "WhisperSpec") {
        return fail(
            ErrorCode::ModelUnsupported,
            "model.bin holds a " + file->specification() + ", not a Whisper.",
            "Use a CTranslate2 conversion of Whisper, such as Systran/faster-whisper-base.");
    }
    auto config = read_config(file->tensors(), model_dir);
    if (!config) return tl::unexpected(config.error());
    auto vocabulary = Vocabulary::read(model_dir / "vocabulary.txt", config->vocabulary);
    if (!vocabulary) return tl::unexpected(vocabulary.error());
    auto weights = load_weights(backend, file->tensors(), *config, compute);
    if (!weights) return tl::unexpected(weights.error());
    if (auto intact = file->file()->check(); !intact) return tl::unexpected(intact.error());

    auto model = std::make_unique<Model>(
        std::move(*config),
        std::move(*vocabulary),
        std::move(*weights),
        compute);
    // Without the mapping its pages do not count as ours any more.
    if (model->weights.refer_to_file()) model->file = file->file();
    if (!voice_activity.empty()) {
        auto detector = silero_vad::Detector::open(backend, voice_activity);
        if (!detector) return tl::unexpected(detector.error());
        model->detector = std::move(*detector);
    }
    return model;
}

} // namespace engine::whisper

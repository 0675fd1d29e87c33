#include "engine/models/parakeet/model.h"

#include <utility>

namespace engine::parakeet {

Result<std::unique_ptr<Model>> Model::load(
    kernels::Backend& backend,
    const std::filesystem::path& folder,
    const std::filesystem::path& voice_activity,
    kernels::Compute compute)
{
    auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());
    auto config = read_config(folder, files->tensors());
    if (!config) return tl::unexpected(config.error());
    auto vocabulary = Vocabulary::read(folder / "tokenizer.json", config->vocabulary);
    if (!vocabulary) return tl::unexpected(vocabulary.error());
    auto weights = load_weights(backend, files->tensors(), *config, compute);
    if (!weights) return tl::unexpected(weights.error());
    if (auto intact = files->check(); !intact) return tl::unexpected(intact.error());

    auto model =
        std::make_unique<Model>(std::move(*config), std::move(*vocabulary), std::move(*weights));
    // Without the mapping its pages do not count as ours any more.
    if (model->weights.refers_to_file) model->files = std::move(*files);
    if (!voice_activity.empty()) {
        auto detector = silero_vad::Detector::open(backend, voice_activity);
        if (!detector) return tl::unexpected(detector.error());
        model->detector = std::move(*detector);
    }
    return model;
}

} // namespace engine::parakeet

#include "engine/models/parakeet/model.h"

#include <numeric>
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

std::size_t memory_need(const Config& config, const formats::TensorTable& tensors)
{
    std::size_t weights = 0;
    for (const auto& [name, tensor] : tensors.all()) {
        const auto shape = tensor.shape();
        const auto count = std::accumulate(
            shape.begin(),
            shape.end(),
            std::size_t{1},
            [](std::size_t product, std::int64_t side) {
                return product * static_cast<std::size_t>(side);
            });
        // Matrices are repacked in 8 bits with a scale for 32 of them; the rest becomes F32.
        const bool matrix = shape.size() >= 2 && name.find("embedding") == std::string::npos &&
                            name.find("depthwise") == std::string::npos;
        weights += matrix ? count + count / 8 : count * sizeof(float);
    }
    // Of the encoder (encoder.cpp): ten rows of its width and the positions twice; before it the
    // pictures of 32 rows after the first convolution.
    const auto rows = static_cast<std::size_t>(fastconformer::encoder_rows(3001));
    const auto dim = static_cast<std::size_t>(config.encoder.dim);
    const std::size_t layers = rows * (10 * dim + static_cast<std::size_t>(config.encoder.ff_dim));
    const auto bins = static_cast<std::size_t>(fastconformer::halved(config.encoder.mel_bins));
    const std::size_t pictures = 2 * 131 * bins * static_cast<std::size_t>(config.encoder.channels);
    return weights + (layers + pictures) * sizeof(float);
}

} // namespace engine::parakeet

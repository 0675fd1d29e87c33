#include "engine/models/parakeet/weights.h"

#include "engine/models/fastconformer/loader.h"

namespace engine::parakeet {

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute)
{
    using fastconformer::Placement;
    auto encoder =
        fastconformer::load_encoder(backend, tensors, config.encoder, compute, Placement::Repacked);
    if (!encoder) return tl::unexpected(encoder.error());
    Weights weights;
    weights.encoder = std::move(*encoder);

    fastconformer::Loader load(backend, tensors, compute, Placement::Repacked);
    const int dim = config.dim;
    weights.encoder_projector =
        load.biased("encoder_projector", config.joint_dim, config.encoder.dim);
    weights.embedding =
        load.values("decoder.embedding.weight", std::int64_t{config.vocabulary + 1} * dim);
    for (int i = 0; i < config.layers && !load.mistake(); ++i) {
        const std::string layer = "_l" + std::to_string(i);
        const auto gates = [&](const char* kind) {
            return Linear{
                load.matrix(std::string("decoder.lstm.weight_") + kind + layer, 4 * dim, dim),
                load.values(std::string("decoder.lstm.bias_") + kind + layer, 4 * dim)};
        };
        LstmLayer lstm;
        lstm.from_input = gates("ih");
        lstm.from_hidden = gates("hh");
        weights.lstm.push_back(std::move(lstm));
    }
    weights.predictor_projector = load.biased("decoder.decoder_projector", config.joint_dim, dim);
    weights.head = load.biased("joint.head", config.logits(), config.joint_dim);
    if (load.mistake()) return tl::unexpected(*load.mistake());
    weights.refers_to_file = weights.encoder.refers_to_file || load.refers_to_file();
    return weights;
}

} // namespace engine::parakeet

#include "engine/models/fastconformer/weights.h"

#include "engine/models/fastconformer/loader.h"

#include <cmath>

namespace engine::fastconformer {
namespace {

FeedForward
feed_forward(Loader& load, const std::string& layer, const char* which, const Config& config)
{
    const std::string name = layer + "feed_forward" + which + ".";
    return {
        load.norm(layer + "norm_feed_forward" + which, config.dim),
        load.linear(name + "linear1", config.ff_dim, config.dim),
        load.linear(name + "linear2", config.dim, config.ff_dim, 0.5f)};
}

Attention attention(Loader& load, const std::string& layer, const Config& config)
{
    const std::string name = layer + "self_attn.";
    const int dim = config.dim;
    Attention a;
    a.norm = load.norm(layer + "norm_self_att", dim);
    a.q = load.linear(name + "q_proj", dim, dim);
    a.k = load.linear(name + "k_proj", dim, dim);
    a.v = load.linear(name + "v_proj", dim, dim);
    a.out = load.linear(name + "o_proj", dim, dim);
    a.places = load.matrix(name + "relative_k_proj.weight", dim, dim);
    a.content_bias = load.values(name + "bias_u", dim);
    a.position_bias = load.values(name + "bias_v", dim);
    return a;
}

/// The batch norm behind the taps is a scale and a shift of every channel once training is over.
Convolution convolution(Loader& load, const std::string& layer, const Config& config)
{
    const std::string name = layer + "conv.";
    const int dim = config.dim;
    const auto n = static_cast<std::size_t>(dim);
    std::vector<float> scale = load.values(name + "norm.weight", dim);
    const std::vector<float> shift = load.values(name + "norm.bias", dim);
    const std::vector<float> mean = load.values(name + "norm.running_mean", dim);
    const std::vector<float> variance = load.values(name + "norm.running_var", dim);
    for (std::size_t c = 0; c < n; ++c) scale[c] /= std::sqrt(variance[c] + config.norm_eps);
    Convolution result;
    result.norm = load.norm(layer + "norm_conv", dim);
    result.expand = load.linear(name + "pointwise_conv1", 2 * dim, dim);
    const std::string taps = name + "depthwise_conv";
    result.depthwise =
        load.taps(taps, dim, config.conv_taps, load.optional(taps + ".bias", dim), scale);
    for (std::size_t c = 0; c < n; ++c) result.depthwise.bias[c] += shift[c] - mean[c] * scale[c];
    result.reduce = load.linear(name + "pointwise_conv2", dim, dim);
    return result;
}

} // namespace

Result<EncoderWeights> load_encoder(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute,
    Placement placement)
{
    Loader load(backend, tensors, compute, placement);
    const std::string subsampling = config.encoder + "subsampling.";
    const int channels = config.channels;
    const std::vector<float> as_it_is(static_cast<std::size_t>(channels), 1.0f);
    const auto depthwise = [&](const std::string& name) {
        return load.taps(name, channels, 9, load.values(name + ".bias", channels), as_it_is);
    };
    EncoderWeights weights;
    weights.conv = load.biased(subsampling + "layers.0", channels, 9);
    weights.depthwise1 = depthwise(subsampling + "layers.2");
    weights.pointwise1 = load.biased(subsampling + "layers.3", channels, channels);
    weights.depthwise2 = depthwise(subsampling + "layers.5");
    weights.pointwise2 = load.biased(subsampling + "layers.6", channels, channels);
    weights.flat = load.biased(
        subsampling + "linear",
        config.dim,
        std::int64_t{channels} * encoder_rows(config.mel_bins));
    for (int i = 0; i < config.layers && !load.mistake(); ++i) {
        const std::string layer = config.encoder + "layers." + std::to_string(i) + ".";
        LayerWeights w;
        w.before = feed_forward(load, layer, "1", config);
        w.attention = attention(load, layer, config);
        w.convolution = convolution(load, layer, config);
        w.after = feed_forward(load, layer, "2", config);
        w.out = load.norm(layer + "norm_out", config.dim);
        weights.layers.push_back(std::move(w));
    }
    if (load.mistake()) return tl::unexpected(*load.mistake());
    weights.refers_to_file = load.refers_to_file();
    return weights;
}

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute)
{
    auto encoder = load_encoder(backend, tensors, config, compute);
    if (!encoder) return tl::unexpected(encoder.error());
    Weights weights{std::move(*encoder), {}};
    Loader load(backend, tensors, compute);
    weights.projector.norm = load.values(config.projector_norm + ".weight", config.dim);
    weights.projector.up = load.linear(config.projector1, config.projector_dim, config.dim);
    weights.projector.down = load.linear(config.projector2, config.out_dim, config.projector_dim);
    if (load.mistake()) return tl::unexpected(*load.mistake());
    return weights;
}

} // namespace engine::fastconformer

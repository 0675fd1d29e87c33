#include "tests/engine/fastconformer/spec_tower.h"

#include "tests/engine/sound/spec_noise.h"

#include <cmath>

namespace engine::fastconformer {

SpecTower::SpecTower()
{
    const std::string encoder = "sound_encoder.encoder.";
    const std::string sub = encoder + "subsampling.";
    const auto convolution =
        [&](const std::string& name, std::vector<std::int64_t> shape, int fan) {
            matrix(name + ".weight", std::move(shape), fan, 6);
            vector(name + ".bias", {4}, 0, 0.2);
        };
    convolution(sub + "layers.0", {4, 1, 3, 3}, 9);
    convolution(sub + "layers.2", {4, 1, 3, 3}, 9);
    convolution(sub + "layers.3", {4, 4, 1, 1}, 4);
    convolution(sub + "layers.5", {4, 1, 3, 3}, 9);
    convolution(sub + "layers.6", {4, 4, 1, 1}, 4);
    matrix(sub + "linear.weight", {16, 64}, 64, 6);
    vector(sub + "linear.bias", {16}, 0, 0.2);
    for (const char* number : {"0", "1"}) {
        const std::string layer = encoder + "layers." + number + ".";
        norm(layer + "norm_feed_forward1");
        matrix(layer + "feed_forward1.linear1.weight", {32, 16}, 16, 2);
        matrix(layer + "feed_forward1.linear2.weight", {16, 32}, 32, 2);
        norm(layer + "norm_self_att");
        for (const char* which : {"q_proj", "k_proj", "v_proj", "o_proj", "relative_k_proj"})
            matrix(layer + "self_attn." + which + ".weight", {16, 16}, 16, 4);
        vector(layer + "self_attn.bias_u", {2, 8}, 0, 1);
        vector(layer + "self_attn.bias_v", {2, 8}, 0, 1);
        norm(layer + "norm_conv");
        matrix(layer + "conv.pointwise_conv1.weight", {32, 16, 1}, 16, 4);
        matrix(layer + "conv.depthwise_conv.weight", {16, 1, 9}, 9, 2);
        norm(layer + "conv.norm");
        vector(layer + "conv.norm.running_mean", {16}, 0, 0.2);
        vector(layer + "conv.norm.running_var", {16}, 1, 1);
        matrix(layer + "conv.pointwise_conv2.weight", {16, 16, 1}, 16, 2);
        norm(layer + "norm_feed_forward2");
        matrix(layer + "feed_forward2.linear1.weight", {32, 16}, 16, 2);
        matrix(layer + "feed_forward2.linear2.weight", {16, 32}, 32, 2);
        norm(layer + "norm_out");
    }
    vector("sound_projection.norm.weight", {16}, 1, 0.2);
    matrix("sound_projection.linear1.weight", {32, 16}, 16, 2);
    matrix("sound_projection.linear2.weight", {kOutDim, 32}, 32, 2);
}

void SpecTower::matrix(
    const std::string& name,
    std::vector<std::int64_t> shape,
    int fan,
    double gain)
{
    vector(name, std::move(shape), 0, gain / std::sqrt(fan));
}

void SpecTower::vector(
    const std::string& name,
    std::vector<std::int64_t> shape,
    double base,
    double amplitude)
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape) count *= size;
    Tensor tensor{std::move(shape), {}};
    for (std::uint32_t i = 0; i < count; ++i)
        tensor.values.push_back(static_cast<float>(base + amplitude * sound::noise(next_, i)));
    tensors[name] = std::move(tensor);
    ++next_;
}

void SpecTower::norm(const std::string& name)
{
    vector(name + ".weight", {16}, 1, 0.2);
    vector(name + ".bias", {16}, 0, 0.2);
}

formats::TensorTable SpecTower::table() const
{
    formats::TensorTable table("model.safetensors");
    for (const auto& [name, tensor] : tensors) {
        formats::StoredTensor stored;
        stored.rank = static_cast<std::uint8_t>(tensor.shape.size());
        std::copy(tensor.shape.begin(), tensor.shape.end(), stored.dims.begin());
        stored.bytes = std::as_bytes(std::span(tensor.values));
        table.add(name, stored);
    }
    return table;
}

nlohmann::json SpecTower::config() const
{
    return {
        {"sound_config",
         {{"model_type", "parakeet"},
          {"hidden_size", 16},
          {"num_attention_heads", 2},
          {"num_hidden_layers", 2},
          {"intermediate_size", 32},
          {"conv_kernel_size", 9},
          {"convolution_bias", false},
          {"subsampling_conv_channels", 4},
          {"subsampling_conv_kernel_size", 3},
          {"subsampling_conv_stride", 2},
          {"subsampling_factor", 8},
          {"num_mel_bins", 128},
          {"projection_hidden_size", 32},
          {"sampling_rate", 16000}}}};
}

} // namespace engine::fastconformer

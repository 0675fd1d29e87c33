#include "engine/tools/random_checkpoint.h"

#include "base/expects.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace engine::tools {
namespace {

using formats::ElementFormat;
using nemotron_h::LayerKind;

/// Enough that no two tensors of a model begin alike; a prime, so that they never fall in step.
constexpr std::size_t kNoiseBytes = 4'194'301;
constexpr float kSpread = 0.04f; // of a BF16 matrix

constexpr std::string_view kPublishedPattern =
    "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";

} // namespace

RandomCheckpoint::RandomCheckpoint() : tensors_("random numbers"), codes_(kNoiseBytes)
{
    std::minstd_rand random(1);
    for (std::byte& b : codes_) b = static_cast<std::byte>(random() >> 8);
    // Signs and mantissas stay random, sizes do not.
    for (const std::byte b : codes_) small_codes_.push_back(b & std::byte{0xbf}); // E4M3 below 2
    words_ = codes_;
    words_.push_back(std::byte{});
    for (std::size_t i = 1; i < words_.size(); i += 2) // BF16 of 0.008 to 0.031
        words_[i] = (words_[i] & std::byte{0x80}) | std::byte{0x3c};
}

void RandomCheckpoint::fill(std::byte* to, std::size_t count, const std::vector<std::byte>& noise)
{
    while (count > 0) {
        const std::size_t some = std::min(count, noise.size() - next_);
        std::memcpy(to, noise.data() + next_, some);
        next_ = next_ + some < kNoiseBytes ? next_ + some : 0;
        to += some;
        count -= some;
    }
}

std::byte* RandomCheckpoint::add(
    const std::string& name,
    ElementFormat format,
    std::initializer_list<std::int64_t> shape)
{
    formats::StoredTensor tensor;
    tensor.format = format;
    tensor.rank = static_cast<std::uint8_t>(shape.size());
    std::copy(shape.begin(), shape.end(), tensor.dims.begin());
    const auto bytes = formats::stored_bytes(format, tensor.shape());
    EXPECTS(bytes.has_value());
    memory_.emplace_back(kernels::DType::U8, 1, *bytes);
    size_bytes_ += static_cast<std::size_t>(*bytes);
    std::byte* const data = memory_.back().view().data;
    tensor.bytes = {data, static_cast<std::size_t>(*bytes)};
    EXPECTS(tensors_.add(name, tensor));
    return data;
}

void RandomCheckpoint::add_matrix(const std::string& name, ElementFormat format, int rows, int cols)
{
    const bool packed = format == ElementFormat::U8;
    std::byte* const data = add(name, format, {rows, packed ? cols / 2 : cols});
    const std::size_t size = tensors_.find(name)->bytes.size();
    switch (format) {
    case ElementFormat::BF16:
        next_ -= next_ % 2;
        fill(data, size, words_);
        break;
    case ElementFormat::F8E4M3:
        fill(data, size, small_codes_);
        add_values(name + "_scale", {1}, kSpread);
        break;
    case ElementFormat::U8: {
        fill(data, size, codes_);
        std::byte* const scales = add(name + "_scale", ElementFormat::F8E4M3, {rows, cols / 16});
        std::fill_n(scales, std::int64_t{rows} * (cols / 16), std::byte{0x38}); // 1
        add_values(name + "_scale_2", {1}, kSpread / 4);
        break;
    }
    default:
        EXPECTS(false);
    }
}

void RandomCheckpoint::add_values(
    const std::string& name,
    std::initializer_list<std::int64_t> shape,
    float value)
{
    std::byte* const data = add(name, ElementFormat::F32, shape);
    const std::size_t count = tensors_.find(name)->bytes.size() / sizeof value;
    for (std::size_t i = 0; i < count; ++i)
        std::memcpy(data + i * sizeof value, &value, sizeof value);
}

void RandomCheckpoint::add_alias(const std::string& name, const std::string& of)
{
    const formats::StoredTensor tensor = *tensors_.find(of);
    EXPECTS(tensors_.add(name, tensor));
}

nemotron_h::Config nano_config(int layers)
{
    EXPECTS(layers >= 1 && layers <= static_cast<int>(kPublishedPattern.size()));
    nemotron_h::Config config;
    for (const char kind : kPublishedPattern.substr(0, static_cast<std::size_t>(layers)))
        config.layers.push_back(static_cast<LayerKind>(kind));
    config.dim = 2688;
    config.vocab_size = 131'072;
    config.context_length = 262'144;
    config.norm_eps = 1e-5f;
    config.heads = 32;
    config.kv_heads = 2;
    config.head_dim = 128;
    config.mamba_heads = 64;
    config.mamba_head_dim = 64;
    config.mamba_groups = 8;
    config.mamba_state = 128;
    config.mamba_taps = 4;
    config.experts = 128;
    config.experts_per_token = 6;
    config.expert_dim = 1856;
    config.shared_dim = 3712;
    config.weight_scale = 2.5f;
    return config;
}

RandomCheckpoint random_nano(const nemotron_h::Config& config, Precision precision)
{
    const ElementFormat plain = ElementFormat::BF16;
    const ElementFormat dense = precision == Precision::Bf16 ? plain : ElementFormat::F8E4M3;
    const ElementFormat routed = precision == Precision::Nvfp4 ? ElementFormat::U8 : dense;
    RandomCheckpoint made;
    made.add_matrix("lm_head.weight", plain, config.vocab_size, config.dim);
    // Of the embedding a token reads one row: that it is the head's costs no measurement anything.
    made.add_alias("backbone.embeddings.weight", "lm_head.weight");
    made.add_values("backbone.norm_f.weight", {config.dim}, 1);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        const std::string layer = "backbone.layers." + std::to_string(i) + ".";
        const std::string mixer = layer + "mixer.";
        made.add_values(layer + "norm.weight", {config.dim}, 1);
        switch (config.layers[i]) {
        case LayerKind::Mamba:
            made.add_matrix(mixer + "in_proj.weight", dense, config.in_proj_dim(), config.dim);
            made.add_values(
                mixer + "conv1d.weight",
                {config.conv_dim(), 1, config.mamba_taps},
                0.25f);
            made.add_values(mixer + "conv1d.bias", {config.conv_dim()}, 0);
            for (const char* name : {"A_log", "D", "dt_bias"})
                made.add_values(mixer + name, {config.mamba_heads}, 0);
            made.add_values(mixer + "norm.weight", {config.mamba_dim()}, 1);
            made.add_matrix(mixer + "out_proj.weight", dense, config.dim, config.mamba_dim());
            break;
        case LayerKind::Attention: {
            const int width = config.heads * config.head_dim;
            made.add_matrix(mixer + "q_proj.weight", plain, width, config.dim);
            made.add_matrix(mixer + "k_proj.weight", plain, config.kv_dim(), config.dim);
            made.add_matrix(mixer + "v_proj.weight", plain, config.kv_dim(), config.dim);
            made.add_matrix(mixer + "o_proj.weight", dense, config.dim, width);
            break;
        }
        case LayerKind::Experts: {
            const auto mlp = [&](const std::string& name, ElementFormat format, int width) {
                made.add_matrix(mixer + name + "up_proj.weight", format, width, config.dim);
                made.add_matrix(mixer + name + "down_proj.weight", format, config.dim, width);
            };
            made.add_matrix(mixer + "gate.weight", plain, config.experts, config.dim);
            made.add_values(mixer + "gate.e_score_correction_bias", {config.experts}, 0);
            for (int j = 0; j < config.experts; ++j)
                mlp("experts." + std::to_string(j) + ".", routed, config.expert_dim);
            mlp("shared_experts.", dense, config.shared_dim);
            break;
        }
        }
    }
    return made;
}

radio::Config radio_config(int layers)
{
    radio::Config config;
    config.layers = layers;
    config.dim = 1280;
    config.heads = 16;
    config.mlp_dim = 5120;
    config.prefix = 10;
    config.table_side = 128;
    config.projector_dim = 20'480;
    config.out_dim = 2688;
    return config;
}

RandomCheckpoint random_radio(const radio::Config& config)
{
    const ElementFormat plain = ElementFormat::BF16;
    const std::string tower(radio::kTower), patches = tower + "patch_generator.";
    const int dim = config.dim;
    RandomCheckpoint made;
    made.add_matrix(patches + "embedder.weight", plain, dim, config.patch_dim());
    made.add_matrix(
        patches + "video_embedder.weight",
        plain,
        dim,
        config.frames * config.patch_dim());
    made.add_values(patches + "cls_token.token", {config.prefix, dim}, 0.1f);
    const std::int64_t places = std::int64_t{config.table_side} * config.table_side;
    made.add_values(patches + "pos_embed", {1, places, dim}, 0);
    for (int i = 0; i < config.layers; ++i) {
        const std::string block = tower + "blocks." + std::to_string(i) + ".";
        const auto linear = [&](const std::string& name, int rows, int cols) {
            made.add_matrix(block + name + ".weight", plain, rows, cols);
            made.add_values(block + name + ".bias", {rows}, 0);
        };
        for (const char* norm : {"norm1", "norm2"}) {
            made.add_values(block + norm + ".weight", {dim}, 1);
            made.add_values(block + norm + ".bias", {dim}, 0);
        }
        linear("attn.qkv", 3 * dim, dim);
        linear("attn.proj", dim, dim);
        linear("mlp.fc1", config.mlp_dim, dim);
        linear("mlp.fc2", dim, config.mlp_dim);
    }
    made.add_values("mlp1.0.weight", {4 * std::int64_t{dim}}, 1);
    made.add_matrix("mlp1.1.weight", plain, config.projector_dim, 4 * dim);
    made.add_matrix("mlp1.3.weight", plain, config.out_dim, config.projector_dim);
    return made;
}

fastconformer::Config fastconformer_config(int layers)
{
    fastconformer::Config config;
    config.encoder = "sound_encoder.encoder.";
    config.mel_bins = 128;
    config.channels = 256;
    config.layers = layers;
    config.dim = 1024;
    config.heads = 8;
    config.ff_dim = 4096;
    config.conv_taps = 9;
    config.projector_norm = "sound_projection.norm";
    config.projector1 = "sound_projection.linear1";
    config.projector2 = "sound_projection.linear2";
    config.projector_dim = 4096;
    config.out_dim = 2688;
    return config;
}

RandomCheckpoint random_fastconformer(const fastconformer::Config& config)
{
    const ElementFormat plain = ElementFormat::BF16;
    const std::string subsampling = config.encoder + "subsampling.";
    const int dim = config.dim, channels = config.channels;
    RandomCheckpoint made;
    made.add_matrix(subsampling + "layers.0.weight", plain, channels, 9);
    for (const char* name : {"layers.2", "layers.5"})
        made.add_values(subsampling + name + ".weight", {channels, 1, 3, 3}, 0.1f);
    for (const char* name : {"layers.3", "layers.6"})
        made.add_matrix(subsampling + name + ".weight", plain, channels, channels);
    for (const char* name : {"layers.0", "layers.2", "layers.3", "layers.5", "layers.6"})
        made.add_values(subsampling + name + ".bias", {channels}, 0);
    const int flat = channels * fastconformer::encoder_rows(config.mel_bins);
    made.add_matrix(subsampling + "linear.weight", plain, dim, flat);
    made.add_values(subsampling + "linear.bias", {dim}, 0);
    for (int i = 0; i < config.layers; ++i) {
        const std::string layer = config.encoder + "layers." + std::to_string(i) + ".";
        const auto linear = [&](const std::string& name, int rows, int cols) {
            made.add_matrix(layer + name + ".weight", plain, rows, cols);
        };
        for (const char* norm :
             {"norm_feed_forward1",
              "norm_self_att",
              "norm_conv",
              "norm_feed_forward2",
              "norm_out"}) {
            made.add_values(layer + norm + ".weight", {dim}, 1);
            made.add_values(layer + norm + ".bias", {dim}, 0);
        }
        for (const char* forward : {"feed_forward1", "feed_forward2"}) {
            linear(std::string(forward) + ".linear1", config.ff_dim, dim);
            linear(std::string(forward) + ".linear2", dim, config.ff_dim);
        }
        for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj", "relative_k_proj"})
            linear(std::string("self_attn.") + name, dim, dim);
        made.add_values(layer + "self_attn.bias_u", {config.heads, config.head_dim()}, 0);
        made.add_values(layer + "self_attn.bias_v", {config.heads, config.head_dim()}, 0);
        linear("conv.pointwise_conv1", 2 * dim, dim);
        linear("conv.pointwise_conv2", dim, dim);
        made.add_values(layer + "conv.depthwise_conv.weight", {dim, 1, config.conv_taps}, 0.1f);
        for (const auto& [name, value] :
             {std::pair{"weight", 1.0f},
              {"bias", 0.0f},
              {"running_mean", 0.0f},
              {"running_var", 1.0f}})
            made.add_values(layer + "conv.norm." + name, {dim}, value);
    }
    made.add_values(config.projector_norm + ".weight", {dim}, 1);
    made.add_matrix(config.projector1 + ".weight", plain, config.projector_dim, dim);
    made.add_matrix(config.projector2 + ".weight", plain, config.out_dim, config.projector_dim);
    return made;
}

} // namespace engine::tools

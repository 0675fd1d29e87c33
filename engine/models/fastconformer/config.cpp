#include "engine/models/fastconformer/config.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/types.h"

#include <array>
#include <optional>

namespace engine::fastconformer {
namespace {

using formats::damaged;
using formats::TensorTable;
using nlohmann::json;

constexpr int kMostTaps = 63; // of the depthwise convolution op, odd

/// Names of an omni checkpoint: as published, and as transformers saves it again.
struct Names {
    const char *encoder, *norm, *linear1, *linear2;
};
constexpr std::array kNames = {
    Names{
        "sound_encoder.encoder.",
        "sound_projection.norm",
        "sound_projection.linear1",
        "sound_projection.linear2"},
    Names{
        "audio_tower.",
        "embed_audio.layer_norm",
        "embed_audio.linear_1",
        "embed_audio.linear_2"}};

const Names* names_of(const TensorTable& tensors)
{
    for (const Names& names : kNames)
        if (tensors.find(std::string(names.encoder) + "subsampling.linear.weight") != nullptr)
            return &names;
    return nullptr;
}

const json* member(const json& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys)
        if (object.is_object() && object.contains(key) && !object[key].is_null())
            return &object[key];
    return nullptr;
}

/// Reads sizes from the shapes of tensors and remembers the first mistake.
class Shapes {
public:
    explicit Shapes(const TensorTable& tensors) : tensors_(tensors) {}
    int size(const std::string& name, int rank, int which)
    {
        constexpr std::int64_t kLargest = 1 << 20;
        const formats::StoredTensor* tensor = tensors_.find(name);
        if (tensor == nullptr) {
            wrong("tensor " + formats::in_quotes(name) + " is missing.");
            return 1;
        }
        const auto shape = tensor->shape();
        const auto at = static_cast<std::size_t>(which);
        if (static_cast<int>(shape.size()) != rank || shape[at] < 1 || shape[at] > kLargest) {
            wrong(
                "tensor " + formats::in_quotes(name) + " has the shape " +
                formats::shape_words(shape) + ", expected " + std::to_string(rank) +
                " dimensions.");
            return 1;
        }
        return static_cast<int>(shape[at]);
    }
    const std::optional<Error>& mistake() const { return mistake_; }

private:
    void wrong(const std::string& what)
    {
        if (!mistake_) mistake_ = damaged(tensors_.file_name(), what).value();
    }
    const TensorTable& tensors_;
    std::optional<Error> mistake_;
};

/// What the file says where it says something, and what this engine computes.
Result<void> check_words(const json& sound, std::string_view file)
{
    const auto unlike = [&](const char* key, const json& expected) {
        return sound.contains(key) && !sound[key].is_null() && sound[key] != expected;
    };
    const std::array<std::pair<const char*, json>, 6> known = {{
        {"sampling_rate", kSampleRateHz},
        {"subsampling_factor", 8},
        {"subsampling_conv_kernel_size", 3},
        {"subsampling_conv_stride", 2},
        {"scale_input", false},
        {"hidden_act", "silu"},
    }};
    for (const auto& [key, expected] : known)
        if (unlike(key, expected))
            return fail(
                ErrorCode::ModelUnsupported,
                std::string(file) + " describes a sound tower whose " + formats::in_quotes(key) +
                    " is not " + expected.dump() + ", which this engine does not compute.",
                "Choose another model.");
    return {};
}

Result<void> check_size(const json& sound, const char* key, int found, std::string_view file)
{
    if (!sound.contains(key) || sound[key].is_null() || sound[key] == found) return {};
    return damaged(
        file,
        formats::in_quotes(key) + " of the sound tower is not " + std::to_string(found) +
            ", as the tensors have it.");
}

Result<void> check_sizes(const json& sound, const Config& config, std::string_view file)
{
    const std::array<std::pair<const char*, int>, 6> sizes = {{
        {"hidden_size", config.dim},
        {"num_hidden_layers", config.layers},
        {"num_attention_heads", config.heads},
        {"intermediate_size", config.ff_dim},
        {"conv_kernel_size", config.conv_taps},
        {"subsampling_conv_channels", config.channels},
    }};
    for (const auto& [key, found] : sizes)
        if (auto agrees = check_size(sound, key, found, file); !agrees) return agrees;
    return {};
}

} // namespace

bool has_sound_tower(const TensorTable& tensors)
{
    return names_of(tensors) != nullptr;
}

Result<Config> read_encoder_config(
    const json& sound,
    const TensorTable& tensors,
    std::string encoder,
    std::string_view file)
{
    if (!sound.is_object()) return damaged(file, "describes no sound tower.");
    if (auto known = check_words(sound, file); !known) return tl::unexpected(known.error());

    Config result;
    result.encoder = std::move(encoder);
    const std::string layer = result.encoder + "layers.0.";
    const std::string subsampling = result.encoder + "subsampling.";
    Shapes shapes(tensors);
    result.dim = shapes.size(subsampling + "linear.weight", 2, 0);
    result.channels = shapes.size(subsampling + "layers.0.weight", 4, 0);
    result.heads = shapes.size(layer + "self_attn.bias_u", 2, 0);
    result.ff_dim = shapes.size(layer + "feed_forward1.linear1.weight", 2, 0);
    result.conv_taps = shapes.size(layer + "conv.depthwise_conv.weight", 3, 2);
    const int flat = shapes.size(subsampling + "linear.weight", 2, 1);
    if (shapes.mistake()) return tl::unexpected(*shapes.mistake());
    while (tensors.find(
        result.encoder + "layers." + std::to_string(result.layers) + ".norm_out.weight"))
        ++result.layers;

    const auto bins = sound.contains("num_mel_bins")
                          ? formats::json_integer(sound, file, "num_mel_bins", 1, 4096)
                          : Result<std::int64_t>(128);
    if (!bins) return tl::unexpected(bins.error());
    result.mel_bins = static_cast<int>(*bins);
    if (std::int64_t{result.channels} * encoder_rows(result.mel_bins) != flat)
        return damaged(
            tensors.file_name(),
            "tensor " + formats::in_quotes(subsampling + "linear.weight") + " has " +
                std::to_string(flat) + " columns, which are not " +
                std::to_string(result.channels) + " channels of " +
                std::to_string(result.mel_bins) + " mel bins.");
    if (result.dim % result.heads != 0)
        return damaged(
            tensors.file_name(),
            std::to_string(result.heads) + " heads do not divide a sound tower of width " +
                std::to_string(result.dim) + ".");
    if (result.dim % 2 != 0 || result.conv_taps % 2 == 0 || result.conv_taps > kMostTaps)
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(file) + " describes a sound tower of width " + std::to_string(result.dim) +
                " with " + std::to_string(result.conv_taps) +
                " taps, which this engine does not compute.",
            "Choose another model.");
    if (auto agree = check_sizes(sound, result, file); !agree) return tl::unexpected(agree.error());
    return result;
}

Result<Config>
read_config(const json& config, const TensorTable& tensors, int out_dim, std::string_view file)
{
    const json* sound = member(config, {"sound_config", "audio_config"});
    if (sound == nullptr || !sound->is_object())
        return damaged(file, "has no \"sound_config\" for the sound tower of its tensors.");
    const Names* names = names_of(tensors);
    if (names == nullptr) return damaged(tensors.file_name(), "has no sound tower.");
    auto result = read_encoder_config(*sound, tensors, names->encoder, file);
    if (!result) return result;
    result->projector_norm = names->norm;
    result->projector1 = names->linear1;
    result->projector2 = names->linear2;
    result->out_dim = out_dim;
    Shapes shapes(tensors);
    result->projector_dim = shapes.size(result->projector1 + ".weight", 2, 0);
    if (shapes.mistake()) return tl::unexpected(*shapes.mistake());
    if (auto agree = check_size(*sound, "projection_hidden_size", result->projector_dim, file);
        !agree)
        return tl::unexpected(agree.error());
    return result;
}

} // namespace engine::fastconformer

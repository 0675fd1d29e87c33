#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace engine::fastconformer {

/// The sizes of one FastConformer encoder, and of the projector behind it where it is the sound
/// tower of an omni model. Audio spec 1.3, 2.
struct Config {
    std::string encoder; // what the names of its tensors begin with
    int mel_bins = 0;
    int channels = 0; // of the subsampling
    int layers = 0;
    int dim = 0;
    int heads = 0;     // divides dim
    int ff_dim = 0;    // of the feed-forwards
    int conv_taps = 0; // odd
    float norm_eps = 1e-5f;

    std::string projector_norm, projector1, projector2; // names without ".weight"
    int projector_dim = 0;
    int out_dim = 0; // width of the language model
    float projector_eps = 1e-5f;

    int head_dim() const { return dim / heads; }
};

/// Frames, or bins, that one of the three convolutions leaves: kernel 3, stride 2, padding 1.
constexpr int halved(int size)
{
    return (size - 1) / 2 + 1;
}
/// Encoder rows for so many mel frames: one for every eight, begun ones too.
constexpr int encoder_rows(int frames)
{
    return halved(halved(halved(frames)));
}

/// Whether an omni checkpoint has a sound tower, under the published names or those that
/// transformers writes.
bool has_sound_tower(const formats::TensorTable& tensors);

/// An encoder alone: `sound` is its part of the config.json, `encoder` what the names of its
/// tensors begin with. Sizes come from the shapes of the tensors; what the file says of them must
/// agree. Errors: BadModelFile, ModelUnsupported.
Result<Config> read_encoder_config(
    const nlohmann::json& sound,
    const formats::TensorTable& tensors,
    std::string encoder,
    std::string_view file);

/// The tower of an omni checkpoint, projector included; `config` is its whole config.json.
Result<Config> read_config(
    const nlohmann::json& config,
    const formats::TensorTable& tensors,
    int out_dim,
    std::string_view file);

} // namespace engine::fastconformer

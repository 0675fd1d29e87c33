#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/image/patches.h"
#include "engine/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace engine::radio {

/// The sizes of one C-RADIO vision tower with its projector. What the published config only names
/// (vit_huge_patch16_224) comes from the shapes of the tensors. Vision spec 1.1, 2.
struct Config {
    int layers = 0;
    int dim = 0;
    int heads = 0; // divides dim
    int mlp_dim = 0;
    int patch_px = 16;
    int frames = 2;     // of a tubelet
    int prefix = 0;     // learned rows before the patches
    int table_side = 0; // of the square of learned positions
    int projector_dim = 0;
    int out_dim = 0; // width of the language model
    float norm_eps = 1e-6f;
    float projector_eps = 1e-5f;
    image::PatchBudget budget;
    int video_patches = 1024;
    image::Normalisation normalisation;

    int head_dim() const { return dim / heads; }
    int patch_dim() const { return 3 * patch_px * patch_px; }
};

inline constexpr std::string_view kTower = "vision_model.radio_model.model.";

/// `config` is the whole config.json of an omni model. Errors: BadModelFile, ModelUnsupported.
Result<Config> read_config(
    const nlohmann::json& config,
    const formats::TensorTable& tensors,
    int out_dim,
    std::string_view file);

} // namespace engine::radio

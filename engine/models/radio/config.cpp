#include "engine/models/radio/config.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <cmath>
#include <map>

namespace engine::radio {
namespace {

using formats::damaged;
using formats::TensorTable;
using nlohmann::json;

/// Heads of towers whose config has their name alone.
const std::map<std::string, int, std::less<>> kHeadsOfNamed = {
    {"vit_base_patch16_224", 12},
    {"vit_large_patch16_224", 16},
    {"vit_huge_patch16_224", 16}};

const json& member(const json& object, const char* key)
{
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

/// The first of `places` that has an integer at `key`, within bounds.
Result<int> integer_of(
    std::initializer_list<const json*> places,
    const char* key,
    int low,
    int high,
    int otherwise,
    std::string_view file)
{
    for (const json* place : places) {
        if (member(*place, key).is_null()) continue;
        const auto value = formats::json_integer(*place, file, key, low, high);
        if (!value) return tl::unexpected(value.error());
        return static_cast<int>(*value);
    }
    return otherwise;
}

/// Dimension `which` of a tensor of `rank` dimensions, within bounds.
Result<int> size_of(const TensorTable& tensors, const std::string& name, int rank, int which)
{
    constexpr std::int64_t kLargest = 1 << 20;
    const formats::StoredTensor* tensor = tensors.find(name);
    if (tensor == nullptr)
        return damaged(tensors.file_name(), "tensor " + formats::in_quotes(name) + " is missing.");
    const auto shape = tensor->shape();
    const auto at = static_cast<std::size_t>(which);
    if (static_cast<int>(shape.size()) != rank || shape[at] < 1 || shape[at] > kLargest)
        return damaged(
            tensors.file_name(),
            "tensor " + formats::in_quotes(name) + " has the shape " + formats::shape_words(shape) +
                ", expected " + std::to_string(rank) + " dimensions.");
    return static_cast<int>(shape[at]);
}

Result<image::Normalisation> read_normalisation(const json& config, std::string_view file)
{
    image::Normalisation result;
    for (auto [key, values] :
         {std::pair{"norm_mean", &result.mean}, std::pair{"norm_std", &result.deviation}}) {
        const json& list = member(config, key);
        if (list.is_null()) continue;
        const bool whole = list.is_array() && list.size() == 3 &&
                           std::all_of(list.begin(), list.end(), [](const json& v) {
                               return v.is_number() && std::abs(v.get<double>()) < 1e3;
                           });
        if (!whole) return damaged(file, formats::in_quotes(key) + " must be three numbers.");
        for (std::size_t i = 0; i < 3; ++i) (*values)[i] = list[i].get<float>();
    }
    for (const float deviation : result.deviation)
        if (!(deviation > 0.0f)) return damaged(file, "\"norm_std\" must be above 0.");
    return result;
}

} // namespace

Result<Config>
read_config(const json& config, const TensorTable& tensors, int out_dim, std::string_view file)
{
    const json& vision = member(config, "vision_config");
    if (!vision.is_object()) return damaged(file, "has no \"vision_config\".");
    const json& args = member(vision, "args");
    const std::string tower(kTower);
    const std::string patches = tower + "patch_generator.";

    Config result;
    result.out_dim = out_dim;
    std::optional<Error> mistake;
    const auto take = [&](int& to, const Result<int>& value) {
        if (value) {
            to = *value;
        } else if (!mistake) {
            mistake = value.error();
        }
    };
    take(result.dim, size_of(tensors, patches + "embedder.weight", 2, 0));
    take(result.prefix, size_of(tensors, patches + "cls_token.token", 2, 0));
    take(result.mlp_dim, size_of(tensors, tower + "blocks.0.mlp.fc1.weight", 2, 0));
    take(result.projector_dim, size_of(tensors, "mlp1.1.weight", 2, 0));
    int positions = 0;
    take(positions, size_of(tensors, patches + "pos_embed", 3, 1));
    take(result.patch_px, integer_of({&vision, &config}, "patch_size", 1, 64, 16, file));
    take(
        result.frames,
        integer_of({&vision, &config}, "video_temporal_patch_size", 1, 16, 2, file));
    take(
        result.budget.fewest,
        integer_of({&args, &vision}, "min_num_patches", 4, 1 << 20, 1024, file));
    take(
        result.budget.most,
        integer_of({&args, &vision}, "max_num_patches", 4, 1 << 20, 13312, file));
    take(
        result.video_patches,
        integer_of({&vision}, "video_target_num_patches", 4, 1 << 20, 1024, file));
    const json& name = member(args, "model");
    const auto known = kHeadsOfNamed.find(name.is_string() ? name.get<std::string>() : "");
    take(
        result.heads,
        integer_of(
            {&vision},
            "num_attention_heads",
            1,
            1024,
            known == kHeadsOfNamed.end() ? 0 : known->second,
            file));
    if (mistake) return tl::unexpected(*mistake);
    auto normalisation = read_normalisation(config, file);
    if (!normalisation) return tl::unexpected(normalisation.error());
    result.normalisation = *normalisation;

    if (result.heads == 0)
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(file) + " does not say how many heads its vision tower has.",
            "Choose another model.");
    if (result.dim % result.heads != 0)
        return damaged(
            file,
            std::to_string(result.heads) + " heads do not divide a width of " +
                std::to_string(result.dim) + ".");
    while ((result.table_side + 1) * (result.table_side + 1) <= positions) ++result.table_side;
    if (result.table_side * result.table_side != positions)
        return damaged(
            tensors.file_name(),
            "tensor \"" + patches + "pos_embed\" has " + std::to_string(positions) +
                " positions, which are no square.");
    while (tensors.find(tower + "blocks." + std::to_string(result.layers) + ".norm1.weight"))
        ++result.layers;
    if (member(config, "downsample_ratio").is_number() && config["downsample_ratio"] != 0.5)
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(file) + " joins other than 2 x 2 patches.",
            "Choose another model.");
    return result;
}

} // namespace engine::radio

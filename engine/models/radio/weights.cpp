#include "engine/models/radio/weights.h"

#include <optional>

namespace engine::radio {
namespace {

/// Loads one tensor after another and remembers the first mistake.
class Loader {
public:
    Loader(kernels::Backend& backend, const formats::TensorTable& tensors, kernels::Compute compute)
        : backend_(backend), tensors_(tensors), compute_(compute)
    {
    }
    Linear linear(const std::string& name, int rows, int cols, bool bias)
    {
        Linear result;
        if (const auto weight = keep(tensors_.matrix(name + ".weight", rows, cols)))
            result.weight = backend_.use_in_place(*weight, compute_);
        if (bias) result.bias = values(name + ".bias", rows);
        return result;
    }
    std::vector<float> values(const std::string& name, std::int64_t count)
    {
        auto read = keep(tensors_.values(name, count));
        return read ? std::move(*read) : std::vector<float>();
    }
    LayerNorm norm(const std::string& name, int dim)
    {
        return {values(name + ".weight", dim), values(name + ".bias", dim)};
    }
    const std::optional<Error>& mistake() const { return mistake_; }

private:
    template <typename T>
    std::optional<T> keep(Result<T> result)
    {
        if (result) return std::move(*result);
        if (!mistake_) mistake_ = result.error();
        return std::nullopt;
    }
    kernels::Backend& backend_;
    const formats::TensorTable& tensors_;
    kernels::Compute compute_;
    std::optional<Error> mistake_;
};

} // namespace

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute)
{
    Loader load(backend, tensors, compute);
    const std::string tower(kTower), patches = tower + "patch_generator.";
    const int dim = config.dim;
    Weights weights;
    weights.compute = compute;
    weights.picture_embedder = load.linear(patches + "embedder", dim, config.patch_dim(), false);
    weights.video_embedder =
        load.linear(patches + "video_embedder", dim, config.frames * config.patch_dim(), false);
    weights.prefix = load.values(patches + "cls_token.token", std::int64_t{config.prefix} * dim);
    weights.positions = load.values(
        patches + "pos_embed",
        std::int64_t{config.table_side} * config.table_side * dim);
    for (int i = 0; i < config.layers && !load.mistake(); ++i) {
        const std::string block = tower + "blocks." + std::to_string(i) + ".";
        BlockWeights w;
        w.norm1 = load.norm(block + "norm1", dim);
        w.qkv = load.linear(block + "attn.qkv", 3 * dim, dim, true);
        w.proj = load.linear(block + "attn.proj", dim, dim, true);
        w.norm2 = load.norm(block + "norm2", dim);
        w.fc1 = load.linear(block + "mlp.fc1", config.mlp_dim, dim, true);
        w.fc2 = load.linear(block + "mlp.fc2", dim, config.mlp_dim, true);
        weights.blocks.push_back(std::move(w));
    }
    weights.projector_norm = load.values("mlp1.0.weight", 4 * dim);
    weights.projector1 = load.linear("mlp1.1", config.projector_dim, 4 * dim, false);
    weights.projector2 = load.linear("mlp1.3", config.out_dim, config.projector_dim, false);
    if (load.mistake()) return tl::unexpected(*load.mistake());
    return weights;
}

} // namespace engine::radio

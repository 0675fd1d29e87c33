#include "engine/models/minilm/weights.h"

#include <optional>
#include <string>

namespace engine::minilm {

namespace {

/// Loads one tensor after another and remembers the first mistake.
class Loader {
public:
    Loader(
        kernels::Backend& backend,
        const formats::SafetensorsFile& file,
        kernels::Compute compute)
        : backend_(backend), file_(file), compute_(compute)
    {
    }
    LoadedMatrix matrix(const std::string& name, int rows, int cols)
    {
        const auto weight = keep(file_.tensors().matrix(name, rows, cols));
        if (!weight) return nullptr;
        auto loaded = backend_.load_weight(*weight, compute_);
        // Repacked pages are not needed again; keeping them would count the model twice.
        if (!loaded->refers_to_source()) file_.file()->release(file_.tensors().find(name)->bytes);
        return loaded;
    }
    LoadedMatrix table(const std::string& name, int rows, int cols)
    {
        const auto weight = keep(file_.tensors().matrix(name, rows, cols));
        return weight ? backend_.use_in_place(*weight) : nullptr;
    }
    std::vector<float> values(const std::string& name, std::int64_t count)
    {
        auto read = keep(file_.tensors().values(name, count));
        return read ? std::move(*read) : std::vector<float>();
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
    const formats::SafetensorsFile& file_;
    kernels::Compute compute_;
    std::optional<Error> mistake_;
};

LayerWeights load_layer(Loader& load, const std::string& prefix, const Config& config)
{
    const int dim = config.dim, inner = config.ffn_dim;
    const std::string attention = prefix + "attention.self.";
    LayerWeights layer;
    layer.wq = load.matrix(attention + "query.weight", dim, dim);
    layer.wk = load.matrix(attention + "key.weight", dim, dim);
    layer.wv = load.matrix(attention + "value.weight", dim, dim);
    layer.wo = load.matrix(prefix + "attention.output.dense.weight", dim, dim);
    layer.up = load.matrix(prefix + "intermediate.dense.weight", inner, dim);
    layer.down = load.matrix(prefix + "output.dense.weight", dim, inner);
    layer.bq = load.values(attention + "query.bias", dim);
    layer.bk = load.values(attention + "key.bias", dim);
    layer.bv = load.values(attention + "value.bias", dim);
    layer.bo = load.values(prefix + "attention.output.dense.bias", dim);
    layer.b_up = load.values(prefix + "intermediate.dense.bias", inner);
    layer.b_down = load.values(prefix + "output.dense.bias", dim);
    layer.attention_gamma = load.values(prefix + "attention.output.LayerNorm.weight", dim);
    layer.attention_beta = load.values(prefix + "attention.output.LayerNorm.bias", dim);
    layer.output_gamma = load.values(prefix + "output.LayerNorm.weight", dim);
    layer.output_beta = load.values(prefix + "output.LayerNorm.bias", dim);
    return layer;
}

/// Every token of a lone text has type 0, so its vector joins the positions once.
kernels::Buffer
join_places(std::span<const float> positions, std::span<const float> types, const Config& config)
{
    kernels::Buffer places(kernels::DType::F32, config.positions, config.dim);
    const auto dim = static_cast<std::size_t>(config.dim);
    for (int p = 0; p < config.positions; ++p) {
        const auto row = places.view().row<float>(p);
        const auto from = positions.subspan(static_cast<std::size_t>(p) * dim, dim);
        for (std::size_t c = 0; c < dim; ++c) row[c] = from[c] + types[c];
    }
    return places;
}

} // namespace

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::SafetensorsFile& file,
    const Config& config,
    kernels::Compute compute)
{
    Loader load(backend, file, compute);
    Weights weights;
    weights.words = load.table("embeddings.word_embeddings.weight", config.vocab_size, config.dim);
    const auto positions = load.values(
        "embeddings.position_embeddings.weight",
        std::int64_t{config.positions} * config.dim);
    const formats::StoredTensor* types =
        file.tensors().find("embeddings.token_type_embeddings.weight");
    const std::int64_t type_count = types != nullptr ? types->element_count() : config.dim;
    const auto type_values = load.values("embeddings.token_type_embeddings.weight", type_count);
    weights.gamma = load.values("embeddings.LayerNorm.weight", config.dim);
    weights.beta = load.values("embeddings.LayerNorm.bias", config.dim);
    for (int i = 0; i < config.layers; ++i)
        weights.layers.push_back(
            load_layer(load, "encoder.layer." + std::to_string(i) + ".", config));
    if (load.mistake()) return tl::unexpected(*load.mistake());
    if (type_values.size() < static_cast<std::size_t>(config.dim))
        return fail(
            ErrorCode::BadModelFile,
            file.tensors().file_name() + ": embeddings.token_type_embeddings.weight is too short.",
            "Fetch the model again.");

    weights.places = join_places(positions, type_values, config);
    weights.positions = backend.use_in_place(
        {weights.places.view().data, kernels::WeightFormat::F32, config.positions, config.dim});
    return weights;
}

} // namespace engine::minilm

#include "engine/models/llama/weights.h"

#include <optional>
#include <string>

namespace engine::llama {
namespace {

/// Loads one tensor after another and remembers the first mistake.
class Loader {
public:
    Loader(kernels::Backend& backend, const formats::GgufFile& file, kernels::Compute compute)
        : backend_(backend), file_(file), compute_(compute)
    {
    }

    std::unique_ptr<kernels::LoadedWeight> matrix(const std::string& name, int rows, int cols)
    {
        const auto weight = find(name, rows, cols);
        if (!weight) return nullptr;
        auto loaded = backend_.load_weight(*weight, compute_);
        // Repacked pages are not needed again; keeping them would count the model twice.
        if (!loaded->refers_to_source()) file_.file()->release(bytes_of(*weight));
        return loaded;
    }
    /// For looking rows up, not for products.
    std::unique_ptr<kernels::LoadedWeight> table(const std::string& name, int rows, int cols)
    {
        const auto weight = find(name, rows, cols);
        return weight ? backend_.use_in_place(*weight) : nullptr;
    }
    std::vector<float> vector(const std::string& name, int count)
    {
        if (mistake_) return {};
        auto values = file_.tensors().values(name, count);
        if (values) return std::move(*values);
        mistake_ = values.error();
        return {};
    }
    /// Biases change the result and would go unnoticed.
    void refuse(const std::string& name)
    {
        if (!mistake_ && file_.tensors().find(name) != nullptr)
            mistake_ = Error{
                ErrorCode::ModelUnsupported,
                file_.tensors().file_name() + " has a tensor " + name +
                    ", which this engine does not compute.",
                "Choose another model."};
    }
    const std::optional<Error>& mistake() const { return mistake_; }

private:
    std::optional<kernels::Weight> find(const std::string& name, int rows, int cols)
    {
        if (mistake_) return std::nullopt;
        const auto weight = file_.tensors().matrix(name, rows, cols);
        if (weight) return *weight;
        mistake_ = weight.error();
        return std::nullopt;
    }
    static std::span<const std::byte> bytes_of(const kernels::Weight& weight)
    {
        const auto rows = static_cast<std::size_t>(weight.rows),
                   cols = static_cast<std::size_t>(weight.cols);
        return {weight.data, rows * kernels::row_bytes(weight.format, cols)};
    }

    kernels::Backend& backend_;
    const formats::GgufFile& file_;
    kernels::Compute compute_;
    std::optional<Error> mistake_;
};

} // namespace

std::size_t Weights::size_bytes() const
{
    std::size_t sum = embedding->size_bytes() + (output ? output->size_bytes() : 0);
    sum += output_norm.size() * sizeof(float);
    for (const LayerWeights& layer : layers) {
        for (const auto* weight :
             {&layer.wq, &layer.wk, &layer.wv, &layer.wo, &layer.gate, &layer.up, &layer.down})
            sum += (*weight)->size_bytes();
        sum += (layer.attention_norm.size() + layer.ffn_norm.size()) * sizeof(float);
    }
    return sum;
}

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::GgufFile& file,
    const Config& config,
    kernels::Compute compute)
{
    Loader loader(backend, file, compute);
    const int dim = config.dim, kv_dim = config.kv_dim(), ffn_dim = config.ffn_dim;
    Weights weights;
    weights.output_norm = loader.vector("output_norm.weight", dim);
    if (file.tensors().find("output.weight") != nullptr) {
        weights.embedding = loader.table("token_embd.weight", config.vocab_size, dim);
        weights.output = loader.matrix("output.weight", config.vocab_size, dim);
    } else {
        weights.embedding = loader.matrix("token_embd.weight", config.vocab_size, dim);
    }
    for (int i = 0; i < config.layers && !loader.mistake(); ++i) {
        const std::string block = "blk." + std::to_string(i) + ".";
        LayerWeights layer;
        layer.attention_norm = loader.vector(block + "attn_norm.weight", dim);
        layer.wq = loader.matrix(block + "attn_q.weight", dim, dim);
        layer.wk = loader.matrix(block + "attn_k.weight", kv_dim, dim);
        layer.wv = loader.matrix(block + "attn_v.weight", kv_dim, dim);
        layer.wo = loader.matrix(block + "attn_output.weight", dim, dim);
        layer.ffn_norm = loader.vector(block + "ffn_norm.weight", dim);
        layer.gate = loader.matrix(block + "ffn_gate.weight", ffn_dim, dim);
        layer.up = loader.matrix(block + "ffn_up.weight", ffn_dim, dim);
        layer.down = loader.matrix(block + "ffn_down.weight", dim, ffn_dim);
        for (const char* bias : {"attn_q.bias", "attn_k.bias", "attn_v.bias", "attn_output.bias"})
            loader.refuse(block + bias);
        weights.layers.push_back(std::move(layer));
    }
    if (loader.mistake()) return tl::unexpected(*loader.mistake());
    return weights;
}

} // namespace engine::llama

#include "engine/models/llama/weights.h"

#include "engine/formats/wording.h"

#include <cmath>
#include <optional>
#include <set>
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
        // Whoever keeps four bytes a weight wants every bit of them.
        const bool whole = weight->format == kernels::WeightFormat::F32;
        auto loaded = backend_.load_weight(*weight, whole ? kernels::Compute::Exact : compute_);
        // Repacked pages are not needed again; keeping them would count the model twice.
        if (!loaded->refers_to_source()) file_.file()->release(bytes_of(*weight));
        return loaded;
    }
    /// For looking rows up, not for products.
    std::unique_ptr<kernels::LoadedWeight>
    table(const std::string& name, int rows, int cols, float scale)
    {
        auto weight = find(name, rows, cols);
        if (!weight) return nullptr;
        weight->scale = scale;
        return backend_.use_in_place(*weight);
    }
    std::vector<float> vector(const std::string& name, int count)
    {
        if (mistake_) return {};
        used_.insert(name);
        auto values = file_.tensors().values(name, count);
        if (values) return std::move(*values);
        mistake_ = values.error();
        return {};
    }
    bool has(const std::string& name) const { return file_.tensors().find(name) != nullptr; }
    /// What is left changes the result and would go unnoticed.
    void refuse_the_rest()
    {
        for (const auto& [name, tensor] : file_.tensors().all()) {
            if (mistake_) return;
            if (used_.contains(name)) continue;
            mistake_ = Error{
                ErrorCode::ModelUnsupported,
                file_.tensors().file_name() + " has a tensor " + name +
                    ", which this engine does not compute.",
                "Choose another model."};
        }
    }
    const std::optional<Error>& mistake() const { return mistake_; }

private:
    std::optional<kernels::Weight> find(const std::string& name, int rows, int cols)
    {
        if (mistake_) return std::nullopt;
        used_.insert(name);
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
    std::set<std::string, std::less<>> used_;
    std::optional<Error> mistake_;
};

void load_attention(
    Loader& loader,
    LayerWeights& layer,
    const std::string& block,
    const Config& config)
{
    const int dim = config.dim, q_dim = config.q_dim(), kv_dim = config.kv_dim();
    layer.attention_norm = loader.vector(block + "attn_norm.weight", dim);
    layer.wq = loader.matrix(block + "attn_q.weight", q_dim, dim);
    layer.wk = loader.matrix(block + "attn_k.weight", kv_dim, dim);
    layer.wv = loader.matrix(block + "attn_v.weight", kv_dim, dim);
    if (config.architecture.biases) {
        layer.bq = loader.vector(block + "attn_q.bias", q_dim);
        layer.bk = loader.vector(block + "attn_k.bias", kv_dim);
        layer.bv = loader.vector(block + "attn_v.bias", kv_dim);
    }
    if (config.architecture.head_norms) {
        layer.q_norm = loader.vector(block + "attn_q_norm.weight", config.head_dim);
        layer.k_norm = loader.vector(block + "attn_k_norm.weight", config.head_dim);
    }
    layer.wo = loader.matrix(block + "attn_output.weight", dim, q_dim);
    if (config.architecture.closing_norms)
        layer.attention_closing_norm = loader.vector(block + "post_attention_norm.weight", dim);
}

void load_ffn(Loader& loader, LayerWeights& layer, const std::string& block, const Config& config)
{
    const int dim = config.dim, ffn_dim = config.ffn_dim;
    layer.ffn_norm = loader.vector(block + "ffn_norm.weight", dim);
    layer.gate = loader.matrix(block + "ffn_gate.weight", ffn_dim, dim);
    layer.up = loader.matrix(block + "ffn_up.weight", ffn_dim, dim);
    layer.down = loader.matrix(block + "ffn_down.weight", dim, ffn_dim);
    if (config.architecture.closing_norms)
        layer.ffn_closing_norm = loader.vector(block + "post_ffw_norm.weight", dim);
}

} // namespace

std::size_t Weights::size_bytes() const
{
    std::size_t sum = embedding->size_bytes() + (output ? output->size_bytes() : 0);
    const auto add = [&](const std::vector<float>& vector) {
        sum += vector.size() * sizeof(float);
    };
    add(output_norm);
    add(rope_factors);
    for (const LayerWeights& layer : layers) {
        for (const auto* weight :
             {&layer.wq, &layer.wk, &layer.wv, &layer.wo, &layer.gate, &layer.up, &layer.down})
            sum += (*weight)->size_bytes();
        for (const auto* vector :
             {&layer.attention_norm,
              &layer.bq,
              &layer.bk,
              &layer.bv,
              &layer.q_norm,
              &layer.k_norm,
              &layer.attention_closing_norm,
              &layer.ffn_norm,
              &layer.ffn_closing_norm})
            add(*vector);
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
    const int dim = config.dim;
    const bool scaled = config.architecture.scaled_embedding;
    const float scale = scaled ? std::sqrt(static_cast<float>(dim)) : 1.0f;
    Weights weights;
    weights.output_norm = loader.vector("output_norm.weight", dim);
    if (loader.has("rope_freqs.weight"))
        weights.rope_factors = loader.vector("rope_freqs.weight", config.head_dim / 2);
    // Where the embedding is the head too, one copy serves both unless it is scaled.
    const char* head = loader.has("output.weight") ? "output.weight" : "token_embd.weight";
    if (loader.has("output.weight") || scaled) {
        weights.embedding = loader.table("token_embd.weight", config.vocab_size, dim, scale);
        weights.output = loader.matrix(head, config.vocab_size, dim);
    } else {
        weights.embedding = loader.matrix(head, config.vocab_size, dim);
    }
    for (int i = 0; i < config.layers && !loader.mistake(); ++i) {
        const std::string block = "blk." + std::to_string(i) + ".";
        LayerWeights layer;
        load_attention(loader, layer, block, config);
        load_ffn(loader, layer, block, config);
        weights.layers.push_back(std::move(layer));
    }
    loader.refuse_the_rest();
    if (loader.mistake()) return tl::unexpected(*loader.mistake());
    for (const float factor : weights.rope_factors)
        if (!(factor > 0.0f))
            return formats::damaged(
                file.tensors().file_name(),
                "rope_freqs.weight holds a factor that is not positive.");
    return weights;
}

} // namespace engine::llama

#include "engine/models/nemotron_h/weights.h"

#include "engine/formats/wording.h"

#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace engine::nemotron_h {
namespace {

using formats::ElementFormat;
using formats::in_quotes;
using formats::TensorTable;
using kernels::WeightFormat;

bool ends_with(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Tensors that stand beside a weight for kernels that round activations, or belong to parts that
/// are not computed (multi-token prediction).
bool is_not_needed(std::string_view name)
{
    for (const std::string_view end : {"_scale", "_scale_2"})
        if (ends_with(name, end)) return true;
    return name.find("mtp.") != std::string_view::npos;
}

/// Whether the tensors of the language model stand behind those of an omni model's towers.
bool within_omni(const TensorTable& tensors)
{
    constexpr std::string_view kPrefix = "language_model.";
    const auto first = tensors.all().lower_bound(kPrefix);
    return first != tensors.all().end() && std::string_view(first->first).starts_with(kPrefix);
}

/// Loads one tensor after another and remembers the first mistake.
class Loader {
public:
    Loader(kernels::Backend& backend, const TensorTable& tensors, kernels::Compute compute)
        : backend_(backend), tensors_(tensors), compute_(compute),
          prefix_(within_omni(tensors) ? "language_model." : "")
    {
    }

    Matrix linear(const std::string& name, int rows, int cols)
    {
        return linear(name, rows, cols, compute_);
    }
    Matrix linear(const std::string& name, int rows, int cols, kernels::Compute compute)
    {
        const std::string full = use(name);
        const formats::StoredTensor* stored = tensors_.find(full);
        if (stored != nullptr && stored->format == ElementFormat::U8)
            return nvfp4(full, rows, cols);
        if (stored != nullptr && stored->format == ElementFormat::F8E4M3)
            return fp8(full, rows, cols);
        const auto weight = keep(tensors_.matrix(full, rows, cols));
        return weight ? backend_.use_in_place(*weight, compute) : nullptr;
    }
    std::vector<float> vector(const std::string& name, std::int64_t count)
    {
        auto values = keep(tensors_.values(use(name), count));
        return values ? std::move(*values) : std::vector<float>();
    }
    /// [channels, 1, taps] as stored, [taps, channels] as the op takes it.
    kernels::Buffer taps(const std::string& name, int channels, int taps)
    {
        kernels::Buffer result = backend_.allocate(kernels::DType::F32, taps, channels);
        const std::string full = use(name);
        if (!keep(tensors_.get(full, {channels, 1, taps}))) return result;
        const auto values = keep(tensors_.values(full, std::int64_t{channels} * taps));
        if (!values) return result;
        for (int j = 0; j < taps; ++j) {
            const auto row = result.view().row<float>(j);
            for (std::size_t c = 0; c < row.size(); ++c)
                row[c] =
                    (*values)[c * static_cast<std::size_t>(taps) + static_cast<std::size_t>(j)];
        }
        return result;
    }
    /// The first of two names that the file has; else the first.
    std::string either(const std::string& name, const std::string& old) const
    {
        return tensors_.find(prefix_ + name) == nullptr && tensors_.find(prefix_ + old) != nullptr
                   ? old
                   : name;
    }
    /// A tensor of the language model that no layer asked for: another model than the config says.
    void refuse_others()
    {
        if (mistake_) return;
        for (const auto& [name, tensor] : tensors_.all()) {
            const std::string_view rest = std::string_view(name);
            if (rest.substr(0, prefix_.size()) != prefix_) continue;
            const std::string_view own = rest.substr(prefix_.size());
            const bool ours = own.substr(0, 9) == "backbone." || own.substr(0, 8) == "lm_head.";
            if (!ours || used_.contains(name) || is_not_needed(name)) continue;
            mistake_ = formats::damaged(
                           tensors_.file_name(),
                           "tensor " + in_quotes(name) +
                               " belongs to no layer that config.json describes.")
                           .value();
            return;
        }
    }
    const std::optional<Error>& mistake() const { return mistake_; }
    int fp8_linears() const { return fp8_linears_; }
    int nvfp4_linears() const { return nvfp4_linears_; }

private:
    std::string use(const std::string& name)
    {
        std::string full = prefix_ + name;
        used_.insert(full);
        return full;
    }
    template <typename T>
    std::optional<T> keep(Result<T> result)
    {
        if (result) return std::move(*result);
        if (!mistake_) mistake_ = result.error();
        return std::nullopt;
    }
    /// The scale of a whole matrix: one value, of shape [] or [1].
    std::optional<float> scale_of(const std::string& name)
    {
        const auto values = keep(tensors_.values(name, 1));
        if (!values) return std::nullopt;
        if (std::isfinite(values->front())) return values->front();
        if (!mistake_)
            mistake_ = formats::damaged(
                           tensors_.file_name(),
                           "the scale " + in_quotes(name) + " is not a number.")
                           .value();
        return std::nullopt;
    }
    Matrix fp8(const std::string& name, int rows, int cols)
    {
        const auto stored = keep(tensors_.get(name, {rows, cols}));
        const auto scale = scale_of(name + "_scale");
        if (!stored || !scale) return nullptr;
        ++fp8_linears_;
        kernels::Weight weight{(*stored)->bytes.data(), WeightFormat::F8E4M3, rows, cols};
        weight.scale = *scale;
        return backend_.use_in_place(weight, compute_);
    }
    Matrix nvfp4(const std::string& name, int rows, int cols)
    {
        if (cols % 16 != 0) {
            keep(tensors_.get(name, {rows, cols})); // says what is there and what was expected
            return nullptr;
        }
        const auto codes = keep(tensors_.get(name, {rows, cols / 2}));
        const auto scales = keep(tensors_.get(name + "_scale", {rows, cols / 16}));
        const auto scale = scale_of(name + "_scale_2");
        if (!codes || !scales || !scale) return nullptr;
        if ((*scales)->format != ElementFormat::F8E4M3) {
            if (!mistake_)
                mistake_ =
                    formats::damaged(
                        tensors_.file_name(),
                        "tensor " + in_quotes(name + "_scale") + " is stored as " +
                            std::string(formats::name((*scales)->format)) + ", expected F8_E4M3.")
                        .value();
            return nullptr;
        }
        ++nvfp4_linears_;
        kernels::Weight weight{(*codes)->bytes.data(), WeightFormat::NVFP4, rows, cols};
        weight.block_scales = (*scales)->bytes.data();
        weight.scale = *scale;
        return backend_.use_in_place(weight, compute_);
    }

    kernels::Backend& backend_;
    const TensorTable& tensors_;
    kernels::Compute compute_;
    std::string prefix_;
    std::set<std::string, std::less<>> used_;
    std::optional<Error> mistake_;
    int fp8_linears_ = 0;
    int nvfp4_linears_ = 0;
};

MambaWeights load_mamba(Loader& load, const std::string& mixer, const Config& config)
{
    MambaWeights w;
    w.in_proj = load.linear(mixer + "in_proj.weight", config.in_proj_dim(), config.dim);
    w.conv = load.taps(mixer + "conv1d.weight", config.conv_dim(), config.mamba_taps);
    w.conv_bias = load.vector(mixer + "conv1d.bias", config.conv_dim());
    w.a_log = load.vector(mixer + "A_log", config.mamba_heads);
    w.d = load.vector(mixer + "D", config.mamba_heads);
    w.dt = load.vector(mixer + "dt_bias", config.mamba_heads);
    w.norm = load.vector(mixer + "norm.weight", config.mamba_dim());
    w.out_proj = load.linear(mixer + "out_proj.weight", config.dim, config.mamba_dim());
    return w;
}

AttentionWeights load_attention(Loader& load, const std::string& mixer, const Config& config)
{
    const int width = config.heads * config.head_dim;
    AttentionWeights w;
    w.wq = load.linear(mixer + "q_proj.weight", width, config.dim);
    w.wk = load.linear(mixer + "k_proj.weight", config.kv_dim(), config.dim);
    w.wv = load.linear(mixer + "v_proj.weight", config.kv_dim(), config.dim);
    w.wo = load.linear(mixer + "o_proj.weight", config.dim, width);
    return w;
}

ExpertsWeights load_experts(Loader& load, const std::string& mixer, const Config& config)
{
    const auto mlp = [&](const std::string& name, int width) {
        ExpertWeights w;
        w.up = load.linear(name + "up_proj.weight", width, config.dim);
        w.down = load.linear(name + "down_proj.weight", config.dim, width);
        return w;
    };
    ExpertsWeights w;
    w.router =
        load.linear(mixer + "gate.weight", config.experts, config.dim, kernels::Compute::Exact);
    w.bias = load.vector(mixer + "gate.e_score_correction_bias", config.experts);
    for (int j = 0; j < config.experts && !load.mistake(); ++j) {
        w.owners.push_back(mlp(mixer + "experts." + std::to_string(j) + ".", config.expert_dim));
        w.experts.push_back({w.owners.back().up.get(), w.owners.back().down.get()});
    }
    w.shared = mlp(mixer + "shared_experts.", config.shared_dim);
    return w;
}

} // namespace

Result<Weights> load_weights(
    kernels::Backend& backend,
    const TensorTable& tensors,
    const Config& config,
    kernels::Compute compute)
{
    Loader load(backend, tensors, compute);
    Weights weights;
    weights.embedding = load.linear(
        load.either("backbone.embeddings.weight", "backbone.embedding.weight"),
        config.vocab_size,
        config.dim);
    for (std::size_t i = 0; i < config.layers.size() && !load.mistake(); ++i) {
        const std::string layer = "backbone.layers." + std::to_string(i) + ".";
        LayerWeights w;
        w.norm = load.vector(layer + "norm.weight", config.dim);
        switch (config.layers[i]) {
        case LayerKind::Mamba:
            w.mixer = load_mamba(load, layer + "mixer.", config);
            break;
        case LayerKind::Attention:
            w.mixer = load_attention(load, layer + "mixer.", config);
            break;
        case LayerKind::Experts:
            w.mixer = load_experts(load, layer + "mixer.", config);
            break;
        }
        weights.layers.push_back(std::move(w));
    }
    weights.final_norm = load.vector("backbone.norm_f.weight", config.dim);
    weights.head = load.linear("lm_head.weight", config.vocab_size, config.dim);
    load.refuse_others();
    if (load.mistake()) return tl::unexpected(*load.mistake());
    weights.fp8_linears = load.fp8_linears();
    weights.nvfp4_linears = load.nvfp4_linears();
    return weights;
}

} // namespace engine::nemotron_h

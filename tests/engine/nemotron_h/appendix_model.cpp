#include "tests/engine/nemotron_h/appendix_model.h"

#include <fstream>
#include <stdexcept>

namespace appendix {
namespace {

float value(std::uint32_t tensor, std::uint32_t element, double scale, double offset)
{
    std::uint32_t x = (element + 1) * 2654435761u + (tensor + 1) * (40503u * 65537u);
    x ^= x >> 16;
    x *= 2246822519u;
    x ^= x >> 13;
    x *= 3266489917u;
    x ^= x >> 16;
    return static_cast<float>(offset + scale * (static_cast<double>(x) / 4294967296.0 - 0.5));
}

} // namespace

std::vector<Tensor> tensors()
{
    std::vector<Tensor> all;
    const auto add = [&](const std::string& name,
                         std::vector<std::int64_t> shape,
                         double scale,
                         double offset = 0.0) {
        std::int64_t count = 1;
        for (const std::int64_t dim : shape) count *= dim;
        Tensor tensor{name, std::move(shape), {}};
        for (std::int64_t i = 0; i < count; ++i)
            tensor.values.push_back(value(
                static_cast<std::uint32_t>(all.size()),
                static_cast<std::uint32_t>(i),
                scale,
                offset));
        all.push_back(std::move(tensor));
    };
    const auto experts = [&](const std::string& layer) {
        add(layer + "norm.weight", {16}, 0.5, 1);
        add(layer + "mixer.gate.weight", {4, 16}, 1);
        add(layer + "mixer.gate.e_score_correction_bias", {4}, 0.2);
        for (int j = 0; j < 4; ++j) {
            const std::string expert = layer + "mixer.experts." + std::to_string(j) + ".";
            add(expert + "up_proj.weight", {12, 16}, 0.6);
            add(expert + "down_proj.weight", {16, 12}, 0.6);
        }
        add(layer + "mixer.shared_experts.up_proj.weight", {20, 16}, 0.6);
        add(layer + "mixer.shared_experts.down_proj.weight", {16, 20}, 0.6);
    };
    add("backbone.embeddings.weight", {32, 16}, 2);
    const std::string mamba = "backbone.layers.0.";
    add(mamba + "norm.weight", {16}, 0.5, 1);
    add(mamba + "mixer.in_proj.weight", {68, 16}, 0.6);
    add(mamba + "mixer.conv1d.weight", {48, 1, 4}, 1);
    add(mamba + "mixer.conv1d.bias", {48}, 0.4);
    add(mamba + "mixer.A_log", {4}, 1, 0.5);
    add(mamba + "mixer.D", {4}, 1, 1);
    add(mamba + "mixer.dt_bias", {4}, 2, -1);
    add(mamba + "mixer.norm.weight", {16}, 0.5, 1);
    add(mamba + "mixer.out_proj.weight", {16, 16}, 0.6);
    experts("backbone.layers.1.");
    const std::string attention = "backbone.layers.2.";
    add(attention + "norm.weight", {16}, 0.5, 1);
    add(attention + "mixer.q_proj.weight", {32, 16}, 0.6);
    add(attention + "mixer.k_proj.weight", {16, 16}, 0.6);
    add(attention + "mixer.v_proj.weight", {16, 16}, 0.6);
    add(attention + "mixer.o_proj.weight", {16, 32}, 0.6);
    experts("backbone.layers.3.");
    add("backbone.norm_f.weight", {16}, 0.5, 1);
    add("lm_head.weight", {32, 16}, 0.6);
    return all;
}

nlohmann::json config()
{
    return {
        {"model_type", "nemotron_h"},
        {"hidden_size", 16},
        {"vocab_size", 32},
        {"num_hidden_layers", 4},
        {"hybrid_override_pattern", "ME*E"},
        {"max_position_embeddings", 1024},
        {"layer_norm_epsilon", 1e-5},
        {"num_attention_heads", 4},
        {"num_key_value_heads", 2},
        {"head_dim", 8},
        {"mamba_num_heads", 4},
        {"mamba_head_dim", 4},
        {"n_groups", 2},
        {"ssm_state_size", 8},
        {"conv_kernel", 4},
        {"n_routed_experts", 4},
        {"num_experts_per_tok", 2},
        {"moe_intermediate_size", 12},
        {"moe_shared_expert_intermediate_size", 20},
        {"norm_topk_prob", true},
        {"routed_scaling_factor", 2.5},
        {"n_group", 1},
        {"topk_group", 1},
        {"n_shared_experts", 1},
        {"mlp_hidden_act", "relu2"}};
}

void write(
    const std::filesystem::path& folder,
    const std::vector<Tensor>& tensors,
    const nlohmann::json& config)
{
    std::ofstream(folder / "config.json") << config.dump(2);
    std::vector<engine::formats::TensorToWrite> out;
    out.reserve(tensors.size());
    for (const Tensor& tensor : tensors)
        out.push_back(
            {tensor.name,
             engine::formats::ElementFormat::F32,
             tensor.shape,
             std::as_bytes(std::span(tensor.values))});
    const auto written =
        engine::formats::write_safetensors(folder / "model.safetensors", std::move(out));
    if (!written) throw std::runtime_error(written.error().message);
}

} // namespace appendix

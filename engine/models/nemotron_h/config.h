#pragma once

#include "engine/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine::nemotron_h {

/// What a layer mixes its tokens with, and the letter that stands for it in a pattern.
enum class LayerKind : char { Mamba = 'M', Attention = '*', Experts = 'E' };

/// The sizes of one hybrid Mamba-2 / attention / mixture-of-experts language model, each within
/// bounds that keep every product of two of them in 63 bits. Names and defaults: backbone spec 1.3.
struct Config {
    std::vector<LayerKind> layers;
    int dim = 0;
    int vocab_size = 0;
    int context_length = 0; // positions
    float norm_eps = 0;

    int heads = 0;
    int kv_heads = 0; // divides heads
    int head_dim = 0;

    int mamba_heads = 0;
    int mamba_head_dim = 0;
    int mamba_groups = 0; // divides mamba_heads
    int mamba_state = 0;
    int mamba_taps = 0;

    int experts = 0;
    int experts_per_token = 0;
    int expert_dim = 0;
    int shared_dim = 0; // of the expert that every token takes
    bool normalise_weights = true;
    float weight_scale = 1; // of the chosen experts' weights

    int kv_dim() const { return kv_heads * head_dim; }
    int mamba_dim() const { return mamba_heads * mamba_head_dim; }
    /// Channels that go through the convolution: x, B and C side by side.
    int conv_dim() const { return mamba_dim() + 2 * mamba_groups * mamba_state; }
    /// Rows of in_proj: gate, convolved channels, one step a head.
    int in_proj_dim() const { return mamba_dim() + conv_dim() + mamba_heads; }
    int count(LayerKind kind) const;
    /// "MEM*E"
    std::string pattern() const;
    /// Keys and values of one position in all attention layers.
    std::size_t cache_bytes_per_token(std::size_t element_bytes) const;
    /// What all Mamba layers remember of one sequence, float32.
    std::size_t state_bytes() const;
};

/// Reads and checks the config of the language model: llm_config or text_config of an omni model,
/// or the whole config.json of a text-only one. Old and new key names.
/// `file` is what the sentences call it. Errors: BadModelFile (missing, of another type, out of
/// bounds), ModelUnsupported (what the published models do not have: dense layers, several router
/// groups, biases, sliding windows, ...).
Result<Config> read_config(const nlohmann::json& config, std::string_view file);

} // namespace engine::nemotron_h

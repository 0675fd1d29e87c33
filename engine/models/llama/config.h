#pragma once

#include "engine/formats/gguf.h"
#include "engine/models/llama/architecture.h"
#include "engine/result.h"

#include <cstddef>

namespace engine::llama {

/// The sizes of one model, each within bounds that keep every product of two of them in 63 bits.
struct Config {
    int layers = 0;
    int dim = 0;
    int ffn_dim = 0;
    int heads = 0;
    int kv_heads = 0; // divides heads
    int head_dim = 0; // even; not always dim / heads
    int vocab_size = 0;
    int context_length = 0; // positions
    float norm_eps = 0;
    float rope_base = 0;
    float rope_stretch = 1; // positions are divided by it (linear scaling)
    int window = 0;         // positions that a layer with a window sees, its own included; 0: none
    int window_period = 0;  // every so-many-th layer has no window
    float window_rope_base = 0;
    int scale_dim = 0; // scores are divided by its root; 0: head_dim
    Architecture architecture = {.name = "llama"};

    int q_dim() const { return heads * head_dim; }
    int kv_dim() const { return kv_heads * head_dim; }
    bool has_window(int layer) const { return window > 0 && (layer + 1) % window_period != 0; }
    /// Keys and values of one position in all layers.
    std::size_t cache_bytes_per_token(std::size_t element_bytes) const;
};

/// Reads and checks the metadata, whose keys begin with the name of the architecture.
/// Errors: BadModelFile (missing, of another type, out of bounds), ModelUnsupported (another
/// architecture, positions scaled in another way than evenly, experts, parts of a head rotated,
/// capped scores or logits).
Result<Config> read_config(const formats::GgufFile& file);

} // namespace engine::llama

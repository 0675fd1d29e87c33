#pragma once

#include "engine/formats/gguf.h"
#include "engine/result.h"

#include <cstddef>

namespace engine::llama {

/// The sizes of one llama-architecture model, each within bounds that keep every product of two of
/// them in 63 bits.
struct Config {
    int layers = 0;
    int dim = 0;
    int ffn_dim = 0;
    int heads = 0;
    int kv_heads = 0; // divides heads
    int head_dim = 0; // even; dim / heads
    int vocab_size = 0;
    int context_length = 0; // positions
    float norm_eps = 0;
    float rope_base = 0;

    int kv_dim() const { return kv_heads * head_dim; }
    /// Keys and values of one position in all layers.
    std::size_t cache_bytes_per_token(std::size_t element_bytes) const;
};

/// Reads and checks the `llama.*` metadata.
/// Errors: BadModelFile (missing, of another type, out of bounds), ModelUnsupported (another
/// architecture, scaled rope, experts, parts of a head rotated).
Result<Config> read_config(const formats::GgufFile& file);

} // namespace engine::llama

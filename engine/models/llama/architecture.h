#pragma once

#include "kernels/backend.h"

#include <span>
#include <string_view>

namespace engine::llama {

/// In what the decoders of this family differ. All are pre-norm with rotary positions, grouped
/// queries and a gated network; the code asks for these properties, never for a name.
struct Architecture {
    std::string_view name; // general.architecture; the keys of the file begin with it
    kernels::RopeStyle rope = kernels::RopeStyle::Interleaved;
    bool biases = false;           // of q, k and v
    bool head_norms = false;       // each head of q and k is normalised before it turns
    bool closing_norms = false;    // what a part adds to the residual is normalised first
    bool gelu = false;             // the gate; else silu
    bool scaled_embedding = false; // by the root of the width
    /// Every so-many-th layer sees all positions unless the file has another period; the others
    /// have a window and a rope base of their own. 0: all layers see everything.
    int window_period = 0;
};

/// llama, qwen2, qwen3, gemma3.
std::span<const Architecture> architectures();
/// Null for others.
const Architecture* architecture_named(std::string_view name);

} // namespace engine::llama

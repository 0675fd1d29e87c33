#pragma once

#include "engine/formats/checkpoint.h"
#include "engine/models/nemotron_h/config.h"
#include "engine/result.h"
#include "kernels/backend.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace engine::nemotron_h {

using Matrix = std::unique_ptr<kernels::LoadedWeight>; // [outputs, inputs]

struct MambaWeights {
    Matrix in_proj;                  // [in_proj_dim, dim]: gate, x, B, C, steps
    kernels::Buffer conv;            // [taps, conv_dim]
    std::vector<float> conv_bias;    // [conv_dim]
    std::vector<float> a_log, d, dt; // [mamba_heads]; dt is the bias of the step
    std::vector<float> norm;         // [mamba_dim]
    Matrix out_proj;                 // [dim, mamba_dim]
};

struct AttentionWeights {
    Matrix wq;     // [heads * head_dim, dim]
    Matrix wk, wv; // [kv_dim, dim]
    Matrix wo;     // [dim, heads * head_dim]
};

struct ExpertWeights {
    Matrix up;   // [width, dim]
    Matrix down; // [dim, width]
};

struct ExpertsWeights {
    Matrix router;           // [experts, dim]
    std::vector<float> bias; // [experts], chooses and does not weigh
    std::vector<ExpertWeights> owners;
    std::vector<kernels::Expert> experts; // views of the owners, as Backend::mix_experts takes them
    ExpertWeights shared;
};

struct LayerWeights {
    std::vector<float> norm; // [dim]
    std::variant<MambaWeights, AttentionWeights, ExpertsWeights> mixer;
};

/// Everything stays where the mapped files have it; only vectors are copied.
struct Weights {
    Matrix embedding; // [vocab, dim]
    std::vector<LayerWeights> layers;
    std::vector<float> final_norm; // [dim]
    Matrix head;                   // [vocab, dim]
    int fp8_linears = 0;
    int nvfp4_linears = 0;
};

/// Finds and checks every tensor of the language model; precision is decided linear by linear from
/// the type of its weight and the scales beside it, as backbone spec 2.3 says. Scales of
/// activations and caches (input_scale, k_scale, v_scale) are not used: activations stay float.
/// The router is exact whatever `compute` says: rounded scores choose other experts. On the engine
/// thread. Errors: BadModelFile (missing, of another shape or type, or one that no layer has),
/// ModelUnsupported.
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute = kernels::Compute::Exact);

} // namespace engine::nemotron_h

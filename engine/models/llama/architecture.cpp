#include "engine/models/llama/architecture.h"

#include <array>

namespace engine::llama {
namespace {

using kernels::RopeStyle;

constexpr std::array kArchitectures = {
    // Touvron et al. 2023; Grattafiori et al. 2024.
    Architecture{.name = "llama"},
    // Yang et al. 2024.
    Architecture{.name = "qwen2", .rope = RopeStyle::Halves, .biases = true},
    // Yang et al. 2025.
    Architecture{.name = "qwen3", .rope = RopeStyle::Halves, .head_norms = true},
    // Gemma Team 2025.
    Architecture{
        .name = "gemma3",
        .rope = RopeStyle::Halves,
        .head_norms = true,
        .closing_norms = true,
        .gelu = true,
        .scaled_embedding = true,
        .window_period = 6},
};

} // namespace

std::span<const Architecture> architectures()
{
    return kArchitectures;
}

const Architecture* architecture_named(std::string_view name)
{
    for (const Architecture& architecture : kArchitectures)
        if (architecture.name == name) return &architecture;
    return nullptr;
}

} // namespace engine::llama

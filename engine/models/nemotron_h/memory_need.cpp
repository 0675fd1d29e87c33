#include "engine/models/nemotron_h/memory_need.h"

#include "engine/models/nemotron_h/forward.h"

#include <cstdint>
#include <string_view>

namespace engine::nemotron_h {
namespace {

bool contains(std::string_view name, std::string_view part)
{
    return name.find(part) != std::string_view::npos;
}

} // namespace

MemoryNeed
memory_need(const Config& config, const formats::TensorTable& tensors, std::size_t element_bytes)
{
    MemoryNeed need;
    std::size_t experts = 0;
    for (const auto& [name, tensor] : tensors.all()) {
        const std::size_t bytes = tensor.bytes.size();
        need.weights_bytes += bytes;
        // Towers are read for pictures and sound alone, of the embedding one row.
        const bool language = contains(name, "backbone.") || contains(name, "lm_head.");
        if (!language || contains(name, "backbone.embedding")) continue;
        (contains(name, ".mixer.experts.") ? experts : need.active_bytes) += bytes;
    }
    if (config.experts > 0)
        need.active_bytes += experts / static_cast<std::size_t>(config.experts) *
                             static_cast<std::size_t>(config.experts_per_token);
    need.cache_bytes_per_token = config.cache_bytes_per_token(element_bytes);
    need.state_bytes = config.state_bytes();
    const std::size_t row = static_cast<std::size_t>(
        4 * std::int64_t{config.dim} + config.in_proj_dim() + config.conv_dim() +
        config.mamba_dim() + 2 * std::int64_t{config.heads} * config.head_dim + config.experts +
        2 * std::int64_t{config.experts_per_token} + 2 * std::int64_t{config.shared_dim});
    need.scratch_bytes = (row * static_cast<std::size_t>(kMaxPassTokens) +
                          static_cast<std::size_t>(config.vocab_size)) *
                         sizeof(float);
    return need;
}

} // namespace engine::nemotron_h

#include "engine/models/llama/memory_need.h"

#include "engine/models/llama/forward.h"

#include <cstdint>

namespace engine::llama {

MemoryNeed
memory_need(const Config& config, const formats::TensorTable& tensors, std::size_t element_bytes)
{
    MemoryNeed need;
    for (const auto& [name, tensor] : tensors.all()) need.weights_bytes += tensor.bytes.size();
    need.active_bytes = need.weights_bytes;
    // Of an embedding that is not the head as well one row is read.
    if (tensors.find("output.weight") != nullptr)
        if (const auto* embedding = tensors.find("token_embd.weight"); embedding != nullptr)
            need.active_bytes -= embedding->bytes.size();
    need.cache_bytes_per_token = config.cache_bytes_per_token(element_bytes);
    const std::int64_t row = 3 * std::int64_t{config.dim} + 2 * std::int64_t{config.q_dim()} +
                             2 * std::int64_t{config.kv_dim()} + 2 * std::int64_t{config.ffn_dim};
    need.scratch_bytes =
        static_cast<std::size_t>(row * kMaxPassTokens + config.vocab_size) * sizeof(float);
    return need;
}

} // namespace engine::llama

#include "engine/models/llama/kv_cache.h"

#include "base/expects.h"

#include <algorithm>

namespace engine::llama {

kernels::DType cache_type(kernels::Compute compute)
{
    return compute == kernels::Compute::Exact ? kernels::DType::F32 : kernels::DType::F16;
}

KvCache::KvCache(const Config& config, kernels::DType dtype)
    : store_(config.layers, config.kv_dim(), config.context_length, dtype)
{
}

int KvCache::keep_common_prefix(std::span<const std::int32_t> tokens, int limit)
{
    const auto [ours, theirs] =
        std::mismatch(tokens_.begin(), tokens_.end(), tokens.begin(), tokens.end());
    const int common = std::min(static_cast<int>(ours - tokens_.begin()), limit);
    tokens_.resize(static_cast<std::size_t>(common));
    return common;
}

void KvCache::commit(std::span<const std::int32_t> tokens)
{
    EXPECTS(length() + static_cast<int>(tokens.size()) <= store_.capacity());
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

} // namespace engine::llama

#include "engine/models/llama/kv_cache.h"

#include "base/expects.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace engine::llama {
namespace {

constexpr int kFirstCapacity = 512;

/// The first `rows` rows, in a larger buffer.
kernels::Buffer grown(
    kernels::Backend& backend,
    const kernels::Buffer& old,
    int rows,
    int capacity,
    kernels::DType dtype,
    int cols)
{
    kernels::Buffer larger = backend.allocate(dtype, capacity, cols);
    if (rows > 0)
        std::memcpy(
            larger.view().data,
            old.view().data,
            static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols) * size_bytes(dtype));
    return larger;
}

} // namespace

KvCache::KvCache(const Config& config, kernels::DType dtype)
    : kv_dim_(config.kv_dim()), context_length_(config.context_length), dtype_(dtype),
      layers_(static_cast<std::size_t>(config.layers))
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

void KvCache::reserve(kernels::Backend& backend, int count)
{
    EXPECTS(count <= context_length_);
    if (count <= capacity_) return;
    const int capacity =
        std::min(context_length_, std::max({count, 2 * capacity_, kFirstCapacity}));
    // Layer by layer, so that the peak is one old layer above the new size. Every layer keeps its
    // rows, so a failure on the way leaves a usable cache of the old capacity.
    for (Layer& layer : layers_) {
        kernels::Buffer keys = grown(backend, layer.keys, length(), capacity, dtype_, kv_dim_);
        kernels::Buffer values = grown(backend, layer.values, length(), capacity, dtype_, kv_dim_);
        layer.keys = std::move(keys);
        layer.values = std::move(values);
    }
    capacity_ = capacity;
}

void KvCache::commit(std::span<const std::int32_t> tokens)
{
    EXPECTS(length() + static_cast<int>(tokens.size()) <= capacity_);
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

kernels::Tensor KvCache::keys(int layer, int first, int count) const
{
    return layers_[static_cast<std::size_t>(layer)].keys.rows(first, count);
}

kernels::Tensor KvCache::values(int layer, int first, int count) const
{
    return layers_[static_cast<std::size_t>(layer)].values.rows(first, count);
}

} // namespace engine::llama

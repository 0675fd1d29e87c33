#include "engine/models/llama/kv_cache.h"

#include "base/expects.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace engine::llama {
namespace {

constexpr int kFirstCapacity = 512;

/// `layers` stretches of `capacity` rows, each beginning with the first `rows` of its old one.
kernels::Buffer grown(
    kernels::Backend& backend,
    const kernels::Buffer& old,
    int layers,
    int rows,
    int capacity,
    kernels::DType dtype,
    int cols)
{
    kernels::Buffer larger = backend.allocate(dtype, std::int64_t{layers} * capacity, cols);
    if (rows == 0) return larger;
    const std::int64_t old_capacity = old.view().rows / layers;
    for (std::int64_t layer = 0; layer < layers; ++layer)
        std::memcpy(
            larger.rows(layer * capacity, rows).data,
            old.rows(layer * old_capacity, rows).data,
            static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols) * size_bytes(dtype));
    return larger;
}

} // namespace

kernels::DType cache_type(kernels::Compute compute)
{
    return compute == kernels::Compute::Exact ? kernels::DType::F32 : kernels::DType::F16;
}

KvCache::KvCache(const Config& config, kernels::DType dtype)
    : layers_(config.layers), kv_dim_(config.kv_dim()), context_length_(config.context_length),
      dtype_(dtype)
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
    // Both are made before either is replaced: a failure leaves the cache as it was.
    kernels::Buffer keys = grown(backend, keys_, layers_, length(), capacity, dtype_, kv_dim_);
    kernels::Buffer values = grown(backend, values_, layers_, length(), capacity, dtype_, kv_dim_);
    keys_ = std::move(keys);
    values_ = std::move(values);
    capacity_ = capacity;
}

void KvCache::commit(std::span<const std::int32_t> tokens)
{
    EXPECTS(length() + static_cast<int>(tokens.size()) <= capacity_);
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

kernels::Tensor KvCache::keys(int layer, int first, int count) const
{
    EXPECTS(layer >= 0 && layer < layers_ && first + count <= capacity_);
    return keys_.rows(std::int64_t{layer} * capacity_ + first, count);
}

kernels::Tensor KvCache::values(int layer, int first, int count) const
{
    EXPECTS(layer >= 0 && layer < layers_ && first + count <= capacity_);
    return values_.rows(std::int64_t{layer} * capacity_ + first, count);
}

std::size_t KvCache::bytes_per_token() const
{
    return 2 * static_cast<std::size_t>(layers_) * static_cast<std::size_t>(kv_dim_) *
           size_bytes(dtype_);
}

} // namespace engine::llama

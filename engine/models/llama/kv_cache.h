#pragma once

#include "engine/models/kv_store.h"
#include "engine/models/llama/config.h"
#include "kernels/backend.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::llama {

/// How keys and values are kept: as they are computed, or in 16 bits.
kernels::DType cache_type(kernels::Compute compute);

/// Keys and values of the positions computed so far, and the tokens they belong to. Engine thread
/// only.
class KvCache {
public:
    KvCache(const Config& config, kernels::DType dtype);

    int length() const { return static_cast<int>(tokens_.size()); }
    std::span<const std::int32_t> tokens() const { return tokens_; }

    /// Keeps the first positions whose tokens equal those of `tokens`, but at most `limit`; returns
    /// how many.
    int keep_common_prefix(std::span<const std::int32_t> tokens, int limit);
    /// Makes room for `count` positions in all. Throws std::bad_alloc and then holds what it held.
    void reserve(kernels::Backend& backend, int count) { store_.reserve(backend, count, length()); }
    /// The rows [length, length + count) have been written in every layer and belong to these
    /// tokens.
    void commit(std::span<const std::int32_t> tokens);

    /// Rows [first, first + count) of one layer, [count, kv_dim].
    kernels::Tensor keys(int layer, int first, int count) const
    {
        return store_.keys(layer, first, count);
    }
    kernels::Tensor values(int layer, int first, int count) const
    {
        return store_.values(layer, first, count);
    }
    /// Of one position in all layers.
    std::size_t bytes_per_token() const { return store_.bytes_per_token(); }

private:
    KvStore store_;
    std::vector<std::int32_t> tokens_;
};

} // namespace engine::llama

#pragma once

#include "kernels/backend.h"

namespace engine {

/// Keys and values of one sequence in all attention layers, without knowing which tokens they
/// belong to. Engine thread only.
///
/// Grows by doubling instead of taking the whole context at once: 8,192 positions of SmolLM2 are
/// 189 MB, a question needs a tenth of that. Growing copies what is there, and for that moment
/// both are held.
class KvStore {
public:
    KvStore(int layers, int kv_dim, int context_length, kernels::DType dtype);

    /// Makes room for `count` positions in all and keeps the first `length`. Throws std::bad_alloc
    /// and then holds what it held.
    void reserve(kernels::Backend& backend, int count, int length);
    int capacity() const { return capacity_; }

    /// Rows [first, first + count) of one layer, [count, kv_dim].
    kernels::Tensor keys(int layer, int first, int count) const;
    kernels::Tensor values(int layer, int first, int count) const;
    /// Of one position in all layers.
    std::size_t bytes_per_token() const;

private:
    kernels::Tensor rows(const kernels::Buffer& buffer, int layer, int first, int count) const;

    int layers_;
    int kv_dim_;
    int context_length_;
    kernels::DType dtype_;
    int capacity_ = 0;
    kernels::Buffer keys_, values_; // [layers * capacity, kv_dim]: large enough for large pages
};

} // namespace engine

#include "engine/models/kv_store.h"

#include "base/expects.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace engine {
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

KvStore::KvStore(int layers, int kv_dim, int context_length, kernels::DType dtype)
    : layers_(layers), kv_dim_(kv_dim), context_length_(context_length), dtype_(dtype)
{
}

void KvStore::reserve(kernels::Backend& backend, int count, int length)
{
    EXPECTS(count <= context_length_);
    if (layers_ == 0) return; // holds nothing, whatever the length
    EXPECTS(length <= capacity_);
    if (count <= capacity_) return;
    const int capacity =
        std::min(context_length_, std::max({count, 2 * capacity_, kFirstCapacity}));
    // Both are made before either is replaced: a failure leaves the store as it was.
    kernels::Buffer keys = grown(backend, keys_, layers_, length, capacity, dtype_, kv_dim_);
    kernels::Buffer values = grown(backend, values_, layers_, length, capacity, dtype_, kv_dim_);
    keys_ = std::move(keys);
    values_ = std::move(values);
    capacity_ = capacity;
}

kernels::Tensor KvStore::rows(const kernels::Buffer& buffer, int layer, int first, int count) const
{
    EXPECTS(layer >= 0 && layer < layers_ && first + count <= capacity_);
    return buffer.rows(std::int64_t{layer} * capacity_ + first, count);
}

kernels::Tensor KvStore::keys(int layer, int first, int count) const
{
    return rows(keys_, layer, first, count);
}

kernels::Tensor KvStore::values(int layer, int first, int count) const
{
    return rows(values_, layer, first, count);
}

std::size_t KvStore::bytes_per_token() const
{
    return 2 * static_cast<std::size_t>(layers_) * static_cast<std::size_t>(kv_dim_) *
           size_bytes(dtype_);
}

} // namespace engine

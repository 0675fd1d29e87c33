#pragma once

#include "kernels/dtype.h"

#include "base/expects.h"

#include <cstdint>
#include <span>

namespace kernels {

/// A view of a matrix, rows one after another; owns nothing and is passed by value.
/// Vectors are [1, n]; heads lie side by side in a row: [tokens, heads * head_dim].
struct Tensor {
    std::byte* data = nullptr;
    DType dtype = DType::F32;
    std::int64_t rows = 0;
    std::int64_t cols = 0;
    std::int64_t stride = 0; // elements from one row to the next, >= cols

    /// Row r as T; T must be the type that dtype names.
    template <typename T>
    std::span<T> row(std::int64_t r) const
    {
        EXPECTS(r >= 0 && r < rows);
        return {reinterpret_cast<T*>(data) + r * stride, static_cast<std::size_t>(cols)};
    }
    /// Rows [first, first + count).
    Tensor slice_rows(std::int64_t first, std::int64_t count) const
    {
        EXPECTS(first >= 0 && count >= 0 && first + count <= rows);
        Tensor part = *this;
        part.data += static_cast<std::size_t>(first * stride) * size_bytes(dtype);
        part.rows = count;
        return part;
    }
    /// Columns [first, first + count) of every row.
    Tensor slice_cols(std::int64_t first, std::int64_t count) const
    {
        EXPECTS(first >= 0 && count >= 0 && first + count <= cols);
        Tensor part = *this;
        part.data += static_cast<std::size_t>(first) * size_bytes(dtype);
        part.cols = count;
        return part;
    }
};

} // namespace kernels

#pragma once

#include "kernels/tensor.h"

#include <memory>

namespace kernels {

/// One owned allocation on a device, 64-byte aligned, zeroed. Moves, does not copy.
class Buffer {
public:
    Buffer() = default;
    /// Host memory for [rows, cols]. Throws std::bad_alloc.
    Buffer(DType dtype, std::int64_t rows, std::int64_t cols);

    Tensor view() const { return tensor_; }
    Tensor rows(std::int64_t first, std::int64_t count) const
    {
        return tensor_.slice_rows(first, count);
    }
    std::size_t size_bytes() const;
    explicit operator bool() const { return storage_ != nullptr; }

private:
    struct Free {
        void operator()(std::byte* memory) const;
    };
    std::unique_ptr<std::byte, Free> storage_;
    Tensor tensor_;
};

} // namespace kernels

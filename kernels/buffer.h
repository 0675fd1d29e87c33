#pragma once

#include "kernels/tensor.h"

#include <memory>

namespace kernels {

/// Gives host memory back to where it came from.
struct HostMemoryDeleter {
    std::size_t large_page_bytes = 0; // 0: came from the heap
    void operator()(std::byte* memory) const;
};

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
    std::unique_ptr<std::byte, HostMemoryDeleter> storage_;
    Tensor tensor_;
};

} // namespace kernels

#include "kernels/buffer.h"

#include "kernels/large_pages.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace kernels {
namespace {

constexpr std::size_t kAlignment = 64;
// From here on blocks lie in large pages: the smallest matrix of a small model, not the vectors
// beside it. AddressSanitizer watches the heap only, so with it everything lies there.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kLargeFromBytes = SIZE_MAX;
#else
constexpr std::size_t kLargeFromBytes = std::size_t{32} << 10;
#endif

} // namespace

void HostMemoryDeleter::operator()(std::byte* memory) const
{
    if (large_page_bytes != 0) {
        return_large_pages(memory, large_page_bytes);
    } else {
        std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
    }
}

Buffer::Buffer(DType dtype, std::int64_t rows, std::int64_t cols)
{
    EXPECTS(rows >= 0 && cols >= 0);
    tensor_ = Tensor{nullptr, dtype, rows, cols, cols};
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(rows, cols, &bytes) ||
        __builtin_mul_overflow(bytes, kernels::size_bytes(dtype), &bytes) ||
        bytes > (std::size_t{1} << 46)) {
        throw std::bad_alloc();
    }
    bytes = (bytes + kAlignment) / kAlignment * kAlignment; // never empty
    if (bytes >= kLargeFromBytes) {
        storage_ = {take_large_pages(bytes), HostMemoryDeleter{bytes}};
    } else {
        void* memory = std::aligned_alloc(kAlignment, bytes);
        if (memory == nullptr) throw std::bad_alloc();
        std::memset(memory, 0, bytes);
        storage_ = {static_cast<std::byte*>(memory), HostMemoryDeleter{0}};
    }
    tensor_.data = storage_.get();
}

std::size_t Buffer::size_bytes() const
{
    return static_cast<std::size_t>(tensor_.rows * tensor_.cols) *
           kernels::size_bytes(tensor_.dtype);
}

} // namespace kernels

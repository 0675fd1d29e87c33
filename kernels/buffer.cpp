#include "kernels/buffer.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace kernels {
namespace {

constexpr std::size_t kAlignment = 64;
// Above this, pages come straight from the system: already zero, and in 2-MB pages where it grants
// them, which spares most page faults and TLB misses while a model streams through.
constexpr std::size_t kMapFromBytes = std::size_t{1} << 20;

} // namespace

void HostMemoryDeleter::operator()(std::byte* memory) const
{
    if (mapped_bytes != 0) {
        munmap(memory, mapped_bytes);
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
    if (bytes >= kMapFromBytes) {
        void* memory =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        madvise(memory, bytes, MADV_HUGEPAGE); // a wish; refusal costs speed only
        storage_ = {static_cast<std::byte*>(memory), HostMemoryDeleter{bytes}};
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

#pragma once

#include "kernels/buffer.h"

namespace kernels::cpu {

/// Places of a thread's working memory; two uses of one place at the same time would overwrite each
/// other.
enum class Scratch { Wide, Halves, Quants, Scales, Tile, Scores, Query, Count };

/// At least n elements, 64-byte aligned, this thread's own; contents undefined. Kept until the
/// thread ends, so that a decode step allocates nothing. Throws std::bad_alloc.
std::byte* scratch_bytes(Scratch place, std::size_t bytes);

template <typename T>
T* scratch(Scratch place, std::int64_t n)
{
    return reinterpret_cast<T*>(scratch_bytes(place, static_cast<std::size_t>(n) * sizeof(T)));
}

/// Memory that an object keeps between calls and that only grows.
class GrowingBuffer {
public:
    std::byte* get(std::size_t bytes);

    template <typename T>
    T* get(std::int64_t n)
    {
        return reinterpret_cast<T*>(get(static_cast<std::size_t>(n) * sizeof(T)));
    }

private:
    Buffer buffer_;
};

} // namespace kernels::cpu

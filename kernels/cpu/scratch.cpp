#include "kernels/cpu/scratch.h"

#include <array>

namespace kernels::cpu {

std::byte* GrowingBuffer::get(std::size_t bytes)
{
    if (!buffer_ || buffer_.size_bytes() < bytes) {
        buffer_ = Buffer(); // give back first: the peak counts
        buffer_ = Buffer(DType::U8, 1, static_cast<std::int64_t>(bytes + bytes / 4));
    }
    return buffer_.view().data;
}

std::byte* scratch_bytes(Scratch place, std::size_t bytes)
{
    thread_local std::array<GrowingBuffer, static_cast<std::size_t>(Scratch::Count)> places;
    return places[static_cast<std::size_t>(place)].get(bytes);
}

} // namespace kernels::cpu

#include "engine/models/omni/position_keys.h"

#include <algorithm>
#include <cstring>

namespace engine::omni {

std::uint64_t content_of(std::span<const float> values, std::uint64_t start)
{
    // FNV-1a over 8 bytes at a time.
    std::uint64_t hash = start;
    const auto* bytes = reinterpret_cast<const unsigned char*>(values.data());
    const std::size_t size = values.size() * sizeof(float);
    for (std::size_t i = 0; i < size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, std::min<std::size_t>(8, size - i));
        hash = (hash ^ word) * 0x100000001b3ull;
        hash ^= hash >> 29;
    }
    return hash;
}

PositionKey key_of(std::uint64_t content, int row)
{
    const std::uint64_t mixed =
        (content + static_cast<std::uint64_t>(row) * 0x9e3779b97f4a7c15ull) * 0xbf58476d1ce4e5b9ull;
    return mixed | 1ull << 63;
}

} // namespace engine::omni

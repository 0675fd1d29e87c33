#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace engine::formats {

static_assert(
    std::endian::native == std::endian::little,
    "model files are read as they lie in memory");

/// Walks through untrusted little-endian bytes. A read past the end answers nothing and leaves the
/// position alone.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::size_t position() const { return position_; }
    std::size_t remaining() const { return bytes_.size() - position_; }

    template <typename T>
    std::optional<T> read()
    {
        static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>);
        if (remaining() < sizeof(T)) return std::nullopt;
        T value;
        std::memcpy(&value, bytes_.data() + position_, sizeof(T));
        position_ += sizeof(T);
        return value;
    }
    /// The next `count` bytes, in place.
    std::optional<std::span<const std::byte>> take(std::uint64_t count)
    {
        if (count > remaining()) return std::nullopt;
        const auto part = bytes_.subspan(position_, static_cast<std::size_t>(count));
        position_ += part.size();
        return part;
    }
    /// The next `count` bytes as text, in place.
    std::optional<std::string_view> take_text(std::uint64_t count)
    {
        const auto part = take(count);
        if (!part) return std::nullopt;
        return std::string_view(reinterpret_cast<const char*>(part->data()), part->size());
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
};

/// a * b, or nothing where that leaves 63 bits.
inline std::optional<std::int64_t> checked_product(std::int64_t a, std::int64_t b)
{
    std::int64_t product = 0;
    if (a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product)) return std::nullopt;
    return product;
}

} // namespace engine::formats

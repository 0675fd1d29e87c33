#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace capture::reader {

static_assert(std::endian::native == std::endian::little, "the protocol is little endian");

/// Writes the fields of a message one after the other: numbers little endian, text as u32 length
/// and bytes, lists as u32 count and elements.
class WireWriter {
public:
    template <typename T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void field(const T& value)
    {
        if constexpr (std::is_same_v<T, bool>) {
            field(static_cast<std::uint8_t>(value));
        } else {
            const auto* first = reinterpret_cast<const std::byte*>(&value);
            bytes_.insert(bytes_.end(), first, first + sizeof(T));
        }
    }
    void field(const std::string& text)
    {
        field(static_cast<std::uint32_t>(text.size()));
        const auto* first = reinterpret_cast<const std::byte*>(text.data());
        bytes_.insert(bytes_.end(), first, first + text.size());
    }
    template <typename T, typename Each>
    void list(const std::vector<T>& values, Each&& each)
    {
        field(static_cast<std::uint32_t>(values.size()));
        for (const T& value : values) each(*this, value);
    }
    /// A list of numbers in one copy.
    template <typename T>
    void numbers(const std::vector<T>& values)
    {
        field(static_cast<std::uint32_t>(values.size()));
        const auto* first = reinterpret_cast<const std::byte*>(values.data());
        bytes_.insert(bytes_.end(), first, first + values.size() * sizeof(T));
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

/// The same calls, reading. Never reads past the end and never allocates more elements than bytes
/// are left: once something does not fit, ok() is false and every further field stays as it was.
class WireReader {
public:
    explicit WireReader(std::span<const std::byte> bytes) : rest_(bytes) {}

    template <typename T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void field(T& value)
    {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            field(byte);
            if (byte > 1) ok_ = false;
            value = byte == 1;
        } else {
            if (!has(sizeof(T))) return;
            std::memcpy(&value, rest_.data(), sizeof(T));
            rest_ = rest_.subspan(sizeof(T));
        }
    }
    void field(std::string& text)
    {
        std::uint32_t size = 0;
        field(size);
        if (!has(size)) return;
        text.assign(reinterpret_cast<const char*>(rest_.data()), size);
        rest_ = rest_.subspan(size);
    }
    template <typename T, typename Each>
    void list(std::vector<T>& values, Each&& each)
    {
        std::uint32_t count = 0;
        field(count);
        values.clear();
        for (std::uint32_t i = 0; i < count && ok_ && has(1); ++i)
            each(*this, values.emplace_back());
    }
    template <typename T>
    void numbers(std::vector<T>& values)
    {
        std::uint32_t count = 0;
        field(count);
        if (!has(std::size_t{count} * sizeof(T))) return;
        values.resize(count);
        if (count > 0) std::memcpy(values.data(), rest_.data(), count * sizeof(T));
        rest_ = rest_.subspan(count * sizeof(T));
    }
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }

private:
    bool has(std::size_t size)
    {
        if (size > rest_.size()) ok_ = false;
        return ok_;
    }

    std::span<const std::byte> rest_;
    bool ok_ = true;
};

} // namespace capture::reader

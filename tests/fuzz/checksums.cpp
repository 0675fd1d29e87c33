#include "tests/fuzz/checksums.h"

#include <cstdio>
#include <cstring>
#include <string>
#include <zlib.h>

namespace fuzz {
namespace {

constexpr std::size_t kBlock = 512;

/// The little-endian number at `at`; 0 beyond the end.
template <typename T>
T number_at(std::span<const std::uint8_t> bytes, std::size_t at)
{
    T value = 0;
    if (at <= bytes.size() && bytes.size() - at >= sizeof(T))
        std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

} // namespace

void mend_tar(std::span<std::uint8_t> bytes)
{
    while (bytes.size() >= kBlock) {
        const auto header = bytes.first(kBlock);
        if (std::memcmp(header.data() + 257, "ustar", 5) != 0) return;
        std::memset(header.data() + 148, ' ', 8);
        unsigned sum = 0;
        for (const std::uint8_t byte : header) sum += byte;
        std::snprintf(reinterpret_cast<char*>(header.data()) + 148, 8, "%06o", sum);
        const std::string digits(reinterpret_cast<const char*>(header.data()) + 124, 11);
        const std::size_t size = std::strtoull(digits.c_str(), nullptr, 8);
        bytes = bytes.subspan(kBlock);
        const std::size_t padded = (size + kBlock - 1) / kBlock * kBlock;
        if (padded > bytes.size()) return;
        bytes = bytes.subspan(padded);
    }
}

void mend_zip(std::span<std::uint8_t> bytes)
{
    constexpr std::size_t kEnd = 22, kRecord = 46, kLocal = 30;
    if (bytes.size() < kEnd) return;
    std::size_t at = number_at<std::uint32_t>(bytes, bytes.size() - 6);
    while (number_at<std::uint32_t>(bytes, at) == 0x02014b50 && bytes.size() - at >= kRecord) {
        const std::size_t packed = number_at<std::uint32_t>(bytes, at + 20);
        const std::size_t local = number_at<std::uint32_t>(bytes, at + 42);
        const std::size_t begin = local + kLocal + number_at<std::uint16_t>(bytes, local + 26) +
                                  number_at<std::uint16_t>(bytes, local + 28);
        if (begin <= bytes.size() && packed <= bytes.size() - begin) {
            const auto crc = static_cast<std::uint32_t>(::crc32_z(0, bytes.data() + begin, packed));
            std::memcpy(bytes.data() + at + 16, &crc, sizeof(crc));
        }
        at += kRecord + number_at<std::uint16_t>(bytes, at + 28) +
              number_at<std::uint16_t>(bytes, at + 30) + number_at<std::uint16_t>(bytes, at + 32);
    }
}

} // namespace fuzz

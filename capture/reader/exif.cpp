#include "capture/reader/exif.h"

#include <cstdint>
#include <string_view>

namespace capture::reader {
namespace {

using Bytes = std::span<const std::byte>;

std::uint32_t big(Bytes bytes, std::size_t at)
{
    return std::to_integer<std::uint32_t>(bytes[at]) << 8 |
           std::to_integer<std::uint32_t>(bytes[at + 1]);
}

/// The TIFF structure within the EXIF block, in either byte order; reading outside gives zero.
class Tiff {
public:
    explicit Tiff(Bytes bytes) : bytes_(bytes)
    {
        little_ = bytes_.size() > 1 && bytes_[0] == std::byte{'I'};
    }
    std::uint32_t u16(std::size_t at) const
    {
        if (at + 2 > bytes_.size()) return 0;
        const auto first = std::to_integer<std::uint32_t>(bytes_[at]);
        const auto second = std::to_integer<std::uint32_t>(bytes_[at + 1]);
        return little_ ? first | second << 8 : first << 8 | second;
    }
    std::uint32_t u32(std::size_t at) const
    {
        const std::uint32_t first = u16(at);
        const std::uint32_t second = u16(at + 2);
        return little_ ? first | second << 16 : first << 16 | second;
    }

private:
    Bytes bytes_;
    bool little_ = true;
};

int orientation_of(const Tiff& tiff)
{
    const std::size_t directory = tiff.u32(4);
    const std::uint32_t entries = tiff.u16(directory);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t{i} * 12;
        if (tiff.u16(entry) != 0x0112) continue;
        const std::uint32_t value = tiff.u16(entry + 8);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

} // namespace

int exif_orientation(Bytes jpeg)
{
    constexpr std::string_view kExif("Exif\0\0", 6);
    std::size_t at = 2; // behind SOI
    while (at + 4 <= jpeg.size() && jpeg[at] == std::byte{0xFF}) {
        const auto marker = std::to_integer<unsigned>(jpeg[at + 1]);
        const std::size_t size = big(jpeg, at + 2);
        if (marker == 0xDA || size < 2 || at + 2 + size > jpeg.size()) break; // pixels follow
        const Bytes block = jpeg.subspan(at + 4, size - 2);
        const std::string_view begin(reinterpret_cast<const char*>(block.data()), block.size());
        if (marker == 0xE1 && begin.starts_with(kExif)) {
            return orientation_of(Tiff(block.subspan(kExif.size())));
        }
        at += 2 + size;
    }
    return 1;
}

} // namespace capture::reader

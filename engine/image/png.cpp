// PNG, second edition (ISO/IEC 15948:2003): the section numbers below are its own.

#include "engine/image/picture_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

namespace engine::image {
namespace {

using Bytes = std::span<const std::byte>;

std::uint32_t big_endian(Bytes bytes)
{
    std::uint32_t value = 0;
    for (const std::byte b : bytes.first(4)) value = value << 8 | std::to_integer<std::uint32_t>(b);
    return value;
}

struct Header {
    int width = 0;
    int height = 0;
    int depth = 0;  // bits a sample
    int colour = 0; // 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
    bool interlaced = false;

    int channels() const
    {
        return std::array{1, 0, 3, 1, 2, 0, 4}[static_cast<std::size_t>(colour)];
    }
    int bits() const { return channels() * depth; } // of a pixel
};

/// What a picture holds besides its header.
struct Parts {
    Header header;
    std::vector<std::array<std::uint8_t, 3>> palette;
    Bytes transparency; // tRNS
    std::vector<Bytes> data;
};

/// 11.2.2
Result<Header> read_header(Bytes body, std::string_view name)
{
    if (body.size() != 13) return bad_picture(name, "its header has another length");
    if (auto size = check_size(big_endian(body), big_endian(body.subspan(4)), name); !size)
        return tl::unexpected(size.error());
    const auto at = [&](std::size_t i) { return std::to_integer<int>(body[i]); };
    Header header;
    header.width = static_cast<int>(big_endian(body));
    header.height = static_cast<int>(big_endian(body.subspan(4)));
    header.depth = at(8);
    header.colour = at(9);
    header.interlaced = at(12) == 1;
    const bool power = header.depth == 1 || header.depth == 2 || header.depth == 4 ||
                       header.depth == 8 || header.depth == 16;
    const bool fits = header.colour == 0   ? power
                      : header.colour == 3 ? power && header.depth <= 8
                      : header.colour == 2 || header.colour == 4 || header.colour == 6
                          ? header.depth == 8 || header.depth == 16
                          : false;
    if (!fits || at(10) != 0 || at(11) != 0 || at(12) > 1)
        return bad_picture(name, "its header makes no sense");
    return header;
}

Result<Parts> read_chunks(Bytes rest, std::string_view name)
{
    Parts parts;
    bool begun = false;
    for (bool ended = false; !ended;) {
        if (rest.size() < 12) return bad_picture(name, "it ends before its end");
        const std::uint32_t length = big_endian(rest);
        if (length > rest.size() - 12) return bad_picture(name, "a part is longer than the file");
        const Bytes checked = rest.subspan(4, length + 4);
        const std::string_view type(reinterpret_cast<const char*>(checked.data()), 4);
        const Bytes body = checked.subspan(4);
        const auto sum = crc32(
            0,
            reinterpret_cast<const Bytef*>(checked.data()),
            static_cast<uInt>(checked.size()));
        if (sum != big_endian(rest.subspan(8 + length)))
            return bad_picture(name, "a checksum is wrong");
        rest = rest.subspan(12 + length);
        if (begun == (type == "IHDR")) return bad_picture(name, "its header is not at its front");
        if (type == "IHDR") {
            const auto header = read_header(body, name);
            if (!header) return tl::unexpected(header.error());
            parts.header = *header;
            begun = true;
        } else if (type == "PLTE") {
            if (length % 3 != 0 || length > 768) return bad_picture(name, "its palette is cut");
            parts.palette.resize(length / 3);
            if (length > 0) std::memcpy(parts.palette.data(), body.data(), length);
        } else if (type == "tRNS") {
            parts.transparency = body;
        } else if (type == "IDAT") {
            parts.data.push_back(body);
        } else if (type == "IEND") {
            ended = true;
        } else if ((std::to_integer<int>(checked[0]) & 32) == 0) { // not ancillary
            return fail(
                ErrorCode::UnsupportedFile,
                std::string(name) + " has a part that this program does not know.",
                "Save it as an ordinary PNG.");
        }
    }
    if (parts.header.colour == 3 && parts.palette.empty())
        return bad_picture(name, "it has no palette");
    return parts;
}

/// The rows of all IDAT chunks, one after another.
class Inflater {
public:
    explicit Inflater(const std::vector<Bytes>& data) : data_(data)
    {
        ready_ = inflateInit(&stream_) == Z_OK;
    }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// False where the data is damaged or ends.
    bool read(std::span<std::uint8_t> out)
    {
        stream_.next_out = out.data();
        stream_.avail_out = static_cast<uInt>(out.size());
        while (ready_ && stream_.avail_out > 0) {
            if (stream_.avail_in == 0 && next_ < data_.size()) {
                const Bytes chunk = data_[next_++];
                stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(chunk.data()));
                stream_.avail_in = static_cast<uInt>(chunk.size());
                continue;
            }
            const int result = inflate(&stream_, Z_NO_FLUSH);
            if (result == Z_STREAM_END) break;
            if (result != Z_OK) return false;
        }
        return ready_ && stream_.avail_out == 0;
    }

private:
    const std::vector<Bytes>& data_;
    std::size_t next_ = 0;
    z_stream stream_{};
    bool ready_ = false;
};

std::uint8_t paeth(int left, int up, int corner)
{
    const int guess = left + up - corner;
    const int a = std::abs(guess - left), b = std::abs(guess - up), c = std::abs(guess - corner);
    if (a <= b && a <= c) return static_cast<std::uint8_t>(left);
    return static_cast<std::uint8_t>(b <= c ? up : corner);
}

/// 9.2; row and above without their filter byte, above is zeros for the first row.
bool unfilter(
    int filter,
    std::span<std::uint8_t> row,
    std::span<const std::uint8_t> above,
    std::size_t pixel_bytes)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        const int left = i >= pixel_bytes ? row[i - pixel_bytes] : 0;
        const int up = above[i];
        const int corner = i >= pixel_bytes ? above[i - pixel_bytes] : 0;
        int add = 0;
        switch (filter) {
        case 0:
            return true;
        case 1:
            add = left;
            break;
        case 2:
            add = up;
            break;
        case 3:
            add = (left + up) / 2;
            break;
        case 4:
            add = paeth(left, up, corner);
            break;
        default:
            return false;
        }
        row[i] = static_cast<std::uint8_t>(row[i] + add);
    }
    return true;
}

/// Takes pixels out of rows and lays them on white.
class Painter {
public:
    explicit Painter(const Parts& parts) : parts_(parts), header_(parts.header)
    {
        if (header_.colour == 0 && parts.transparency.size() == 2) key_[0] = sample_of_key(0);
        if (header_.colour == 2 && parts.transparency.size() == 6)
            for (std::size_t c = 0; c < 3; ++c) key_[c] = sample_of_key(c);
        keyed_ = key_[0].has_value();
    }

    /// False where a palette has no such entry.
    bool paint(std::span<const std::uint8_t> row, int x, std::uint8_t* rgb) const
    {
        std::array<int, 4> raw{};
        for (int c = 0; c < header_.channels(); ++c)
            raw[static_cast<std::size_t>(c)] = sample(row, x * header_.channels() + c);
        if (header_.colour == 3) {
            const auto entry = static_cast<std::size_t>(raw[0]);
            if (entry >= parts_.palette.size()) return false;
            const int alpha = entry < parts_.transparency.size()
                                  ? std::to_integer<int>(parts_.transparency[entry])
                                  : 255;
            for (std::size_t c = 0; c < 3; ++c) rgb[c] = on_white(parts_.palette[entry][c], alpha);
            return true;
        }
        const bool grey = header_.colour == 0 || header_.colour == 4;
        int alpha = 255;
        if (header_.colour == 4) alpha = eight_bits(raw[1]);
        if (header_.colour == 6) alpha = eight_bits(raw[3]);
        if (keyed_ && raw[0] == *key_[0] &&
            (grey || (raw[1] == key_[1].value_or(-1) && raw[2] == key_[2].value_or(-1))))
            alpha = 0;
        for (std::size_t c = 0; c < 3; ++c) rgb[c] = on_white(eight_bits(raw[grey ? 0 : c]), alpha);
        return true;
    }

private:
    int sample_of_key(std::size_t c) const
    {
        return std::to_integer<int>(parts_.transparency[2 * c]) << 8 |
               std::to_integer<int>(parts_.transparency[2 * c + 1]);
    }
    int sample(std::span<const std::uint8_t> row, int index) const
    {
        const auto i = static_cast<std::size_t>(index);
        if (header_.depth == 16) return row[2 * i] << 8 | row[2 * i + 1];
        if (header_.depth == 8) return row[i];
        const auto bit = i * static_cast<std::size_t>(header_.depth);
        const int shift = 8 - header_.depth - static_cast<int>(bit % 8);
        return row[bit / 8] >> shift & ((1 << header_.depth) - 1);
    }
    int eight_bits(int value) const
    {
        if (header_.depth == 16) return value >> 8;
        return value * 255 / ((1 << header_.depth) - 1);
    }
    static std::uint8_t on_white(int value, int alpha)
    {
        return static_cast<std::uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    const Parts& parts_;
    const Header& header_;
    std::array<std::optional<int>, 3> key_; // the colour that is transparent
    bool keyed_ = false;
};

/// Where the pixels of one pass lie. 8.2
struct Pass {
    int x, y, dx, dy;
};
constexpr std::array<Pass, 7> kAdam7 = {
    {{0, 0, 8, 8},
     {4, 0, 8, 8},
     {0, 4, 4, 8},
     {2, 0, 4, 4},
     {0, 2, 2, 4},
     {1, 0, 2, 2},
     {0, 1, 1, 2}}};
constexpr std::array<Pass, 1> kWhole = {{{0, 0, 1, 1}}};

} // namespace

Result<Image> parse_png(Bytes bytes, std::string_view name)
{
    const auto parts = read_chunks(bytes.subspan(8), name);
    if (!parts) return tl::unexpected(parts.error());
    const Header& header = parts->header;
    const auto width = static_cast<std::size_t>(header.width);
    Image image{{}, header.width, header.height};
    image.rgb.resize(3 * width * static_cast<std::size_t>(header.height));
    const Painter painter(*parts);
    Inflater inflater(parts->data);
    const auto pixel_bytes = static_cast<std::size_t>(std::max(1, header.bits() / 8));
    const std::span<const Pass> passes =
        header.interlaced ? std::span<const Pass>(kAdam7) : std::span<const Pass>(kWhole);
    for (const Pass& pass : passes) {
        if (pass.x >= header.width || pass.y >= header.height) continue;
        const int columns = (header.width - pass.x + pass.dx - 1) / pass.dx;
        const std::size_t row_bytes =
            (static_cast<std::size_t>(columns) * static_cast<std::size_t>(header.bits()) + 7) / 8;
        std::vector<std::uint8_t> above(row_bytes), row(row_bytes + 1);
        for (int y = pass.y; y < header.height; y += pass.dy) {
            if (!inflater.read(row)) return bad_picture(name, "its pixels are cut off");
            const auto pixels = std::span(row).subspan(1);
            if (!unfilter(row[0], pixels, above, pixel_bytes))
                return bad_picture(name, "a row has a filter that does not exist");
            for (int i = 0; i < columns; ++i) {
                const auto x = static_cast<std::size_t>(pass.x) +
                               static_cast<std::size_t>(i) * static_cast<std::size_t>(pass.dx);
                std::uint8_t* rgb = &image.rgb[3 * (static_cast<std::size_t>(y) * width + x)];
                if (!painter.paint(pixels, i, rgb))
                    return bad_picture(name, "a pixel has a colour that its palette lacks");
            }
            std::copy(pixels.begin(), pixels.end(), above.begin());
        }
    }
    return image;
}

} // namespace engine::image

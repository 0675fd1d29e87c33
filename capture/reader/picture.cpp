#include "capture/reader/picture.h"

#include "capture/reader/exif.h"

#include <cmath>
#include <fmt/format.h>

namespace capture::reader {
namespace {

constexpr double kScreenDpi = 96; // of pictures that do not say

struct PictureHeader {
    std::uint64_t width_px = 0;
    std::uint64_t height_px = 0;
    const char* format = nullptr;
};

const char* format_name(int format)
{
    switch (format) {
    case IFF_PNG:
        return "PNG";
    case IFF_JFIF_JPEG:
        return "JPEG";
    case IFF_WEBP:
        return "WebP";
    case IFF_GIF:
        return "GIF";
    case IFF_BMP:
        return "BMP";
    case IFF_TIFF:
    case IFF_TIFF_PACKBITS:
    case IFF_TIFF_RLE:
    case IFF_TIFF_G3:
    case IFF_TIFF_G4:
    case IFF_TIFF_LZW:
    case IFF_TIFF_ZIP:
    case IFF_TIFF_JPEG:
        return "TIFF";
    default:
        return nullptr;
    }
}

const l_uint8* data_of(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const l_uint8*>(bytes.data());
}

/// Leptonica cannot read the size of a GIF alone: it stands in its bytes 6 to 9.
bool read_gif_size(std::span<const std::byte> bytes, PictureHeader& out)
{
    if (bytes.size() < 10) return false;
    const l_uint8* b = data_of(bytes);
    out.width_px = static_cast<std::uint64_t>(b[6] | b[7] << 8);
    out.height_px = static_cast<std::uint64_t>(b[8] | b[9] << 8);
    return true;
}

bool read_header(std::span<const std::byte> bytes, PictureHeader& out)
{
    l_int32 format = 0;
    if (bytes.size() < 12 || findFileFormatBuffer(data_of(bytes), &format) != 0) return false;
    out.format = format_name(format);
    if (out.format == nullptr) return false;
    if (format == IFF_GIF) return read_gif_size(bytes, out);
    l_int32 width = 0;
    l_int32 height = 0;
    const bool read = pixReadHeaderMem(
                          data_of(bytes),
                          bytes.size(),
                          nullptr,
                          &width,
                          &height,
                          nullptr,
                          nullptr,
                          nullptr) == 0;
    if (!read || width < 1 || height < 1) return false;
    out.width_px = static_cast<std::uint64_t>(width);
    out.height_px = static_cast<std::uint64_t>(height);
    return true;
}

bool is_tiff(const PictureHeader& header)
{
    return std::string_view(header.format) == "TIFF";
}

/// Pages of a TIFF, by following its chain of directories (classic TIFF; others count as one page).
int count_tiff_pages(std::span<const std::byte> bytes, int most)
{
    const auto u = [&](std::size_t at, int size) -> std::uint64_t {
        if (at + static_cast<std::size_t>(size) > bytes.size()) return 0;
        const bool little = bytes[0] == std::byte{'I'};
        std::uint64_t value = 0;
        for (int i = 0; i < size; ++i) {
            const auto byte = std::to_integer<std::uint64_t>(
                bytes[at + static_cast<std::size_t>(little ? size - 1 - i : i)]);
            value = value << 8 | byte;
        }
        return value;
    };
    if (u(2, 2) != 42) return 1;
    int pages = 0;
    for (std::uint64_t at = u(4, 4); at != 0 && pages < most; ++pages) {
        at = u(static_cast<std::size_t>(at + 2 + 12 * u(static_cast<std::size_t>(at), 2)), 4);
    }
    return std::max(pages, 1);
}

/// EXIF's eight cases as quarter turns clockwise and a flip from left to right before them.
PixPtr turned_upright(PixPtr pix, int orientation)
{
    struct Turn {
        bool flip;
        int quarters;
    };
    constexpr Turn kTurns[] = {
        {false, 0},
        {true, 0},
        {false, 2},
        {true, 2},
        {true, 3},
        {false, 1},
        {true, 1},
        {false, 3}};
    const Turn turn = kTurns[orientation - 1];
    if (turn.flip) pix.reset(pixFlipLR(nullptr, pix.get()));
    if (pix && turn.quarters != 0) pix.reset(pixRotateOrth(pix.get(), turn.quarters));
    return pix;
}

Error too_large(const std::string& name, std::uint64_t width, std::uint64_t height)
{
    return {
        ErrorCode::LimitExceeded,
        fmt::format("{} has {} x {} pixels, which is more than is read.", name, width, height),
        "Make it smaller and try again."};
}

Error damaged(const std::string& name)
{
    return {
        ErrorCode::BadFile,
        fmt::format("{} is a picture that cannot be decoded.", name),
        "It may be damaged or only partly downloaded."};
}

} // namespace

PictureDocument::PictureDocument(Input& input)
    : input_(input),
      ocr_(
          input.options().ocr_language,
          std::chrono::duration_cast<std::chrono::milliseconds>(input.limits().per_page))
{
    info_.kind = FileKind::Image;
    info_.pages = 1;
}

Result<std::unique_ptr<Document>> PictureDocument::open(Input& input)
{
    const std::string& name = input.options().name;
    const auto bytes = input.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    PictureHeader header;
    if (!read_header(*bytes, header)) return tl::unexpected(damaged(name));
    if (header.width_px * header.height_px > input.limits().max_pixels) {
        return tl::unexpected(too_large(name, header.width_px, header.height_px));
    }
    std::unique_ptr<PictureDocument> document(new PictureDocument(input));
    document->info_.format = header.format;
    if (is_tiff(header)) document->info_.pages = count_tiff_pages(*bytes, input.limits().max_pages);
    if (auto loaded = document->load(1); !loaded) return tl::unexpected(loaded.error());
    return document;
}

Result<std::unique_ptr<Document>> PictureDocument::open_heif(Input& input)
{
    std::unique_ptr<PictureDocument> document(new PictureDocument(input));
    document->is_heif_ = true;
    if (auto loaded = document->load(1); !loaded) return tl::unexpected(loaded.error());
    return document;
}

Result<Pix*> PictureDocument::load(int page)
{
    if (page == loaded_page_ && loaded_) return loaded_.get();
    const std::string& name = input_.options().name;
    const auto bytes = input_.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    PixPtr pix;
    if (is_heif_) {
        auto decoded = decode_heif(*bytes, input_.limits().max_pixels, name, info_.format);
        if (!decoded) return tl::unexpected(decoded.error());
        pix = std::move(*decoded);
    } else if (info_.format == "TIFF") {
        l_int32 width = 0;
        l_int32 height = 0;
        readHeaderMemTiff(
            data_of(*bytes),
            bytes->size(),
            page - 1,
            &width,
            &height,
            nullptr,
            nullptr,
            nullptr,
            nullptr,
            nullptr);
        const auto pixels = std::uint64_t(std::max(width, 0)) * std::uint64_t(std::max(height, 0));
        if (pixels > input_.limits().max_pixels) {
            return tl::unexpected(too_large(name, std::uint64_t(width), std::uint64_t(height)));
        }
        pix.reset(pixels == 0 ? nullptr : pixReadMemTiff(data_of(*bytes), bytes->size(), page - 1));
    } else {
        pix.reset(pixReadMem(data_of(*bytes), bytes->size()));
        if (pix && info_.format == "JPEG") {
            pix = turned_upright(std::move(pix), exif_orientation(*bytes));
        }
    }
    if (!pix) return tl::unexpected(damaged(name));
    loaded_ = std::move(pix);
    loaded_page_ = page;
    return loaded_.get();
}

Result<void> PictureDocument::read_pages(int first, int last, Output& output)
{
    for (int number = first; number <= last; ++number) {
        Page page;
        page.number = number;
        const auto pix = load(number);
        if (!pix) {
            page.warnings.push_back(pix.error().message);
            output.page(std::move(page));
            continue;
        }
        const double dpi = pixGetXRes(*pix);
        if (dpi > 0) {
            page.width_pt = pixGetWidth(*pix) * 72 / dpi;
            page.height_pt = pixGetHeight(*pix) * 72 / dpi;
        }
        if (const PixPtr gray = to_gray(*pix)) {
            OcrText text = ocr_.read(gray.get());
            page.text = std::move(text.text);
            page.words = std::move(text.words);
            page.warnings = std::move(text.warnings);
        }
        page.by_ocr = true;
        output.page(std::move(page));
    }
    return {};
}

Result<Picture> PictureDocument::render(int number, const DrawSize& size)
{
    if (number > info_.pages) {
        return fail(
            ErrorCode::NotFound,
            fmt::format("{} has no page {}.", input_.options().name, number));
    }
    const auto pix = load(number);
    if (!pix) return tl::unexpected(pix.error());
    const double own_dpi = pixGetXRes(*pix) > 0 ? pixGetXRes(*pix) : kScreenDpi;
    double factor = size.dpi > 0 ? size.dpi / own_dpi : 1;
    // More pixels than it has would show nothing more.
    if (size.width_px > 0) factor = std::min(1.0, size.width_px / double(pixGetWidth(*pix)));
    const double pixels = double(pixGetWidth(*pix)) * double(pixGetHeight(*pix));
    const auto most = static_cast<double>(input_.limits().max_pixels);
    factor = std::min(factor, std::sqrt(most / pixels) * 0.999);
    PixPtr resized;
    const bool own_size = size.dpi <= 0 && size.width_px <= 0;
    if (!own_size && std::abs(factor - 1) > 0.001) resized = scaled(*pix, factor);
    Picture picture = to_picture(resized ? resized.get() : *pix);
    if (picture.rgb.empty()) return tl::unexpected(damaged(input_.options().name));
    return picture;
}

} // namespace capture::reader

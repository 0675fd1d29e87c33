#include "capture/reader/picture.h"

#include <fmt/format.h>
#include <libheif/heif.h>

namespace capture::reader {
namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* pointer) const
    {
        Free(pointer);
    }
};
using Context = std::unique_ptr<heif_context, Freed<heif_context_free>>;
using Handle = std::unique_ptr<heif_image_handle, Freed<heif_image_handle_release>>;
using Image = std::unique_ptr<heif_image, Freed<heif_image_release>>;

PixPtr to_pix(const heif_image* image)
{
    int stride = 0;
    const std::uint8_t* rows =
        heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    const int width = heif_image_get_primary_width(image);
    const int height = heif_image_get_primary_height(image);
    PixPtr out(rows == nullptr ? nullptr : pixCreateNoInit(width, height, 32));
    if (!out) return nullptr;
    pixSetSpp(out.get(), 3);
    l_uint32* line = pixGetData(out.get());
    for (int y = 0; y < height; ++y, line += pixGetWpl(out.get())) {
        const std::uint8_t* row = rows + static_cast<std::ptrdiff_t>(y) * stride;
        for (int x = 0; x < width; ++x, row += 3) composeRGBPixel(row[0], row[1], row[2], line + x);
    }
    return out;
}

} // namespace

Result<PixPtr> decode_heif(
    std::span<const std::byte> bytes,
    std::uint64_t max_pixels,
    const std::string& name,
    std::string& format)
{
    const auto failed = [&](const heif_error& error) {
        const bool unsupported = error.code == heif_error_Unsupported_filetype ||
                                 error.code == heif_error_Unsupported_feature;
        return fail(
            unsupported ? ErrorCode::UnsupportedFile : ErrorCode::BadFile,
            fmt::format("{} is a picture that cannot be decoded: {}.", name, error.message),
            unsupported ? "Save it as JPEG or PNG." : "It may be damaged.");
    };
    const Context context(heif_context_alloc());
    heif_error error = heif_context_read_from_memory_without_copy(
        context.get(),
        bytes.data(),
        bytes.size(),
        nullptr);
    if (error.code != heif_error_Ok) return failed(error);
    heif_image_handle* found = nullptr;
    error = heif_context_get_primary_image_handle(context.get(), &found);
    if (error.code != heif_error_Ok) return failed(error);
    const Handle handle(found);
    const auto width = static_cast<std::uint64_t>(heif_image_handle_get_width(found));
    const auto height = static_cast<std::uint64_t>(heif_image_handle_get_height(found));
    if (width * height > max_pixels) {
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("{} has {} x {} pixels, which is more than is read.", name, width, height),
            "Make it smaller and try again.");
    }
    const std::string_view brand(reinterpret_cast<const char*>(bytes.data()) + 8, 4);
    format = brand.starts_with("avi") ? "AVIF" : "HEIC";
    heif_image* decoded = nullptr;
    error = heif_decode_image(
        found,
        &decoded,
        heif_colorspace_RGB,
        heif_chroma_interleaved_RGB,
        nullptr);
    if (error.code != heif_error_Ok) return failed(error);
    const Image image(decoded);
    PixPtr pix = to_pix(decoded);
    if (!pix) return fail(ErrorCode::BadFile, fmt::format("{} has no pixels.", name));
    return pix;
}

} // namespace capture::reader

#include "app/jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>

namespace app {
namespace {

struct Failure {
    jpeg_error_mgr base; // first: libjpeg hands back a pointer to it
    std::jmp_buf where;
};

[[noreturn]] void leave(j_common_ptr info)
{
    std::longjmp(reinterpret_cast<Failure*>(info->err)->where, 1);
}

/// Only plain data between setjmp and longjmp: no destructor may be jumped over.
bool compress(
    const std::uint8_t* rgb,
    int width_px,
    int height_px,
    int quality,
    unsigned char** bytes,
    unsigned long* size) noexcept
{
    jpeg_compress_struct info{};
    Failure failure{};
    info.err = jpeg_std_error(&failure.base);
    failure.base.error_exit = leave;
    failure.base.output_message = [](j_common_ptr) {};
    if (setjmp(failure.where) != 0) { // NOLINT(modernize-*,cert-err52-cpp): libjpeg's only way out
        jpeg_destroy_compress(&info);
        return false;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, bytes, size);
    info.image_width = static_cast<JDIMENSION>(width_px);
    info.image_height = static_cast<JDIMENSION>(height_px);
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    const std::size_t stride = static_cast<std::size_t>(width_px) * 3;
    while (info.next_scanline < info.image_height) {
        JSAMPROW row =
            const_cast<JSAMPROW>(rgb + info.next_scanline * stride); // libjpeg reads it only
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return true;
}

} // namespace

Result<std::vector<std::byte>> encode_jpeg(const capture::Picture& picture, int quality)
{
    const auto expected = static_cast<std::size_t>(picture.width_px) *
                          static_cast<std::size_t>(picture.height_px) * 3;
    if (picture.width_px <= 0 || picture.height_px <= 0 || picture.width_px > JPEG_MAX_DIMENSION ||
        picture.height_px > JPEG_MAX_DIMENSION || picture.rgb.size() != expected) {
        return fail(ErrorCode::BadFile, "A picture has other measures than pixels.");
    }
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const bool good =
        compress(picture.rgb.data(), picture.width_px, picture.height_px, quality, &bytes, &size);
    std::vector<std::byte> jpeg;
    if (good) {
        const auto* first = reinterpret_cast<const std::byte*>(bytes);
        jpeg.assign(first, first + size);
    }
    std::free(bytes); // NOLINT(cppcoreguidelines-no-malloc): jpeg_mem_dest() allocates by malloc()
    if (!good)
        return fail(ErrorCode::OutOfMemory, "There is no memory for a picture of the video.");
    return jpeg;
}

} // namespace app

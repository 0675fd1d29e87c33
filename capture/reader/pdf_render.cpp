#include "capture/reader/pdf_render.h"

#include "capture/reader/pdf.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <poppler-image.h>
#include <poppler-page-renderer.h>

namespace capture::reader {

Result<Picture> render_page(const poppler::page& page, double dpi, std::uint64_t max_pixels)
{
    const PageSize size = shown_size(page);
    const double pixels = size.width_pt / 72 * dpi * (size.height_pt / 72) * dpi;
    if (!(pixels > 0)) {
        return fail(ErrorCode::BadFile, "The page has no size, or the resolution is no number.");
    }
    const auto allowed = static_cast<double>(max_pixels);
    if (pixels > allowed) dpi *= std::sqrt(allowed / pixels) * 0.999;

    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_rgb24);
    const poppler::image image = renderer.render_page(&page, dpi, dpi);
    if (!image.is_valid() || image.width() < 1 || image.height() < 1) {
        return fail(ErrorCode::BadFile, "The page cannot be drawn.");
    }
    Picture picture{image.width(), image.height(), {}};
    const std::size_t row_bytes = static_cast<std::size_t>(image.width()) * 3;
    picture.rgb.resize(row_bytes * static_cast<std::size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y) {
        std::memcpy(
            picture.rgb.data() + static_cast<std::size_t>(y) * row_bytes,
            image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(),
            row_bytes);
    }
    return picture;
}

} // namespace capture::reader

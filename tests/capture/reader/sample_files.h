#pragma once

#include <string>
#include <utility>
#include <vector>

/// Files of the kinds that the reader knows, made here: nothing is shipped.
namespace sample {

struct PictureStyle {
    int font_px = 28;
    bool inverted = false; // light on dark
    std::string text = "The harbour opens at nine";
};

/// A line of text as "PNG", "JPEG", "WebP", "GIF", "TIFF", "BMP", "HEIC" or "AVIF".
std::string picture(const std::string& format, const PictureStyle& style = {});
std::string tiff_of_two_pages();
/// A JPEG whose EXIF block asks for `orientation`; its pixels lie accordingly (6: stored on its
/// side).
std::string photo_with_orientation(int orientation);

std::string zip(const std::vector<std::pair<std::string, std::string>>& entries);
std::string docx(const std::string& paragraph);

} // namespace sample

#include "capture/reader/pix.h"

#include <cmath>

namespace capture::reader {
namespace {

/// Leptonica keeps pixels in words of the machine, so bytes of a row are reached through its
/// macros.
template <typename Brightness>
PixPtr make_gray(int width_px, int height_px, Brightness&& at)
{
    PixPtr out(pixCreateNoInit(width_px, height_px, 8));
    if (!out) return nullptr;
    const l_int32 words = pixGetWpl(out.get());
    l_uint32* line = pixGetData(out.get());
    std::size_t i = 0;
    for (int y = 0; y < height_px; ++y, line += words) {
        for (int x = 0; x < width_px; ++x) SET_DATA_BYTE(line, x, at(i++));
    }
    return out;
}

} // namespace

PixPtr to_gray(Pix* pix)
{
    if (pix == nullptr) return nullptr;
    PixPtr opaque;
    if (pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4) {
        opaque.reset(pixAlphaBlendUniform(pix, 0xFFFFFF00));
        pix = opaque.get();
    }
    return PixPtr(pix == nullptr ? nullptr : pixConvertTo8(pix, 0));
}

PixPtr to_gray(const Picture& picture)
{
    const std::uint8_t* rgb = picture.rgb.data();
    // ITU-R BT.601 in 8 bits.
    return make_gray(picture.width_px, picture.height_px, [rgb](std::size_t i) {
        const std::uint8_t* p = rgb + i * 3;
        return static_cast<std::uint32_t>((p[0] * 77 + p[1] * 150 + p[2] * 29) >> 8);
    });
}

PixPtr to_gray(int width_px, int height_px, std::span<const std::uint8_t> gray)
{
    return make_gray(width_px, height_px, [gray](std::size_t i) { return std::uint32_t{gray[i]}; });
}

Picture to_picture(Pix* pix)
{
    PixPtr colour;
    if (pix != nullptr && pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4) {
        colour.reset(pixAlphaBlendUniform(pix, 0xFFFFFF00));
    } else if (pix != nullptr) {
        colour.reset(pixConvertTo32(pix));
    }
    Picture out;
    if (!colour) return out;
    out.width_px = pixGetWidth(colour.get());
    out.height_px = pixGetHeight(colour.get());
    out.rgb.reserve(
        static_cast<std::size_t>(out.width_px) * static_cast<std::size_t>(out.height_px) * 3);
    const l_int32 words = pixGetWpl(colour.get());
    const l_uint32* line = pixGetData(colour.get());
    for (int y = 0; y < out.height_px; ++y, line += words) {
        for (int x = 0; x < out.width_px; ++x) {
            const l_uint32 pixel = line[x];
            out.rgb.push_back(static_cast<std::uint8_t>(pixel >> L_RED_SHIFT));
            out.rgb.push_back(static_cast<std::uint8_t>(pixel >> L_GREEN_SHIFT));
            out.rgb.push_back(static_cast<std::uint8_t>(pixel >> L_BLUE_SHIFT));
        }
    }
    return out;
}

PixPtr scaled(Pix* pix, double factor)
{
    const auto f = static_cast<float>(factor);
    return PixPtr(pix == nullptr ? nullptr : pixScale(pix, f, f));
}

} // namespace capture::reader

#pragma once

#include "capture/types.h"

#include <cstdint>
#include <leptonica/allheaders.h>
#include <memory>
#include <span>

namespace capture::reader {

struct PixDelete {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
/// Leptonica's picture, the currency between decoders and OCR. Owned; rows of 32-bit words.
using PixPtr = std::unique_ptr<Pix, PixDelete>;

/// 8 bits of brightness. nullptr where memory does not suffice.
PixPtr to_gray(Pix* pix);
PixPtr to_gray(const Picture& picture);
PixPtr to_gray(int width_px, int height_px, std::span<const std::uint8_t> gray);
/// Colour, transparency on white. Empty where memory does not suffice.
Picture to_picture(Pix* pix);
PixPtr scaled(Pix* pix, double factor);

} // namespace capture::reader

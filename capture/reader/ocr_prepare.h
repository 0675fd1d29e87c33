#pragma once

#include "capture/reader/pix.h"

namespace capture::reader {

/// Median height of what looks like characters, in pixels; 0 where there is none. Dark marks on
/// light ground.
double character_height_px(Pix* gray);

/// A picture as Tesseract likes it: dark on light, characters of about 20 pixels, at most 8 million
/// pixels.
struct PreparedPicture {
    PixPtr gray;
    bool has_marks = false; // anything that could be a character
};
PreparedPicture prepare_for_ocr(Pix* gray);

} // namespace capture::reader

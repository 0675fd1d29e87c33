#pragma once

#include "capture/reader/pix.h"

namespace capture::reader {

/// Median height of what looks like characters, in pixels; 0 where there is none. Dark marks on
/// light ground.
double character_height_px(Pix* gray);

/// How many marks stand in rows with others of their height, as letters do; 0 where that is hardly
/// more than chance. Photographs and textures have few. 1080p: 10 ms.
int count_letters(Pix* gray);

/// A picture as Tesseract likes it: dark on light, characters of about 20 pixels, at most 8 million
/// pixels.
struct PreparedPicture {
    PixPtr gray;
    bool has_marks = false; // anything that could be a character
};
PreparedPicture prepare_for_ocr(Pix* gray);

} // namespace capture::reader

#pragma once

#include "capture/reader/pix.h"
#include "capture/types.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace tesseract {
class TessBaseAPI;
}

namespace capture::reader {

/// What was read of a picture. Boxes are fractions of the picture as it was given, also where it
/// had to be turned.
struct OcrText {
    std::string text; // lines end in \n, paragraphs in \n\n
    std::vector<Word> words;
    float confidence = 0;  // mean of the kept words, 0..1
    int quarter_turns = 0; // clockwise, to stand upright
    std::vector<std::string> warnings;
};

/// Tesseract, loaded at the first picture (0.1 s) and kept. One thread.
class Ocr {
public:
    /// `languages` are Tesseract's names joined by '+'; `per_page` is what one picture may take in
    /// all.
    Ocr(std::string languages, std::chrono::milliseconds per_page);
    ~Ocr();
    Ocr(const Ocr&) = delete;
    Ocr& operator=(const Ocr&) = delete;

    /// What a picture shows, as far as it is known before.
    enum class Layout {
        Page,   // anything, perhaps on its side
        Screen, // columns and areas, upright
        Lines,  // a few lines, upright: PSM_AUTO would lose or misread a single one
    };
    /// Reads an 8-bit picture: text of odd size is scaled first, light text on dark ground
    /// inverted. Where little is found on a Page, the orientation is detected and a second try
    /// made.
    OcrText read(Pix* gray, Layout layout = Layout::Page);

private:
    OcrText recognise(Pix* gray, float& seen);
    bool load(OcrText& out);
    int detect_quarter_turns(Pix* gray);

    std::string languages_;
    std::chrono::milliseconds per_page_;
    std::unique_ptr<tesseract::TessBaseAPI> engine_;
    std::unique_ptr<tesseract::TessBaseAPI> orientation_;
    std::string missing_;
    bool failed_ = false;
};

} // namespace capture::reader

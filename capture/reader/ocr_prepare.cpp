#include "capture/reader/ocr_prepare.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace capture::reader {
namespace {

constexpr double kMaxPixels = 8e6;
constexpr double kSmallCharacters_px =
    12; // below, the recogniser loses accents and confuses e and c
constexpr double kLargeCharacters_px = 40; // above, it only costs time
constexpr double kGoodCharacters_px = 20;

double mean_brightness(Pix* gray)
{
    l_float32 mean = 255;
    pixGetAverageMasked(gray, nullptr, 0, 0, 4, L_MEAN_ABSVAL, &mean);
    return mean;
}

PixPtr to_marks(Pix* gray)
{
    l_int32 threshold = 128;
    Pix* binary = nullptr;
    // Otsu over the whole picture: enough to measure sizes.
    const l_int32 width = pixGetWidth(gray);
    const l_int32 height = pixGetHeight(gray);
    if (pixOtsuAdaptiveThreshold(gray, width, height, 0, 0, 0.1f, nullptr, &binary) != 0) {
        binary = pixThresholdToBinary(gray, threshold);
    }
    return PixPtr(binary);
}

} // namespace

double character_height_px(Pix* gray)
{
    const PixPtr marks = to_marks(gray);
    if (!marks) return 0;
    Boxa* boxes = pixConnCompBB(marks.get(), 8);
    if (boxes == nullptr) return 0;
    std::vector<int> heights;
    const l_int32 count = boxaGetCount(boxes);
    for (l_int32 i = 0; i < count; ++i) {
        l_int32 w = 0;
        l_int32 h = 0;
        boxaGetBoxGeometry(boxes, i, nullptr, nullptr, &w, &h);
        // Dots, rules and pictures are no characters.
        if (h >= 4 && h <= 200 && w >= 2 && w <= 4 * h) heights.push_back(h);
    }
    boxaDestroy(&boxes);
    if (heights.size() < 3) return 0;
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

PreparedPicture prepare_for_ocr(Pix* gray)
{
    PreparedPicture out;
    PixPtr work(mean_brightness(gray) < 110 ? pixInvert(nullptr, gray) : pixClone(gray));
    if (!work) return out;
    const double height = character_height_px(work.get());
    out.has_marks = height > 0;
    const double pixels = double(pixGetWidth(gray)) * double(pixGetHeight(gray));
    double factor = 1;
    if (height > 0 && (height < kSmallCharacters_px || height > kLargeCharacters_px)) {
        factor = std::clamp(kGoodCharacters_px / height, 0.1, 3.0);
    }
    factor = std::min(factor, std::sqrt(kMaxPixels / pixels));
    if (factor < 0.95 || factor > 1.05) work = scaled(work.get(), factor);
    out.gray = std::move(work);
    return out;
}

} // namespace capture::reader

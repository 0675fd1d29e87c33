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

constexpr double kDark = 110; // mean brightness; below, the text is the light part

// Letters of a line that end on the same line and are not far apart. Three make a word; two may be
// chance.
constexpr int kRow = 4;
constexpr int kLettersInARow = 3;
constexpr int kFewLetters = 4;

/// A connected mark that may be a character.
struct Mark {
    int x = 0, y = 0, width = 0, height = 0;
    int bottom() const { return y + height; }
};

bool stand_together(const Mark& left, const Mark& right)
{
    const int tall = std::max(left.height, right.height);
    const int low = std::min(left.height, right.height);
    const int gap = right.x - (left.x + left.width);
    return left.bottom() / kRow == right.bottom() / kRow && low * 5 >= tall * 2 && gap >= -2 &&
           gap <= 2 * tall;
}

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

/// Dark marks of a letter's size: dots, rules and pictures are none.
std::vector<Mark> find_marks(Pix* gray)
{
    std::vector<Mark> out;
    const PixPtr marks = to_marks(gray);
    Boxa* boxes = marks ? pixConnCompBB(marks.get(), 8) : nullptr;
    if (boxes == nullptr) return out;
    const l_int32 count = boxaGetCount(boxes);
    for (l_int32 i = 0; i < count; ++i) {
        l_int32 x = 0, y = 0, w = 0, h = 0;
        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        if (h >= 4 && h <= 200 && w >= 2 && w <= 4 * h) out.push_back({x, y, w, h});
    }
    boxaDestroy(&boxes);
    return out;
}

} // namespace

double character_height_px(Pix* gray)
{
    std::vector<Mark> marks = find_marks(gray);
    if (marks.size() < 3) return 0;
    const auto middle = marks.begin() + static_cast<std::ptrdiff_t>(marks.size() / 2);
    std::nth_element(marks.begin(), middle, marks.end(), [](const Mark& a, const Mark& b) {
        return a.height < b.height;
    });
    return middle->height;
}

int count_letters(Pix* gray)
{
    const PixPtr inverted(mean_brightness(gray) < kDark ? pixInvert(nullptr, gray) : nullptr);
    std::vector<Mark> marks = find_marks(inverted ? inverted.get() : gray);
    // From left to right in rows of a few pixels: a letter's neighbour is among the next ones.
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        const int row_a = a.bottom() / kRow;
        const int row_b = b.bottom() / kRow;
        return row_a != row_b ? row_a < row_b : a.x < b.x;
    });
    int letters = 0;
    int run = 1;
    for (std::size_t i = 1; i <= marks.size(); ++i) {
        if (i < marks.size() && stand_together(marks[i - 1], marks[i])) {
            ++run;
            continue;
        }
        if (run >= kLettersInARow) letters += run;
        run = 1;
    }
    return letters >= kFewLetters ? letters : 0;
}

PreparedPicture prepare_for_ocr(Pix* gray)
{
    PreparedPicture out;
    PixPtr work(mean_brightness(gray) < kDark ? pixInvert(nullptr, gray) : pixClone(gray));
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

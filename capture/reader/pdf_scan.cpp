#include "capture/reader/pdf_scan.h"

#include "capture/reader/ocr_prepare.h"
#include "capture/reader/pdf_render.h"
#include "capture/reader/text_quality.h"

#include <algorithm>

namespace capture::reader {
namespace {

constexpr std::size_t kThinLayer = 200; // characters; a printed page has two thousand
constexpr std::size_t kSomeCharacters = 20;
constexpr double kLookDpi = 40; // to see whether there is ink: 1 ms
constexpr double kReadDpi = 150;
constexpr double kMostDpi = 300;
constexpr std::uint64_t kMaxPixels = 25'000'000;
constexpr double kSomeInk = 0.004; // of the page: two lines of text
constexpr float kGoodConfidence = 0.55f;
constexpr double kWantedCharacters_px = 20;
constexpr double kSmallCharacters_px = 12;

PixPtr draw(const poppler::page& source, double dpi)
{
    const auto picture = render_page(source, dpi, kMaxPixels);
    return picture ? to_gray(*picture) : nullptr;
}

/// Part of the page that is dark and under no word of the layer.
double unread_ink(Pix* gray, const std::vector<Word>& words)
{
    const l_int32 width = pixGetWidth(gray);
    const l_int32 height = pixGetHeight(gray);
    for (const Word& word : words) {
        const auto x = static_cast<l_int32>(word.box.x0 * static_cast<float>(width)) - 1;
        const auto y = static_cast<l_int32>(word.box.y0 * static_cast<float>(height)) - 1;
        const auto w =
            static_cast<l_int32>((word.box.x1 - word.box.x0) * static_cast<float>(width)) + 3;
        const auto h =
            static_cast<l_int32>((word.box.y1 - word.box.y0) * static_cast<float>(height)) + 3;
        BOX* box = boxCreate(std::max(x, 0), std::max(y, 0), w, h);
        pixSetInRect(gray, box);
        boxDestroy(&box);
    }
    const PixPtr dark(pixThresholdToBinary(gray, 160));
    l_float32 part = 0;
    if (dark) pixForegroundFraction(dark.get(), &part);
    // A dark page with light text is all ink; its text is what is not.
    return part > 0.5f ? 1 - part : part;
}

} // namespace

void read_scan(const poppler::page& source, Ocr& ocr, Page& page)
{
    const TextQuality layer = measure_text(page.text);
    const bool garbage = layer.characters > 0 && is_garbage(layer);
    if (layer.characters >= kThinLayer && !garbage) return;
    // Read in the wrong script a page becomes nonsense of the same length: what the layer says is
    // better.
    if (!garbage && layer.characters >= kSomeCharacters && layer.latin < 0.5) return;
    if (!garbage) {
        const PixPtr look = draw(source, kLookDpi);
        if (!look || unread_ink(look.get(), page.words) < kSomeInk) return;
    }
    PixPtr picture = draw(source, kReadDpi);
    if (!picture) return;
    const double height = character_height_px(picture.get());
    if (height > 0 && height < kSmallCharacters_px) {
        picture = draw(source, std::min(kMostDpi, kReadDpi * kWantedCharacters_px / height));
        if (!picture) return;
    }
    OcrText read = ocr.read(picture.get());
    page.warnings.insert(page.warnings.end(), read.warnings.begin(), read.warnings.end());
    const TextQuality seen = measure_text(read.text);
    // A thin layer gives way to much more text only: a photo beside a title must not cost the
    // title.
    const bool better = garbage ? read.confidence >= kGoodConfidence && !is_garbage(seen)
                                : seen.characters > layer.characters + layer.characters / 2;
    if (!better) {
        if (garbage) {
            page.warnings.push_back(
                "The text of this page is encoded in a way that cannot be read.");
        }
        return;
    }
    page.text = std::move(read.text);
    page.words = std::move(read.words);
    page.by_ocr = true;
}

} // namespace capture::reader

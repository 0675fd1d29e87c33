#include "capture/reader/ocr.h"

#include "capture/reader/ocr_prepare.h"
#include "capture/utf8.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

namespace capture::reader {
namespace {

using tesseract::TessBaseAPI;

// Noise of textures and rules comes with low confidence; so does real text in bad scans, which is
// why the bound for words with letters is low.
constexpr float kLeastConfidence = 25;
constexpr float kLeastOfSymbols = 60;
constexpr float kLeastOfLine = 35;
// Below these the picture may lie on its side.
constexpr float kDoubtfulConfidence = 0.75f;
constexpr std::size_t kFewWords = 5;

bool has_letter_or_digit(std::string_view word)
{
    return std::any_of(word.begin(), word.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c >= 0xC3; // other scripts
    });
}

struct Found {
    std::string text;
    Box box;
    float confidence = 0;
    bool new_line = false;
    bool new_paragraph = false;
};

/// The kept words; `seen` is the mean confidence of all, 0..1: upside-down text gives a few that
/// look good.
std::vector<Found> words_of(TessBaseAPI& engine, double width_px, double height_px, float& seen)
{
    std::vector<Found> out;
    float sum = 0;
    int count = 0;
    seen = 0;
    const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
    if (!at || at->Empty(tesseract::RIL_WORD)) return out;
    bool new_line = false;
    bool new_paragraph = false;
    do {
        // Kept over words that are dropped.
        new_line = new_line || at->IsAtBeginningOf(tesseract::RIL_TEXTLINE);
        new_paragraph = new_paragraph || at->IsAtBeginningOf(tesseract::RIL_PARA);
        if (at->Empty(tesseract::RIL_WORD)) continue;
        const std::unique_ptr<char[]> utf8(at->GetUTF8Text(tesseract::RIL_WORD));
        int x0 = 0;
        int y0 = 0;
        int x1 = 0;
        int y1 = 0;
        if (!utf8 || !at->BoundingBox(tesseract::RIL_WORD, &x0, &y0, &x1, &y1)) continue;
        Found word;
        word.text = to_valid_utf8(utf8.get());
        std::erase_if(word.text, [](char c) { return c == '\n' || c == '\t' || c == ' '; });
        word.confidence = at->Confidence(tesseract::RIL_WORD);
        sum += word.confidence / 100;
        ++count;
        const float line = at->Confidence(tesseract::RIL_TEXTLINE);
        const float least = has_letter_or_digit(word.text) ? kLeastConfidence : kLeastOfSymbols;
        if (word.text.empty() || word.confidence < least || line < kLeastOfLine) continue;
        const auto part = [](int value, double whole) { return static_cast<float>(value / whole); };
        word.box =
            {part(x0, width_px), part(y0, height_px), part(x1, width_px), part(y1, height_px)};
        word.new_line = new_line;
        word.new_paragraph = new_paragraph;
        new_line = new_paragraph = false;
        out.push_back(std::move(word));
    } while (at->Next(tesseract::RIL_WORD));
    if (count > 0) seen = sum / static_cast<float>(count);
    return out;
}

OcrText put_together(const std::vector<Found>& words)
{
    OcrText out;
    float sum = 0;
    for (const Found& found : words) {
        if (!out.text.empty()) {
            out.text += found.new_paragraph ? "\n\n" : found.new_line ? "\n" : " ";
        }
        Word word;
        word.begin = static_cast<std::uint32_t>(out.text.size());
        out.text += found.text;
        word.end = static_cast<std::uint32_t>(out.text.size());
        word.box = found.box;
        word.confidence = std::clamp(found.confidence / 100, 0.0f, 1.0f);
        sum += word.confidence;
        out.words.push_back(word);
    }
    if (!out.text.empty()) out.text += '\n';
    if (!out.words.empty()) out.confidence = sum / static_cast<float>(out.words.size());
    return out;
}

/// Where a box of the turned picture lies in the picture as it was given.
Box turned_back(const Box& b, int quarter_turns)
{
    switch (quarter_turns) {
    case 1:
        return {b.y0, 1 - b.x1, b.y1, 1 - b.x0};
    case 2:
        return {1 - b.x1, 1 - b.y1, 1 - b.x0, 1 - b.y0};
    case 3:
        return {1 - b.y1, b.x0, 1 - b.y0, b.x1};
    default:
        return b;
    }
}

double sum_of_confidence(const OcrText& text)
{
    return static_cast<double>(text.confidence) * static_cast<double>(text.words.size());
}

bool is_language_list(const std::string& languages)
{
    return !languages.empty() && std::all_of(languages.begin(), languages.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '+';
    });
}

} // namespace

Ocr::Ocr(std::string languages, std::chrono::milliseconds per_page)
    : languages_(std::move(languages)), per_page_(per_page)
{
}

Ocr::~Ocr() = default;

bool Ocr::load(OcrText& out)
{
    if (!engine_ && !failed_) {
        engine_ = std::make_unique<TessBaseAPI>();
        failed_ = !is_language_list(languages_) ||
                  engine_->Init(nullptr, languages_.c_str(), tesseract::OEM_LSTM_ONLY) != 0;
        if (!failed_) {
            std::vector<std::string> loaded;
            engine_->GetLoadedLanguagesAsVector(&loaded);
            for (std::size_t at = 0; at <= languages_.size();) {
                const std::size_t end = std::min(languages_.find('+', at), languages_.size());
                const std::string one = languages_.substr(at, end - at);
                if (std::find(loaded.begin(), loaded.end(), one) == loaded.end()) missing_ = one;
                at = end + 1;
            }
        }
    }
    if (failed_) missing_ = languages_;
    if (!missing_.empty()) {
        out.warnings.push_back(fmt::format(
            "Text recognition has no language “{}” here; install the package tesseract-ocr-{}.",
            missing_,
            missing_));
    }
    return !failed_;
}

OcrText Ocr::recognise(Pix* gray, float& seen)
{
    engine_->SetImage(gray);
    engine_->SetSourceResolution(150);
    // Textures can keep it busy for minutes. What it has read until then is kept.
    tesseract::ETEXT_DESC monitor;
    monitor.set_deadline_msecs(static_cast<std::int32_t>(per_page_.count() / 3));
    engine_->Recognize(&monitor);
    OcrText out = put_together(words_of(*engine_, pixGetWidth(gray), pixGetHeight(gray), seen));
    if (monitor.deadline_exceeded()) {
        out.warnings.emplace_back("Text recognition took too long and was ended early.");
    }
    engine_->Clear();
    return out;
}

int Ocr::detect_quarter_turns(Pix* gray)
{
    if (!orientation_) {
        orientation_ = std::make_unique<TessBaseAPI>();
        orientation_->Init(nullptr, "osd", tesseract::OEM_TESSERACT_ONLY);
        orientation_->SetPageSegMode(tesseract::PSM_OSD_ONLY);
    }
    orientation_->SetImage(gray);
    orientation_->SetSourceResolution(150);
    int degrees = 0;
    float sure = 0;
    const char* script = nullptr;
    float script_sure = 0;
    if (!orientation_->DetectOrientationScript(&degrees, &sure, &script, &script_sure)) return 0;
    orientation_->Clear();
    // Degrees that the text is turned counter-clockwise; the picture has to be turned back
    // clockwise.
    return sure > 1 ? ((360 - degrees) / 90) % 4 : 0;
}

OcrText Ocr::read(Pix* gray, Layout layout)
{
    OcrText nothing;
    const PreparedPicture prepared = prepare_for_ocr(gray);
    if (!prepared.gray || !prepared.has_marks || !load(nothing)) return nothing;
    const bool lines = layout == Layout::Lines;
    engine_->SetPageSegMode(lines ? tesseract::PSM_SINGLE_BLOCK : tesseract::PSM_AUTO);
    float seen = 0;
    OcrText text = recognise(prepared.gray.get(), seen);
    const bool doubtful = seen < kDoubtfulConfidence || text.words.size() < kFewWords;
    if (doubtful && layout == Layout::Page) {
        const int turns = detect_quarter_turns(prepared.gray.get());
        const PixPtr turned(turns == 0 ? nullptr : pixRotateOrth(prepared.gray.get(), turns));
        if (turned) {
            OcrText upright = recognise(turned.get(), seen);
            if (sum_of_confidence(upright) > sum_of_confidence(text)) {
                for (Word& word : upright.words) word.box = turned_back(word.box, turns);
                text = std::move(upright);
                text.quarter_turns = turns;
            }
        }
    }
    text.warnings.insert(text.warnings.end(), nothing.warnings.begin(), nothing.warnings.end());
    return text;
}

} // namespace capture::reader

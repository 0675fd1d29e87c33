#pragma once

#include "capture/reader/document.h"
#include "capture/reader/ocr.h"

#include <memory>
#include <poppler-document.h>
#include <poppler-page.h>

namespace capture::reader {

/// PDF by poppler. Scripts, links and attachments are never looked at.
class PdfDocument final : public Document {
public:
    /// Errors: PasswordNeeded, BadFile, LimitExceeded.
    static Result<std::unique_ptr<Document>> open(Input& input);

    const FileInfo& info() const override { return info_; }
    Result<void> read_pages(int first, int last, Output& output) override;
    Result<Picture> render(int page, const DrawSize& size) override;

private:
    PdfDocument(Input& input, std::unique_ptr<poppler::document> pdf);

    Page read_page(int number);
    std::unique_ptr<poppler::page> load_page(int number) const;

    Input& input_;
    std::string salvaged_; // what pdf_ reads where the file itself could not be; outlives it
    std::unique_ptr<poppler::document> pdf_;
    Ocr ocr_;
    FileInfo info_;
};

/// The size of a page as it is shown: its crop box, turned as the page asks. 1/72 inch.
struct PageSize {
    double width_pt = 0;
    double height_pt = 0;
};
PageSize shown_size(const poppler::page& page);

} // namespace capture::reader

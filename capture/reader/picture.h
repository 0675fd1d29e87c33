#pragma once

#include "capture/reader/document.h"
#include "capture/reader/ocr.h"
#include "capture/reader/pix.h"

namespace capture::reader {

/// PNG, JPEG, WebP, GIF (first picture), TIFF (each page), BMP, HEIC and AVIF. Sizes are read from
/// the header and compared with the limit before a pixel is decoded.
class PictureDocument final : public Document {
public:
    /// Errors: BadFile, UnsupportedFile, LimitExceeded.
    static Result<std::unique_ptr<Document>> open(Input& input);
    static Result<std::unique_ptr<Document>> open_heif(Input& input);

    const FileInfo& info() const override { return info_; }
    Result<void> read_pages(int first, int last, Output& output) override;
    Result<Picture> render(int page, const DrawSize& size) override;

private:
    explicit PictureDocument(Input& input);

    /// Upright. The picture read last is kept: a page is often read and then shown.
    Result<Pix*> load(int page);

    Input& input_;
    FileInfo info_;
    bool is_heif_ = false;
    Ocr ocr_;
    PixPtr loaded_;
    int loaded_page_ = 0;
};

/// Decodes HEIC or AVIF, turned upright. `max_pixels` is checked before decoding; `format` is set.
Result<PixPtr> decode_heif(
    std::span<const std::byte> bytes,
    std::uint64_t max_pixels,
    const std::string& name,
    std::string& format);

} // namespace capture::reader

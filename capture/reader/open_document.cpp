#include "capture/reader/document.h"
#include "capture/reader/media_document.h"
#include "capture/reader/office_file.h"
#include "capture/reader/pdf.h"
#include "capture/reader/picture.h"
#include "capture/reader/sniff.h"
#include "capture/reader/text_file.h"

#include <fmt/format.h>

namespace capture::reader {

Result<void> Document::read_pages(int, int, Output&)
{
    return fail(ErrorCode::UnsupportedFile, "This file has no pages.");
}

Result<void> Document::read_media(const MediaRange&, Output&)
{
    return fail(ErrorCode::UnsupportedFile, "This file is no recording.");
}

Result<void> Document::play(const PlayRange&, PlayOutput&)
{
    return fail(ErrorCode::UnsupportedFile, "This file is no recording.");
}

Result<void> Document::find_frame(const FrameQuery&, PlayOutput&)
{
    return fail(ErrorCode::UnsupportedFile, "This file is no recording.");
}

Result<Picture> Document::render(int, const DrawSize&)
{
    return fail(ErrorCode::UnsupportedFile, "This file has no pages that can be shown.");
}

Result<std::unique_ptr<Document>> open_document(Input& input)
{
    const std::string& name = input.options().name;
    switch (sniff(input.head())) {
    case Content::Empty:
        return fail(
            ErrorCode::BadFile,
            fmt::format("{} is empty.", name),
            "It may still be downloading, or was saved without content.");
    case Content::Pdf:
        return PdfDocument::open(input);
    case Content::Picture:
        return PictureDocument::open(input);
    case Content::HeifPicture:
        return PictureDocument::open_heif(input);
    case Content::Media:
        return MediaDocument::open(input);
    case Content::Zip:
        return OfficeDocument::open_zip(input);
    case Content::OldOffice:
        return OfficeDocument::open_old(input);
    case Content::Rtf:
        return OfficeDocument::of_format("RTF");
    case Content::Other:
        break;
    }
    return TextDocument::open(input);
}

} // namespace capture::reader

#pragma once

#include "capture/reader/document.h"
#include "capture/reader/media/media_file.h"
#include "capture/reader/ocr.h"

namespace capture::reader {

/// A recording as a Document: the stretch that is asked for, in blocks that the protocol carries.
class MediaDocument final : public Document {
public:
    /// Errors: BadFile, UnsupportedFile, LimitExceeded.
    static Result<std::unique_ptr<Document>> open(Input& input);

    const FileInfo& info() const override { return media_->info(); }
    Result<void> read_media(const MediaRange& range, Output& output) override;
    Result<void> play(const PlayRange& range, PlayOutput& output) override;
    Result<void> find_frame(const FrameQuery& query, PlayOutput& output) override;

private:
    MediaDocument(const Input& input, std::unique_ptr<MediaFile> media);

    std::unique_ptr<MediaFile> media_;
    Ocr ocr_;
};

} // namespace capture::reader

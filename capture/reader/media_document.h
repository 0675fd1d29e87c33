#pragma once

#include "capture/reader/document.h"
#include "capture/reader/media/media_file.h"

namespace capture::reader {

/// A recording as a Document: the stretch that is asked for, in blocks that the protocol carries.
class MediaDocument final : public Document {
public:
    /// Errors: BadFile, UnsupportedFile, LimitExceeded.
    static Result<std::unique_ptr<Document>> open(Input& input);

    const FileInfo& info() const override { return media_->info(); }
    Result<void> read_media(const MediaRange& range, Output& output) override;

private:
    MediaDocument(Input& input, std::unique_ptr<MediaFile> media)
        : input_(input), media_(std::move(media))
    {
    }

    Input& input_;
    std::unique_ptr<MediaFile> media_;
};

} // namespace capture::reader

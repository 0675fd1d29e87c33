#pragma once

#include "capture/reader/input.h"
#include "capture/reader_client.h"
#include "capture/result.h"
#include "capture/types.h"

#include <memory>
#include <string>

namespace capture::reader {

/// Where a document sends what it reads. Each call blocks until the client has room (two pages or
/// frames, two seconds of sound), so nothing piles up here. Values are cleaned on the way (UTF-8,
/// boxes, lengths); blocks of sound hold at most kMaxBlockSamples. Throws ClientGone when the
/// client has ended.
class Output {
public:
    virtual ~Output() = default;
    virtual void page(Page page) = 0;
    virtual void frame(Frame frame) = 0;
    virtual void sound(const AudioBlock& block) = 0;
    virtual void progress(double done, double total) = 0; // pages, or seconds
    virtual void warning(std::string sentence) = 0;
};

/// Where a recording that is played goes. Each call blocks until the client has room; false: the
/// client wants no more of it. Throws ClientGone.
class PlayOutput {
public:
    virtual ~PlayOutput() = default;
    virtual bool play_sound(const PlaySound& block) = 0;
    virtual bool play_frame(const PlayFrame& frame) = 0;
    virtual bool wanted() = 0; // asked often; never blocks
    virtual void warning(std::string sentence) = 0;
};

/// Thrown by Output; only the server catches it.
struct ClientGone {};

/// How large a page is drawn: as wide as `width_px`, or where that is 0 at `dpi`.
struct DrawSize {
    double dpi = 0; // pictures: 0 gives their own pixels
    int width_px = 0;
};

/// One opened file of one kind: pdf.h, picture.h, text_file.h, office_file.h, media.h. Used by one
/// thread. Errors are sentences about the file (BadFile, UnsupportedFile, PasswordNeeded,
/// LimitExceeded); libraries' exceptions are caught by the server and are BadFile too.
class Document {
public:
    virtual ~Document() = default;
    virtual const FileInfo& info() const = 0;
    /// `first` and `last` lie within info().pages.
    virtual Result<void> read_pages(int first, int last, Output& output);
    virtual Result<void> read_media(const MediaRange& range, Output& output);
    virtual Result<void> play(const PlayRange& range, PlayOutput& output);
    /// The frame that answers, sent last.
    virtual Result<void> find_frame(const FrameQuery& query, PlayOutput& output);
    virtual Result<Picture> render(int page, const DrawSize& size);
};

/// Opens the document by what its content says it is.
Result<std::unique_ptr<Document>> open_document(Input& input);

} // namespace capture::reader

#include "capture/reader/media_document.h"

#include "capture/reader/protocol.h"

namespace capture::reader {

MediaDocument::MediaDocument(const Input& input, std::unique_ptr<MediaFile> media)
    : media_(std::move(media)),
      ocr_(
          input.options().ocr_language,
          std::chrono::duration_cast<std::chrono::milliseconds>(input.limits().per_page))
{
}

Result<std::unique_ptr<Document>> MediaDocument::open(Input& input)
{
    MediaLimits limits;
    limits.max_pixels = static_cast<std::int64_t>(input.limits().max_pixels);
    auto media = MediaFile::open(input.fd(), limits);
    if (!media) return tl::unexpected(media.error());
    return std::unique_ptr<Document>(new MediaDocument(input, std::move(*media)));
}

Result<void> MediaDocument::read_media(const MediaRange& range, Output& output)
{
    MediaRequest request;
    request.start_s = range.start_s;
    request.end_s = range.end_s;
    request.sound = range.sound;
    request.pictures = range.frames;
    request.max_width_px = range.max_frame_width_px;
    request.audio_stream = range.audio_stream;
    request.want_gray = range.frame_text;

    MediaSink sink;
    sink.on_sound = [&](const AudioBlock& block) -> Result<void> {
        output.sound(block);
        return {};
    };
    sink.on_picture = [&](double time_s, Picture picture, GrayPicture full) -> Result<void> {
        Frame frame;
        frame.time_s = time_s;
        frame.picture = std::move(picture);
        if (!full.gray.empty()) {
            // From the full size: letters of a screen are too small in the picture that is kept.
            const PixPtr gray = to_gray(full.width_px, full.height_px, full.gray);
            OcrText read = gray ? ocr_.read(gray.get()) : OcrText{};
            frame.text = std::move(read.text);
            frame.words = std::move(read.words);
        }
        output.frame(std::move(frame));
        return {};
    };
    sink.on_progress = [&](double done_s, double total_s) { output.progress(done_s, total_s); };
    sink.on_warning = [&](std::string sentence) { output.warning(std::move(sentence)); };
    return media_->read(request, sink);
}

} // namespace capture::reader

#include "capture/reader/media_document.h"

#include "capture/reader/protocol.h"

namespace capture::reader {

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

    MediaSink sink;
    sink.on_sound = [&](const AudioBlock& block) -> Result<void> {
        output.sound(block);
        return {};
    };
    sink.on_picture = [&](double time_s, Picture picture, GrayPicture) -> Result<void> {
        Frame frame;
        frame.time_s = time_s;
        frame.picture = std::move(picture);
        output.frame(std::move(frame));
        return {};
    };
    sink.on_progress = [&](double done_s, double total_s) { output.progress(done_s, total_s); };
    sink.on_warning = [&](std::string sentence) { output.warning(std::move(sentence)); };
    return media_->read(request, sink);
}

} // namespace capture::reader

#include "capture/reader/media_document.h"

#include "capture/reader/frame_text.h"
#include "capture/reader/protocol.h"

#include <fmt/format.h>

namespace capture::reader {
namespace {

void tell_coverage(const FrameCoverage& coverage, Output& output)
{
    if (coverage.unread == 0) return;
    const int looked_at = coverage.all() - coverage.without;
    output.warning(fmt::format(
        "The text on {} of {} pictures was read; on {} too much changed too fast for the time that "
        "reading may take, and what only they show cannot be found.",
        looked_at - coverage.unread,
        looked_at,
        coverage.unread));
}

PlaySink sink_to(PlayOutput& output)
{
    PlaySink sink;
    sink.on_sound = [&](const PlaySound& block) { return output.play_sound(block); };
    sink.on_frame = [&](const PlayFrame& frame) { return output.play_frame(frame); };
    sink.wanted = [&] { return output.wanted(); };
    sink.on_warning = [&](std::string sentence) { output.warning(std::move(sentence)); };
    return sink;
}

} // namespace

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

    FrameTextThread texts(ocr_, {});
    const auto send_finished = [&](bool wait) {
        while (std::optional<Frame> frame = texts.take(wait)) output.frame(std::move(*frame));
    };
    MediaSink sink;
    sink.on_sound = [&](const AudioBlock& block) -> Result<void> {
        send_finished(false);
        output.sound(block);
        return {};
    };
    sink.on_picture = [&](double time_s, Picture picture, GrayPicture full) -> Result<void> {
        Frame frame;
        frame.time_s = time_s;
        frame.picture = std::move(picture);
        if (full.gray.empty()) {
            output.frame(std::move(frame));
            return {};
        }
        while (texts.is_full()) {
            if (std::optional<Frame> done = texts.take(true)) output.frame(std::move(*done));
        }
        texts.put(std::move(frame), std::move(full));
        send_finished(false);
        return {};
    };
    sink.on_progress = [&](double done_s, double total_s) { output.progress(done_s, total_s); };
    sink.on_warning = [&](std::string sentence) { output.warning(std::move(sentence)); };
    Result<void> read = media_->read(request, sink);
    send_finished(true);
    for (const std::string& warning : texts.text().warnings()) output.warning(warning);
    tell_coverage(texts.text().coverage(), output);
    return read;
}

Result<void> MediaDocument::play(const PlayRange& range, PlayOutput& output)
{
    return media_->play(range, sink_to(output));
}

Result<void> MediaDocument::find_frame(const FrameQuery& query, PlayOutput& output)
{
    const auto frame = media_->find_frame(query, sink_to(output));
    if (!frame) return tl::unexpected(frame.error());
    if (*frame) output.play_frame(**frame);
    return {};
}

} // namespace capture::reader

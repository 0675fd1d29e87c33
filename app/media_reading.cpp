#include "app/media_reading.h"

#include "app/convert.h"
#include "app/jpeg.h"
#include "app/own_model.h"
#include "app/text.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace app {

MediaReading::MediaReading(IngestContext& context, IngestFile file, IngestedSource& into)
    : context_(context), file_(std::move(file)), into_(into),
      began_(std::chrono::steady_clock::now()), builder_(into.source)
{
}

Result<capture::MediaRange> MediaReading::range_to_read(const capture::FileInfo& info)
{
    const auto segments = context_.library.segments(into_.source.id);
    if (!segments) return tl::unexpected(segments.error());
    const auto frames = context_.library.frames(into_.source.id);
    if (!frames) return tl::unexpected(frames.error());
    if (!segments->empty()) heard_before_s_ = segments->back().end_s;
    if (!frames->empty()) {
        seen_before_s_ = frames->back().time_s;
        last_frame_text_ = one_line(frames->back().text);
    }
    capture::MediaRange range;
    range.sound = std::any_of(info.streams.begin(), info.streams.end(), [](const auto& stream) {
        return stream.kind == "audio";
    });
    range.frames = info.kind == capture::FileKind::Video;
    range.start_s = range.sound ? heard_before_s_ : std::max(0.0, seen_before_s_);
    if (range.frames) range.start_s = std::min(range.start_s, std::max(0.0, seen_before_s_));
    return range;
}

Result<void> MediaReading::run(capture::FileReader& reader)
{
    auto range = range_to_read(reader.info());
    if (!range) {
        context_.give_up(range.error());
        return tl::unexpected(range.error());
    }
    Result<std::shared_ptr<engine::SpeechRecognizer>> recognizer{nullptr}; // outlives the listener
    std::unique_ptr<Listener> listener;
    if (range->sound) {
        const auto own = listening_model(context_.library);
        if (!own) {
            context_.give_up(own.error());
            return tl::unexpected(own.error());
        }
        recognizer = context_.engines.speech(*own);
        if (!recognizer && !range->frames) return tl::unexpected(recognizer.error());
        if (!recognizer) { // a video: its pictures are worth having
            range->sound = false;
            into_.source.warnings.push_back(
                recognizer.error().message + " " + recognizer.error().hint);
        } else {
            listens_ = true;
            ListenOptions options;
            options.source = into_.source.id;
            options.start_s = heard_before_s_;
            options.language = context_.request.speech_language;
            ListenHandler handler;
            handler.on_segments = [this](std::vector<storage::Segment> s) {
                store_segments(std::move(s));
            };
            handler.on_progress = [this](double heard_s) { progress(heard_s); };
            handler.on_gap = [this](SoundGap gap) { store_gap(gap); };
            listener = std::make_unique<Listener>(
                **recognizer,
                std::move(options),
                std::move(handler),
                file_.stop);
        }
    }
    auto read_all = read(reader, *range, listener.get());
    Result<std::string> heard = listener ? listener->finish() : Result<std::string>{std::string{}};
    {
        const std::lock_guard lock{mutex_};
        const auto rest = builder_.finish();
        if (!rest.empty()) stored(context_.library.add_segments(into_.source.id, {}, rest));
    }
    if (!heard && heard.error().code != ErrorCode::Cancelled) return tl::unexpected(heard.error());
    if (!read_all) return read_all;
    if (!heard) return tl::unexpected(heard.error());
    return {};
}

Result<void> MediaReading::read(
    capture::FileReader& reader,
    const capture::MediaRange& range,
    Listener* listener)
{
    // Its own stop: a recogniser that fails ends the reading of this file only.
    std::stop_source stop;
    const std::stop_callback passed_on{file_.stop, [&stop] { stop.request_stop(); }};
    capture::ReadHandler handler;
    handler.on_frame = [this](const capture::Frame& frame) { store_frame(frame); };
    handler.on_sound = [&](const capture::AudioBlock& block) {
        if (listener != nullptr && !listener->add(block)) stop.request_stop();
    };
    handler.on_progress = [this](double done_s, double /*total_s*/) {
        if (!listens_) progress(done_s);
    };
    handler.on_warning = [this](std::string sentence) {
        const std::lock_guard lock{mutex_};
        into_.source.warnings.push_back(std::move(sentence));
    };
    return reader.read_media(range, handler, stop.get_token());
}

void MediaReading::progress(double done_s)
{
    context_.reporter.progress(
        file_,
        listens_ ? IngestPhase::Listening : IngestPhase::Reading,
        done_s,
        into_.source.duration_s,
        began_,
        listens_ ? heard_before_s_ : std::max(0.0, seen_before_s_));
}

void MediaReading::stored(const Result<std::vector<storage::PassageId>>& ids)
{
    if (!ids) return context_.give_up(ids.error());
    into_.passages += static_cast<int>(ids->size());
    context_.vectors.added(static_cast<int>(ids->size()));
}

void MediaReading::store_frame(const capture::Frame& frame)
{
    if (frame.time_s <= seen_before_s_) return;
    const auto image = encode_jpeg(frame.picture);
    const std::lock_guard lock{mutex_};
    if (!image) {
        into_.source.warnings.push_back(image.error().message);
        return;
    }
    const storage::Frame like = to_storage(frame, into_.source.id);
    // A slide that stays is one passage, at the moment it came.
    std::string text = one_line(like.text);
    std::vector<storage::Passage> passages;
    if (text != last_frame_text_) passages = builder_.add_frame(like);
    last_frame_text_ = std::move(text);
    stored(context_.library.add_frame(like, *image, passages));
    ++into_.frames;
}

void MediaReading::store_segments(std::vector<storage::Segment> segments)
{
    const std::lock_guard lock{mutex_};
    const auto passages = builder_.add_segments(segments);
    stored(context_.library.add_segments(into_.source.id, segments, passages));
    into_.segments += static_cast<int>(segments.size());
}

void MediaReading::store_gap(SoundGap gap)
{
    const auto added = context_.library.add_gap(
        {into_.source.id, gap.start_s, gap.end_s, "the file holds no sound for this time"});
    if (!added) context_.give_up(added.error());
}

} // namespace app

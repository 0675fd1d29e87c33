#include "app/transcribe_job.h"

#include "app/listener.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace app {
namespace {

/// Reads the sound into the listener. A stop of the user and a recogniser that failed both end the
/// reading.
Result<void> read_sound(
    capture::FileReader& reader,
    Listener& listener,
    std::vector<std::string>& warnings,
    const std::stop_token& stop)
{
    std::stop_source own;
    const std::stop_callback passed_on{stop, [&own] { own.request_stop(); }};
    capture::MediaRange range;
    range.frames = false;
    range.frame_text = false;
    capture::ReadHandler handler;
    handler.on_sound = [&](const capture::AudioBlock& block) {
        if (!listener.add(block)) own.request_stop();
    };
    handler.on_warning = [&](std::string sentence) { warnings.push_back(std::move(sentence)); };
    return reader.read_media(range, handler, own.get_token());
}

} // namespace

Result<Transcript> transcribe(
    const TranscribeRequest& request,
    Engines& engines,
    const TranscribeObserver& observer,
    const std::stop_token& stop)
{
    auto reader = capture::FileReader::open(
        request.file,
        {request.file.filename().string(), "", "eng"},
        request.reader,
        stop);
    if (!reader) return tl::unexpected(reader.error());
    const capture::FileInfo& info = (*reader)->info();
    const bool has_sound =
        std::any_of(info.streams.begin(), info.streams.end(), [](const auto& stream) {
            return stream.kind == "audio";
        });
    if (!has_sound) {
        return fail(
            ErrorCode::UnsupportedFile,
            fmt::format("{} has no sound ({}).", request.file.string(), info.format),
            "Give a recording or a video with sound.");
    }
    const auto recognizer = engines.speech(request.own_model);
    if (!recognizer) return tl::unexpected(recognizer.error());

    const auto began = std::chrono::steady_clock::now();
    Transcript transcript;
    transcript.duration_s = info.duration_s;
    ListenOptions options;
    options.language = request.language;
    options.word_times = request.word_times;
    options.priority = engine::Priority::Interactive;
    ListenHandler handler;
    handler.on_segments = [&](std::vector<storage::Segment> segments) {
        if (observer.on_segments) observer.on_segments(segments);
        for (auto& segment : segments) transcript.segments.push_back(std::move(segment));
    };
    handler.on_progress = [&](double heard_s) {
        if (observer.on_progress) observer.on_progress(heard_s, info.duration_s);
    };
    handler.on_gap = [&](SoundGap gap) { transcript.gaps.push_back(gap); };
    Listener listener{**recognizer, std::move(options), std::move(handler), stop};
    const auto read = read_sound(**reader, listener, transcript.warnings, stop);
    const auto heard = listener.finish();

    transcript.elapsed_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    transcript.cancelled = stop.stop_requested();
    if (heard)
        transcript.language = *heard;
    else if (!transcript.segments.empty())
        transcript.language = transcript.segments.front().language;
    if (transcript.cancelled) return transcript;
    if (!heard) return tl::unexpected(heard.error());
    if (!read) return tl::unexpected(read.error());
    if (transcript.language.empty() && !transcript.segments.empty()) {
        transcript.language = transcript.segments.front().language;
    }
    return transcript;
}

} // namespace app

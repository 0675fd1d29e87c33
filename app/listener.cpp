#include "app/listener.h"

#include "app/convert.h"

#include <future>
#include <utility>

namespace app {

Listener::Listener(
    engine::SpeechRecognizer& recognizer,
    ListenOptions options,
    ListenHandler handler,
    std::stop_token stop)
    : recognizer_(recognizer), options_(std::move(options)), handler_(std::move(handler)),
      stop_(std::move(stop)), pieces_(options_.start_s), thread_([this] { run(); })
{
}

Listener::~Listener()
{
    {
        const std::lock_guard lock{mutex_};
        complete_ = true;
        next_.reset();
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Listener::add(const capture::AudioBlock& block)
{
    pieces_.add(block);
    for (const SoundGap gap : pieces_.take_gaps()) handler_.on_gap(gap);
    while (auto piece = pieces_.take()) hand_over(std::move(piece));
    const std::lock_guard lock{mutex_};
    return !error_;
}

void Listener::hand_over(std::optional<SoundPiece> piece)
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return !next_ || error_; });
    if (!error_) next_ = std::move(piece);
    changed_.notify_all();
}

Result<std::string> Listener::finish()
{
    pieces_.finish();
    while (auto piece = pieces_.take()) hand_over(std::move(piece));
    {
        const std::lock_guard lock{mutex_};
        complete_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (error_) return tl::unexpected(*error_);
    return options_.language;
}

void Listener::run()
{
    while (true) {
        SoundPiece piece;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return next_ || complete_; });
            if (!next_) return;
            piece = std::move(*next_);
            next_.reset();
        }
        changed_.notify_all();
        recognise(std::move(piece));
        const std::lock_guard lock{mutex_};
        if (error_) {
            next_.reset();
            changed_.notify_all();
            return;
        }
    }
}

void Listener::recognise(SoundPiece piece)
{
    const double start_s = piece.start_s;
    const double end_s = piece.end_s();
    std::vector<engine::RecognizedSegment>
        heard; // written on the engine thread until `done` is set
    std::promise<Result<engine::SpeechFinish>> done;
    auto finished = done.get_future();

    engine::SpeechRequest request;
    request.sound.samples = std::move(piece.samples);
    request.language = options_.language;
    request.word_times = options_.word_times;
    request.priority = options_.priority;
    request.stop = stop_;
    engine::SpeechHandler handler;
    handler.on_segment = [&](const engine::RecognizedSegment& segment) {
        heard.push_back(segment);
    };
    handler.on_progress = [&](double done_s, double /*total_s*/) {
        if (handler_.on_progress) handler_.on_progress(start_s + done_s);
    };
    handler.on_done = [&](Result<engine::SpeechFinish> result) {
        done.set_value(std::move(result));
    };
    const auto submitted = recognizer_.submit(std::move(request), std::move(handler));
    const Result<engine::SpeechFinish> finish =
        submitted ? finished.get()
                  : Result<engine::SpeechFinish>{tl::unexpected(submitted.error())};

    // Whisper's guess on a few words is weak; what was said for a while decides for the rest of the
    // file.
    if (finish && options_.language.empty() && !heard.empty() &&
        finish->language_probability > 0.5) {
        options_.language = finish->language;
    }
    if (!heard.empty()) {
        const std::string language = finish ? finish->language : options_.language;
        std::vector<storage::Segment> segments;
        segments.reserve(heard.size());
        for (const auto& segment : heard)
            segments.push_back(to_storage(segment, options_.source, start_s, language));
        handler_.on_segments(std::move(segments));
    }
    if (!finish) {
        const std::lock_guard lock{mutex_};
        error_ = finish.error();
        changed_.notify_all();
        return;
    }
    if (handler_.on_progress) handler_.on_progress(end_s);
}

} // namespace app

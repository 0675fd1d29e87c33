#include "engine/models/parakeet/transcription.h"

#include "engine/models/fastconformer/sound_tower.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace engine::parakeet {
namespace {

using fastconformer::kClipSamples;
constexpr std::int64_t kFrameSamples = 160; // of the clips' 10 ms

/// Windows of 30 s for sound that nobody cut in pauses: 10 s before and 5 s behind each 15 s.
constexpr ChunkPlan kLongSound = {125, 187, 62};
static_assert(
    (kLongSound.left + kLongSound.chunk + kLongSound.right) * kRowSamples <= kClipSamples);

sound::SpanRules span_rules()
{
    sound::SpanRules rules;
    rules.max_speech = sound::kLongestSpan;
    return rules;
}

double seconds(std::int64_t samples)
{
    return static_cast<double>(samples) / kSampleRateHz;
}

} // namespace

Transcription::Transcription(
    Worker& worker,
    std::shared_ptr<Model> model,
    SpeechRequest request,
    SpeechHandler handler)
    : worker_(worker), model_(std::move(model)), request_(std::move(request)),
      handler_(std::move(handler)), gated_(request_.skip_silence && model_->detector != nullptr),
      spans_finder_(span_rules())
{
    // One not-a-number would spread over every feature of its window.
    for (float& sample : request_.sound.samples)
        if (!std::isfinite(sample)) sample = 0;
}

Worker::Job Transcription::job()
{
    Worker::Job next;
    next.run = [self = shared_from_this()](kernels::Backend& backend) { self->run(backend); };
    next.failed = [self = shared_from_this()](Error error) {
        self->finish(tl::unexpected<Error>(std::move(error)));
    };
    next.priority = request_.priority;
    next.stop = request_.stop;
    next.owner = owner_;
    return next;
}

Result<void> Transcription::start(const void* owner)
{
    owner_ = owner;
    return worker_.post(job());
}

void Transcription::finish(Result<SpeechFinish> result)
{
    if (std::exchange(done_, true)) return;
    if (handler_.on_done) handler_.on_done(std::move(result));
}

void Transcription::run(kernels::Backend& backend)
{
    const auto stopped = [&] {
        finish(fail(ErrorCode::Cancelled, "The transcription was stopped."));
    };
    if (request_.stop.stop_requested()) return stopped();
    const auto samples = static_cast<std::int64_t>(request_.sound.samples.size());
    if (gated_ && listened_ < samples) {
        listen(backend);
        return worker_.post_rest(job());
    }
    if (!found_) find_stretches();
    if (stretch_ < stretches_.size() && !hear(backend)) return stopped();
    if (stretch_ < stretches_.size()) return worker_.post_rest(job());
    finish(summary());
}

void Transcription::listen(kernels::Backend& backend)
{
    const auto begin = std::chrono::steady_clock::now();
    // Whole chunks of the detector, 30 s and a little less.
    constexpr std::int64_t kPart =
        kClipSamples / silero_vad::Detector::kChunk * silero_vad::Detector::kChunk;
    const std::span<const float> all(request_.sound.samples);
    const std::int64_t count = std::min(kPart, static_cast<std::int64_t>(all.size()) - listened_);
    const auto part =
        all.subspan(static_cast<std::size_t>(listened_), static_cast<std::size_t>(count));
    std::vector<float> probabilities;
    model_->detector->listen(backend, memory_, part, probabilities);
    for (const float probability : probabilities) spans_finder_.feed(probability);
    listened_ += count;
    usage_.prefill += std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
}

void Transcription::find_stretches()
{
    found_ = true;
    const auto samples = static_cast<std::int64_t>(request_.sound.samples.size());
    if (!gated_) {
        speech_ = samples;
        if (samples > 0) stretches_.push_back({0, samples});
        return;
    }
    const auto spans = spans_finder_.finish(samples);
    for (const auto& span : spans) speech_ += span.end - span.start;
    const std::int64_t frames = (samples + kFrameSamples - 1) / kFrameSamples;
    for (const sound::Clip& clip : sound::make_clips(spans, frames))
        stretches_.push_back(
            {clip.first * kFrameSamples, std::min(clip.end * kFrameSamples, samples)});
}

bool Transcription::hear(kernels::Backend& backend)
{
    const Stretch& stretch = stretches_[stretch_];
    const std::int64_t length = stretch.end - stretch.begin;
    if (!hearing_)
        hearing_.emplace(
            *model_,
            length <= kClipSamples ? kOneWindow : kLongSound,
            seconds(stretch.begin));
    const auto samples =
        std::span<const float>(request_.sound.samples)
            .subspan(static_cast<std::size_t>(stretch.begin), static_cast<std::size_t>(length));
    const auto step = hearing_->step(backend, samples, 0, true, request_.stop, usage_);
    if (step == Hearing::Step::Stopped) return false;
    hand_over();
    if (handler_.on_progress) {
        const bool last = step == Hearing::Step::Done && stretch_ + 1 == stretches_.size();
        const auto total = static_cast<std::int64_t>(request_.sound.samples.size());
        handler_.on_progress(
            seconds(last ? total : stretch.begin + hearing_->heard()),
            seconds(total));
    }
    if (step == Hearing::Step::Done) {
        hearing_.reset();
        ++stretch_;
    }
    return true;
}

void Transcription::hand_over()
{
    hearing_->words().take_words(); // they come with their segments
    for (RecognizedSegment& segment : hearing_->words().take_segments()) {
        if (!request_.word_times) segment.words.clear();
        if (handler_.on_segment) handler_.on_segment(segment);
    }
    if (!hearing_->words().language().empty()) language_ = hearing_->words().language();
}

SpeechFinish Transcription::summary() const
{
    SpeechFinish summary;
    // These models find the language by themselves, and few say which it was.
    summary.language = language_.empty() ? request_.language : language_;
    summary.language_probability = language_.empty() ? 0 : 1;
    summary.speech_s = seconds(speech_);
    summary.usage = usage_;
    return summary;
}

} // namespace engine::parakeet

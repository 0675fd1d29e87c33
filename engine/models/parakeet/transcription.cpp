#include "engine/models/parakeet/transcription.h"

#include "engine/models/fastconformer/sound_tower.h"

#include <algorithm>
#include <chrono>
#include <iterator>
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
    std::shared_ptr<Model> model,
    SpeechRequest request,
    SpeechHandler handler)
    : SpeechTask(std::move(request), std::move(handler)), model_(std::move(model)),
      gated_(this->request().skip_silence && model_->detector != nullptr),
      spans_finder_(span_rules())
{
}

SpeechTask::Step Transcription::step(kernels::Backend& backend)
{
    if (gated_ && listened_ < std::ssize(samples())) {
        listen(backend);
        return Step::More;
    }
    if (!found_) find_stretches();
    if (stretch_ < stretches_.size() && !hear(backend)) return Step::Stopped;
    return stretch_ < stretches_.size() ? Step::More : Step::Done;
}

void Transcription::listen(kernels::Backend& backend)
{
    const auto begin = std::chrono::steady_clock::now();
    // Whole chunks of the detector, 30 s and a little less.
    constexpr std::int64_t kPart =
        kClipSamples / silero_vad::Detector::kChunk * silero_vad::Detector::kChunk;
    const std::int64_t count = std::min<std::int64_t>(kPart, std::ssize(samples()) - listened_);
    const auto part =
        samples().subspan(static_cast<std::size_t>(listened_), static_cast<std::size_t>(count));
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
    const std::int64_t all = std::ssize(samples());
    if (!gated_) {
        speech_ = all;
        if (all > 0) stretches_.push_back({0, all});
        return;
    }
    const auto spans = spans_finder_.finish(all);
    for (const auto& span : spans) speech_ += span.end - span.start;
    const std::int64_t frames = (all + kFrameSamples - 1) / kFrameSamples;
    for (const sound::Clip& clip : sound::make_clips(spans, frames))
        stretches_.push_back({clip.first * kFrameSamples, std::min(clip.end * kFrameSamples, all)});
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
    const auto part = samples().subspan(
        static_cast<std::size_t>(stretch.begin),
        static_cast<std::size_t>(length));
    const auto step = hearing_->step(backend, part, 0, true, request().stop, usage_);
    if (step == Hearing::Step::Stopped) return false;
    hand_over();
    const bool last = step == Hearing::Step::Done && stretch_ + 1 == stretches_.size();
    tell_progress(seconds(last ? std::ssize(samples()) : stretch.begin + hearing_->heard()));
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
        if (!request().word_times) segment.words.clear();
        tell_segment(segment);
    }
    if (!hearing_->words().language().empty()) language_ = hearing_->words().language();
}

SpeechFinish Transcription::summary() const
{
    SpeechFinish summary;
    // These models find the language by themselves, and few say which it was.
    summary.language = language_.empty() ? request().language : language_;
    summary.language_probability = language_.empty() ? 0 : 1;
    summary.speech_s = seconds(speech_);
    summary.usage = usage_;
    return summary;
}

} // namespace engine::parakeet

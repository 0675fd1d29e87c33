#include "engine/models/whisper/transcription.h"

#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

namespace engine::whisper {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr std::int64_t kHop = sound::LogMel::kHop;
static_assert(kFramesPerWindow == sound::kLongestClipFrames);
// Features of up to 20 minutes are kept (38 MB); those of longer sounds are computed a second time,
// window by window.
constexpr std::int64_t kFramesKept = 20 * 60 * 100;
constexpr float kForgetAbove =
    0.5f; // a text found at a high temperature is no example for the next
constexpr std::int64_t kWorthAWindow = 3'200; // samples of speech

sound::SpanRules span_rules()
{
    sound::SpanRules rules;
    rules.max_speech = sound::kLongestSpan;
    return rules;
}

std::string without_outer_spaces(std::string_view text)
{
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kSpaces) - first + 1));
}

} // namespace

Transcription::Transcription(
    std::shared_ptr<Model> model,
    SpeechRequest request,
    SpeechHandler handler)
    : SpeechTask(std::move(request), std::move(handler)), model_(std::move(model)),
      spans_finder_(span_rules())
{
    frames_ = sound::LogMel::frames(std::ssize(samples()));
    content_frames_ = sound::LogMel::content_frames(std::ssize(samples()));
    for (const auto& language : model_->vocabulary.languages()) {
        if (language.code == this->request().language) language_ = language;
    }
    if (language_) language_probability_ = 1;
}

SpeechTask::Step Transcription::step(kernels::Backend& backend)
{
    if (heard_frames_ < frames_) {
        listen(backend);
        if (heard_frames_ == frames_) begin_reading();
    } else if (clip_ < clips_.size() && !read_window(backend)) {
        return Step::Stopped;
    }
    return heard_frames_ < frames_ || clip_ < clips_.size() ? Step::More : Step::Done;
}

SpeechFinish Transcription::summary() const
{
    SpeechFinish summary;
    if (language_) summary.language = language_->code;
    summary.language_probability = language_probability_;
    std::int64_t speech = 0;
    for (const auto& span : spans_) speech += span.end - span.start;
    summary.speech_s = static_cast<double>(speech) / kSampleRateHz;
    summary.usage = usage_;
    return summary;
}

void Transcription::listen(kernels::Backend& backend)
{
    const auto begin = Clock::now();
    const std::span<const float> all = samples();
    const std::int64_t count = std::min<std::int64_t>(kFramesPerWindow, frames_ - heard_frames_);
    const bool last = heard_frames_ + count == frames_;
    const auto bins = static_cast<std::size_t>(model_->config.mel_bins);
    std::vector<float> features(static_cast<std::size_t>(count) * bins);
    model_->log_mel.compute(all, heard_frames_, count, features);
    loudest_ = std::max(loudest_, *std::max_element(features.begin(), features.end()));
    if (frames_ <= kFramesKept) log_mel_.insert(log_mel_.end(), features.begin(), features.end());

    if (request().skip_silence && model_->detector) {
        // 3000 frames are 937.5 chunks of 512: the detector's memory starts anew at whole chunks
        // only.
        const auto from = std::min(
            all.size(),
            static_cast<std::size_t>(heard_frames_ * kHop) / silero_vad::Detector::kChunk *
                silero_vad::Detector::kChunk);
        const auto to = last ? all.size()
                             : static_cast<std::size_t>((heard_frames_ + count) * kHop) /
                                   silero_vad::Detector::kChunk * silero_vad::Detector::kChunk;
        std::vector<float> probabilities;
        model_->detector->listen(backend, memory_, all.subspan(from, to - from), probabilities);
        for (const float probability : probabilities) spans_finder_.feed(probability);
    }
    heard_frames_ += count;
    usage_.prefill += duration_cast<microseconds>(Clock::now() - begin);
}

void Transcription::begin_reading()
{
    const std::int64_t all = std::ssize(samples());
    if (request().skip_silence && model_->detector) {
        spans_ = spans_finder_.finish(all);
        clips_ = sound::make_clips(spans_, content_frames_);
    } else if (content_frames_ > 0) {
        spans_ = {{0, all}};
        clips_ = {{0, content_frames_}};
    }
    if (!clips_.empty()) seek_ = clips_.front().first;
}

/// Scaled features of frames [first, first + count).
std::vector<float> Transcription::features(std::int64_t first, std::int64_t count)
{
    const auto bins = static_cast<std::size_t>(model_->config.mel_bins);
    const auto size = static_cast<std::size_t>(count) * bins;
    std::vector<float> part(size);
    if (!log_mel_.empty()) {
        const auto from = log_mel_.begin() +
                          static_cast<std::ptrdiff_t>(first) * static_cast<std::ptrdiff_t>(bins);
        std::copy_n(from, size, part.begin());
    } else {
        model_->log_mel.compute(samples(), first, count, part);
    }
    sound::LogMel::scale(part, loudest_);
    return part;
}

/// Encoder rows for a window: its own and some of the empty ones behind it, see README.md.
int Transcription::positions(std::int64_t frames) const
{
    const int all = model_->config.audio_positions;
    if (request().whole_windows) return all;
    return std::min(all, short_window_positions(static_cast<int>(frames)));
}

bool Transcription::read_window(kernels::Backend& backend)
{
    const auto begin = Clock::now();
    const std::int64_t frames = std::min<std::int64_t>(kFramesPerWindow, clips_[clip_].end - seek_);
    const auto mel = features(seek_, frames);
    const auto encoded = model_->encoder.run(backend, mel, positions(frames), request().stop);
    if (!encoded) return false;
    model_->decoder.begin_window(backend, *encoded);
    if (!language_) detect_language(backend);

    Search search(model_->config, model_->vocabulary, model_->decoder);
    const auto tokens = prompt();
    search.begin(backend, tokens, !request().whole_windows);
    const auto encoded_at = Clock::now();
    auto found =
        decode_with_fallback(backend, search, model_->vocabulary, request().beam, request().stop);
    usage_.prompt_tokens += static_cast<int>(tokens.size());
    usage_.new_tokens += search.steps();
    usage_.prefill += duration_cast<microseconds>(encoded_at - begin);
    usage_.decode += duration_cast<microseconds>(Clock::now() - encoded_at);
    if (!found) return false;
    if (found->silent) {
        advance(seek_ + frames);
    } else {
        take_text(backend, *found, frames, search.no_speech());
    }
    const bool last = clip_ == clips_.size();
    tell_progress(
        last ? static_cast<double>(samples().size()) / kSampleRateHz
             : static_cast<double>(seek_) / 100);
    return true;
}

void Transcription::detect_language(kernels::Backend& backend)
{
    const TokenId start[] = {model_->vocabulary.start_of_transcript};
    const int wanted[] = {0};
    model_->decoder.prefill(backend, start, wanted);
    const auto logits = model_->decoder.logits(0);
    const auto& languages = model_->vocabulary.languages();
    std::vector<float> scores;
    scores.reserve(languages.size());
    for (const auto& language : languages) {
        scores.push_back(logits[static_cast<std::size_t>(language.token)]);
    }
    const auto best = std::max_element(scores.begin(), scores.end());
    language_ = languages[static_cast<std::size_t>(best - scores.begin())];
    language_probability_ = std::exp(static_cast<double>(*best - log_sum_exp(scores)));
}

std::vector<TokenId> Transcription::prompt() const
{
    const Vocabulary& v = model_->vocabulary;
    const auto room = static_cast<std::size_t>(model_->config.text_positions / 2 - 1);
    std::vector<TokenId> tokens;
    if (!earlier_.empty()) {
        tokens.push_back(v.start_of_previous);
        const auto count = static_cast<std::ptrdiff_t>(std::min(room, earlier_.size()));
        tokens.insert(tokens.end(), earlier_.end() - count, earlier_.end());
    }
    tokens.insert(tokens.end(), {v.start_of_transcript, language_->token, v.transcribe});
    return tokens;
}

void Transcription::take_text(
    kernels::Backend& backend,
    const WindowText& found,
    std::int64_t frames,
    float no_speech)
{
    const std::int64_t from = seek_;
    WindowSegments window = cut_segments(found.text, model_->vocabulary, from, frames);
    std::vector<std::vector<TimedWord>> words;
    std::int64_t next = window.seek;
    if (request().word_times) {
        words = find_words(backend, window, frames);
        const auto last = std::find_if(words.rbegin(), words.rend(), [](const auto& list) {
            return !list.empty();
        });
        if (!window.ends_with_one_time && last != words.rend()) {
            const double end_s = last->back().end_s;
            if (end_s > static_cast<double>(from) / 100) next = std::llrint(100 * end_s);
        }
    }
    if (!request().whole_windows) fit_to_voice(window, words, from + frames);
    for (std::size_t i = 0; i < window.segments.size(); ++i) {
        hand_over(window.segments[i], words.empty() ? nullptr : &words[i], no_speech);
    }
    if (found.temperature > kForgetAbove) earlier_.clear();
    // A text that ends where it began would be read again and again.
    advance(next > from ? next : from + frames);
}

/// The model likes to begin at the start of its window and to end in the emptiness behind it; voice
/// activity knows better.
void Transcription::fit_to_voice(
    WindowSegments& window,
    std::vector<std::vector<TimedWord>>& words,
    std::int64_t window_end) const
{
    const double end_s = static_cast<double>(window_end) / 100;
    for (std::size_t i = 0; i < window.segments.size(); ++i) {
        TextSegment& segment = window.segments[i];
        segment.end_s = std::max(segment.start_s, std::min(segment.end_s, end_s));
        segment.start_s = sound::voice_from(spans_, segment.start_s, segment.end_s);
        if (words.empty() || words[i].empty()) continue;
        TimedWord& first = words[i].front();
        first.start_s = sound::voice_from(spans_, first.start_s, first.end_s);
    }
}

std::vector<std::vector<TimedWord>>
Transcription::find_words(kernels::Backend& backend, WindowSegments& window, std::int64_t frames)
{
    const Vocabulary& v = model_->vocabulary;
    std::vector<TokenId> tokens{
        v.start_of_transcript,
        language_->token,
        v.transcribe,
        v.no_timestamps};
    const std::size_t prompt_length = tokens.size();
    for (const TextSegment& segment : window.segments) {
        std::copy_if(
            segment.tokens.begin(),
            segment.tokens.end(),
            std::back_inserter(tokens),
            [&](TokenId id) { return id < v.end_of_text; });
    }
    const std::span<const TokenId> text = std::span(tokens).subspan(prompt_length);
    auto words = split_words(text, v, language_->code);
    const int rows = static_cast<int>(frames / 2);
    const bool fits = static_cast<int>(tokens.size()) < model_->config.text_positions;
    if (words.empty() || !fits || rows == 0) {
        return std::vector<std::vector<TimedWord>>(window.segments.size());
    }
    const auto count = static_cast<int>(text.size());
    tokens.push_back(v.end_of_text);
    const auto alignment = model_->decoder.align(backend, tokens, rows, v.end_of_text);
    time_words(words, alignment, static_cast<int>(prompt_length), count, rows);
    return deal_words(
        std::move(words),
        window.segments,
        v,
        static_cast<double>(seek_) / 100,
        last_speech_s_);
}

void Transcription::hand_over(TextSegment& segment, std::vector<TimedWord>* words, float no_speech)
{
    const Vocabulary& v = model_->vocabulary;
    RecognizedSegment out;
    out.text = without_outer_spaces(v.text(segment.tokens));
    if (segment.start_s == segment.end_s || out.text.empty()) return;
    out.start_s = segment.start_s;
    out.end_s = segment.end_s;
    out.no_speech = no_speech;
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < segment.tokens.size(); ++i) {
        if (segment.tokens[i] >= v.end_of_text) continue;
        sum += static_cast<double>(segment.log_probs[i]);
        ++count;
    }
    out.confidence = static_cast<float>(std::exp(sum / std::max(count, 1)));
    if (words != nullptr) {
        for (TimedWord& word : *words) {
            out.words.push_back(
                {word.start_s,
                 word.end_s,
                 std::move(word.text),
                 static_cast<float>(word.probability)});
        }
    }
    earlier_.insert(earlier_.end(), segment.tokens.begin(), segment.tokens.end());
    tell_segment(out);
}

void Transcription::advance(std::int64_t seek)
{
    seek_ = seek;
    while (clip_ < clips_.size()) {
        const sound::Clip& clip = clips_[clip_];
        seek_ = std::max(seek_, clip.first);
        const bool rest = seek_ < clip.end;
        // After the last word of a gated clip there is often a breath left, and a window of silence
        // invites inventions.
        const bool spoken = request().whole_windows || !model_->detector ||
                            !request().skip_silence ||
                            sound::speech_inside(spans_, seek_, clip.end) >= kWorthAWindow;
        if (rest && spoken) return;
        ++clip_;
    }
}

} // namespace engine::whisper

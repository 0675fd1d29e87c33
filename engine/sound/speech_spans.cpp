#include "engine/sound/speech_spans.h"

#include <algorithm>
#include <utility>

namespace engine::sound {
namespace {

// Inner silences longer than this (98 ms) are places to cut a span that grows too long.
constexpr std::int64_t kCutSilence = 1568;

std::int64_t length(const SpeechSpan& span)
{
    return span.end - span.start;
}

} // namespace

void SpanFinder::close(std::int64_t end, bool cut)
{
    const SpeechSpan span{start_, end};
    if (cut || length(span) > rules_.min_speech) spans_.push_back(span);
    silences_.clear();
    pending_end_.reset();
    speaking_ = false;
}

/// True when the span was cut in the middle of speech and this chunk is done with.
bool SpanFinder::cut_long_span(std::int64_t at)
{
    if (rules_.max_speech == 0) return false;
    if (at - start_ <= rules_.max_speech - kChunk - 2 * rules_.pad) return false;
    if (silences_.empty()) {
        close(at, true);
        return true;
    }
    const SpeechSpan longest = *std::max_element(
        silences_.begin(),
        silences_.end(),
        [](const SpeechSpan& a, const SpeechSpan& b) { return length(a) < length(b); });
    close(longest.start, true);
    speaking_ = true;
    start_ = longest.end;
    return false;
}

void SpanFinder::feed(float probability)
{
    const std::int64_t at = kChunk * chunk_++;
    if (probability >= rules_.threshold) {
        if (pending_end_ && at - *pending_end_ > kCutSilence) {
            silences_.push_back({*pending_end_, at});
        }
        pending_end_.reset();
        if (!speaking_) {
            speaking_ = true;
            start_ = at;
            return;
        }
    }
    if (!speaking_ || cut_long_span(at)) return;
    if (probability >= rules_.exit_threshold) return;
    if (!pending_end_) pending_end_ = at;
    if (at - *pending_end_ >= rules_.min_silence) close(*pending_end_, false);
}

std::vector<SpeechSpan> SpanFinder::finish(std::int64_t samples)
{
    if (speaking_) close(samples, false);
    for (std::size_t i = 0; i < spans_.size(); ++i) {
        SpeechSpan& span = spans_[i];
        if (i == 0) span.start = std::max<std::int64_t>(0, span.start - rules_.pad);
        if (i + 1 == spans_.size()) {
            span.end = std::min(samples, span.end + rules_.pad);
            break;
        }
        SpeechSpan& next = spans_[i + 1];
        const std::int64_t silence = next.start - span.end;
        const std::int64_t pad = silence < 2 * rules_.pad ? silence / 2 : rules_.pad;
        span.end = std::min(samples, span.end + pad);
        next.start = std::max<std::int64_t>(0, next.start - pad);
    }
    return std::move(spans_);
}

std::vector<SpeechSpan>
find_spans(std::span<const float> probabilities, std::int64_t samples, const SpanRules& rules)
{
    SpanFinder finder(rules);
    for (const float probability : probabilities) finder.feed(probability);
    return finder.finish(samples);
}

} // namespace engine::sound

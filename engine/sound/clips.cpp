#include "engine/sound/clips.h"

#include "engine/sound/log_mel.h"
#include "engine/types.h"

#include <algorithm>
#include <cstddef>

namespace engine::sound {
namespace {

constexpr std::int64_t kHop = LogMel::kHop;
constexpr std::int64_t kPad = 8'000;           // 0.5 s
constexpr std::int64_t kLongestPause = 48'000; // 3 s
constexpr std::int64_t kWindow = kLongestClipFrames * kHop;

std::int64_t pause_before(std::span<const SpeechSpan> spans, std::size_t i)
{
    return spans[i].start - (i == 0 ? 0 : spans[i - 1].end);
}

/// One past the last span of the clip that begins with span `first`.
std::size_t clip_end(std::span<const SpeechSpan> spans, std::size_t first)
{
    const std::int64_t start = spans[first].start - kPad;
    std::size_t end = first + 1;
    while (end < spans.size() && pause_before(spans, end) <= kLongestPause &&
           spans[end].end + kPad - start <= kWindow) {
        ++end;
    }
    const bool full = end < spans.size() && pause_before(spans, end) <= kLongestPause;
    if (!full) return end;
    std::size_t best = end;
    for (std::size_t i = end - 1; i > first && spans[i - 1].end - start >= kWindow / 2; --i) {
        if (pause_before(spans, i) > pause_before(spans, best)) best = i;
    }
    return best;
}

} // namespace

std::vector<Clip> make_clips(std::span<const SpeechSpan> spans, std::int64_t content_frames)
{
    std::vector<Clip> clips;
    for (std::size_t first = 0; first < spans.size();) {
        const std::size_t end = clip_end(spans, first);
        // Two clips share the pause between them.
        const std::int64_t before =
            first == 0 ? kPad : std::min(kPad, pause_before(spans, first) / 2);
        const std::int64_t after =
            end == spans.size() ? kPad : std::min(kPad, pause_before(spans, end) / 2);
        const std::int64_t start = std::max<std::int64_t>(0, spans[first].start - before) / kHop;
        const std::int64_t stop = (spans[end - 1].end + after + kHop - 1) / kHop;
        const Clip clip{start, std::min({stop, content_frames, start + kLongestClipFrames})};
        if (clip.end > clip.first) clips.push_back(clip);
        first = end;
    }
    return clips;
}

std::int64_t speech_inside(std::span<const SpeechSpan> spans, std::int64_t first, std::int64_t end)
{
    std::int64_t samples = 0;
    for (const SpeechSpan& span : spans) {
        samples += std::max<std::int64_t>(
            0,
            std::min(span.end, end * kHop) - std::max(span.start, first * kHop));
    }
    return samples;
}

double voice_from(std::span<const SpeechSpan> spans, double start_s, double end_s)
{
    for (const SpeechSpan& span : spans) {
        const double from = static_cast<double>(span.start) / kSampleRateHz;
        const double to = static_cast<double>(span.end) / kSampleRateHz;
        if (to <= start_s) continue;
        return from > start_s && from < end_s ? from : start_s;
    }
    return start_s;
}

} // namespace engine::sound

#pragma once

#include "engine/sound/speech_spans.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::sound {

/// Mel frames [first, end) of 10 ms that go to the recogniser together.
struct Clip {
    std::int64_t first = 0;
    std::int64_t end = 0;
    bool operator==(const Clip&) const = default;
};

/// Mel frames of the longest clip: 30 s, what the models were trained on.
inline constexpr int kLongestClipFrames = 3000;
/// Spans of speech longer than this many samples are cut, so that a clip with its padding fits.
inline constexpr std::int64_t kLongestSpan = 28 * 16'000;

/// Groups spans into clips of at most 30 s that begin and end in silence, 0.5 s of it at each side
/// where there is so much. Pauses up to 3 s stay inside a clip, since a new window costs more than
/// they do. A clip that would grow too long ends at the longest pause of its second half.
std::vector<Clip> make_clips(std::span<const SpeechSpan> spans, std::int64_t content_frames);

/// Samples of speech inside frames [first, end).
std::int64_t speech_inside(std::span<const SpeechSpan> spans, std::int64_t first, std::int64_t end);

/// Where a stretch of text really begins: `start_s`, or the start of the first span after it that
/// begins before `end_s` where `start_s` lies in silence.
double voice_from(std::span<const SpeechSpan> spans, double start_s, double end_s);

} // namespace engine::sound

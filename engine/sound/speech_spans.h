#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine::sound {

/// Samples [start, end) of a 16 kHz sound.
struct SpeechSpan {
    std::int64_t start = 0;
    std::int64_t end = 0;
    bool operator==(const SpeechSpan&) const = default;
};

/// Lengths in samples at 16 kHz; the defaults are Silero's.
struct SpanRules {
    double threshold = 0.5;       // probability that starts speech
    double exit_threshold = 0.35; // below it speech may end; between the two nothing changes
    std::int64_t min_speech = 4000;
    std::int64_t min_silence = 1600;
    std::int64_t pad = 480;
    std::int64_t max_speech = 0; // 0: unbounded
};

/// Turns one probability a chunk of 512 samples into spans of speech. Feed chunk by chunk, then
/// finish(). Source: get_speech_timestamps of silero-vad 6.2.
class SpanFinder {
public:
    static constexpr std::int64_t kChunk = 512;

    explicit SpanFinder(const SpanRules& rules = {}) : rules_(rules) {}

    void feed(float probability);
    /// Ends an open span at `samples`, pads and returns all spans, ascending and disjoint.
    std::vector<SpeechSpan> finish(std::int64_t samples);

    bool speaking() const { return speaking_; }

private:
    void close(std::int64_t end, bool cut);
    bool cut_long_span(std::int64_t at);

    SpanRules rules_;
    std::int64_t chunk_ = 0;
    bool speaking_ = false;
    std::int64_t start_ = 0;
    std::optional<std::int64_t> pending_end_;
    std::vector<SpeechSpan> silences_; // inside the open span, long enough to cut at
    std::vector<SpeechSpan> spans_;
};

std::vector<SpeechSpan>
find_spans(std::span<const float> probabilities, std::int64_t samples, const SpanRules& rules = {});

} // namespace engine::sound

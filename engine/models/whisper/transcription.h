#pragma once

#include "engine/models/speech_task.h"
#include "engine/models/whisper/alignment.h"
#include "engine/models/whisper/fallback.h"
#include "engine/models/whisper/model.h"
#include "engine/sound/clips.h"

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace engine::whisper {

/// One SpeechRequest on its way through the engine thread, as a chain of short jobs: first it
/// listens to the whole sound 30 s at a time (voice, and the loudest feature, which scales all
/// others), then it reads window after window. Between two jobs a more urgent request goes first.
class Transcription final : public SpeechTask {
public:
    Transcription(std::shared_ptr<Model> model, SpeechRequest request, SpeechHandler handler);

private:
    Step step(kernels::Backend& backend) override;
    SpeechFinish summary() const override;

    void listen(kernels::Backend& backend);
    void begin_reading();
    /// One window; false when it was stopped on the way.
    bool read_window(kernels::Backend& backend);
    std::vector<float> features(std::int64_t first, std::int64_t count);
    int positions(std::int64_t frames) const;
    void detect_language(kernels::Backend& backend);
    std::vector<TokenId> prompt() const;
    void take_text(
        kernels::Backend& backend,
        const WindowText& found,
        std::int64_t frames,
        float no_speech);
    std::vector<std::vector<TimedWord>>
    find_words(kernels::Backend& backend, WindowSegments& window, std::int64_t frames);
    void fit_to_voice(
        WindowSegments& window,
        std::vector<std::vector<TimedWord>>& words,
        std::int64_t window_end) const;
    void hand_over(TextSegment& segment, std::vector<TimedWord>* words, float no_speech);
    void advance(std::int64_t seek);

    std::shared_ptr<Model> model_;

    // Listening.
    std::int64_t frames_ = 0; // of the whole sound, the last one not content
    std::int64_t content_frames_ = 0;
    std::int64_t heard_frames_ = 0;
    silero_vad::Detector::Memory memory_;
    sound::SpanFinder spans_finder_;
    float loudest_ = -std::numeric_limits<float>::infinity();
    std::vector<float> log_mel_; // of the whole sound where it is short enough to keep

    // Reading.
    std::vector<sound::SpeechSpan> spans_;
    std::vector<sound::Clip> clips_;
    std::size_t clip_ = 0;
    std::int64_t seek_ = 0;
    std::optional<Vocabulary::Language> language_;
    double language_probability_ = 0;
    std::vector<TokenId> earlier_; // text of the windows before, with its timestamps
    double last_speech_s_ = 0;
    Usage usage_;
};

} // namespace engine::whisper

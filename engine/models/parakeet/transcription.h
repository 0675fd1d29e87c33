#pragma once

#include "engine/models/parakeet/hearing.h"
#include "engine/models/speech_task.h"
#include "engine/sound/clips.h"

#include <memory>
#include <optional>
#include <vector>

namespace engine::parakeet {

/// One SpeechRequest on its way through the engine thread, as a chain of short jobs: where silence
/// is skipped it first listens for voice, 30 s a job, and then hears each clip of voice by itself;
/// else the sound is one stretch, in one window where it is at most 30 s long. Between two jobs a
/// more urgent request goes first.
class Transcription final : public SpeechTask {
public:
    Transcription(std::shared_ptr<Model> model, SpeechRequest request, SpeechHandler handler);

private:
    struct Stretch {
        std::int64_t begin = 0, end = 0; // samples
    };
    Step step(kernels::Backend& backend) override;
    SpeechFinish summary() const override;
    void listen(kernels::Backend& backend);
    void find_stretches();
    /// One window; false when it was stopped on the way.
    bool hear(kernels::Backend& backend);
    void hand_over();

    std::shared_ptr<Model> model_;

    bool gated_ = false;
    std::int64_t listened_ = 0; // samples
    silero_vad::Detector::Memory memory_;
    sound::SpanFinder spans_finder_;
    std::int64_t speech_ = 0; // samples

    bool found_ = false; // the stretches are known
    std::vector<Stretch> stretches_;
    std::size_t stretch_ = 0;
    std::optional<Hearing> hearing_; // of the current one
    std::string language_;
    Usage usage_;
};

} // namespace engine::parakeet

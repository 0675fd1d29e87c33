#pragma once

#include "engine/result.h"
#include "engine/types.h"
#include "engine/worker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace engine {

/// Seconds from the start of the sound that was submitted.
struct RecognizedWord {
    double start_s = 0;
    double end_s = 0;
    std::string text;     // with the spaces and punctuation that belong to it
    float confidence = 0; // mean probability of its tokens
};
struct RecognizedSegment {
    double start_s = 0;
    double end_s = 0;
    std::string text;
    float confidence = 0; // exp of the mean log probability
    float no_speech = 0;
    std::vector<RecognizedWord> words; // where asked for
};

struct SpeechRequest {
    Sound sound;
    std::string language; // ISO 639-1; empty: detect on the first window with speech
    bool word_times = false;
    int beam = 1;             // 1: greedy
    bool skip_silence = true; // by voice activity; silence is never sent to the recogniser
    bool whole_windows =
        false; // always 30-s windows, as the reference does; slower for short speech
    Priority priority = Priority::Background;
    std::stop_token stop;
};
struct SpeechFinish {
    std::string language;
    double language_probability = 0;
    double speech_s = 0; // seconds in which voice was found
    Usage usage;
};
/// Called on the engine thread, in order. One request occupies the thread for one window (<= 30 s
/// of speech) at a time; between windows a more urgent request goes first.
struct SpeechHandler {
    std::function<void(double done_s, double total_s)> on_progress;
    std::function<void(const RecognizedSegment&)> on_segment;
    std::function<void(Result<SpeechFinish>)> on_done; // exactly once, last
};

/// Speech to text with times. submit() may be called from any thread.
class SpeechRecognizer {
public:
    /// `voice_activity` is the folder of the VAD model; empty: silence is not skipped.
    /// Errors: FileNotFound, BadModelFile, ModelUnsupported, OutOfMemory.
    static Result<std::unique_ptr<SpeechRecognizer>> open(
        Worker& worker,
        const std::filesystem::path& model,
        const std::filesystem::path& voice_activity,
        kernels::Compute compute = kernels::Compute::Fast);
    virtual ~SpeechRecognizer() = default;
    virtual Result<void> submit(SpeechRequest request, SpeechHandler handler) = 0;
};

} // namespace engine

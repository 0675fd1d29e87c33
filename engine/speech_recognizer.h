#pragma once

#include "engine/result.h"
#include "engine/types.h"
#include "engine/worker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
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

/// Live sound on its way to words: what was once said stays, and every word is told once.
///
/// Samples are heard in windows with known sound before and coming sound behind them, so a word
/// comes `chunk_s` + `right_s` after it was spoken, and computing.
struct LiveOptions {
    double left_s = 10; // multiples of 0.08 s each, at most 30 s in all
    double chunk_s = 2;
    double right_s = 2;
    Priority priority = Priority::Live;
    std::stop_token stop;
};
/// Called on the engine thread, in order; one window at a time occupies it.
struct LiveHandler {
    std::function<void(const RecognizedWord&)> on_word;
    std::function<void(const RecognizedSegment&)> on_segment; // behind its words
    std::function<void(Result<SpeechFinish>)> on_done;        // once, last
};
/// One live sound. The object may be used by one thread at a time, any one.
class LiveSpeech {
public:
    /// What waits is dropped, and nothing is told any more, on_done neither.
    virtual ~LiveSpeech() = default;
    /// Any number of samples at 16 kHz, kept until they were heard: where the engine is slower than
    /// people speak, 64 KB a second wait in memory. Never refused.
    virtual void add(std::span<const float> samples) = 0;
    /// No more will come: the rest is heard, then on_done. Errors: QueueFull; then again later.
    virtual Result<void> finish() = 0;
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
    /// Errors: Unavailable (a recogniser that hears whole windows only), BadUsage.
    virtual Result<std::unique_ptr<LiveSpeech>>
    open_live(const LiveOptions& /*options*/, const LiveHandler& /*handler*/)
    {
        return fail(
            ErrorCode::Unavailable,
            "This speech model hears whole recordings only.",
            "Choose a Parakeet TDT for words as they are spoken.");
    }
};

} // namespace engine

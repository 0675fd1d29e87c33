#pragma once

#include "app/result.h"
#include "app/sound_pieces.h"
#include "capture/types.h"
#include "engine/speech_recognizer.h"
#include "storage/types.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace app {

struct ListenOptions {
    storage::SourceId source = 0;
    double start_s = 0;   // where the sound should begin
    std::string language; // empty: detected on the first piece with speech, then kept
    bool word_times = true;
    engine::Priority priority = engine::Priority::Background;
};
/// Called on the listener's own thread, in order.
struct ListenHandler {
    std::function<void(std::vector<storage::Segment>)> on_segments; // of one piece, never empty
    std::function<void(double heard_s)> on_progress;                // position in the source
    std::function<void(SoundGap)> on_gap;
};

/// Recognises speech while it is being read. add() comes from the reading thread and waits when the
/// recogniser is two pieces behind: reading slows down by itself and an hour of sound takes the
/// memory of six minutes.
class Listener {
public:
    Listener(
        engine::SpeechRecognizer& recognizer,
        ListenOptions options,
        ListenHandler handler,
        std::stop_token stop);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// False once recognising failed or was stopped: no more sound is wanted.
    bool add(const capture::AudioBlock& block);
    /// Waits for the rest; the language that was heard, empty where nobody spoke. What was
    /// recognised before an error or a stop has been handed over. Errors: those of the recogniser;
    /// Cancelled.
    Result<std::string> finish();

private:
    void run();
    void recognise(SoundPiece piece);
    void hand_over(std::optional<SoundPiece> piece);

    engine::SpeechRecognizer& recognizer_;
    ListenOptions options_;
    ListenHandler handler_;
    std::stop_token stop_;
    SoundPieces pieces_; // of the reading thread

    std::mutex mutex_; // guards what follows
    std::condition_variable_any changed_;
    std::optional<SoundPiece> next_;
    bool complete_ = false;
    std::optional<Error> error_;
    std::thread thread_;
};

} // namespace app

#pragma once

#include "app/result.h"
#include "capture/audio_output.h"
#include "capture/reader_client.h"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>

namespace app {

/// The side of a Player that talks to the reader: one thread, one task at a time. A new task ends
/// the one before. What a task brings carries its number, so that nothing late is taken for new.
///
/// Sound is written to the output as there is room, frames wait in a short queue: a player that is
/// paused lets both fill up, and the reader stands still.
class PlayerDecoder {
public:
    struct Open {
        std::filesystem::path path;
        std::string name;
    };
    struct Play {
        capture::PlayRange range;
        capture::AudioOutput* output = nullptr; // stereo; outlives the task
    };
    struct Find {
        capture::FrameQuery query;
        int times = 1; // Next and Previous: so many frames on
    };
    using Task = std::variant<std::monostate, Open, Play, Find>; // monostate: close the file

    /// How a task ended; a task that was ended by the next one tells nothing.
    struct Ended {
        std::uint64_t task = 0;
        Result<std::optional<capture::FileInfo>> result; // of Open: what the file is
    };
    struct Shown {
        std::uint64_t task = 0;
        capture::PlayFrame frame;
    };
    struct Said {
        std::uint64_t task = 0;
        std::string sentence;
    };
    using Event = std::variant<Ended, Said>;

    /// `wake` is called on the decoder's thread whenever there is something new; it must not wait.
    PlayerDecoder(capture::ReaderOptions reader, std::function<void()> wake);
    ~PlayerDecoder();

    /// Returns its number.
    std::uint64_t begin(Task task);
    /// Ends the present task and waits until it has ended (some milliseconds).
    void end();
    /// The output has played: there may be room.
    void there_is_room();

    std::optional<Event> next_event();
    /// The frame that is due at `position_s` (of several the last); earlier ones are dropped. One
    /// that is not exact is due at once.
    std::optional<Shown> frame_due(double position_s);

private:
    void run();
    Result<std::optional<capture::FileInfo>> perform(const Task& task, const std::stop_token& stop);
    Result<void> play(const Play& task, const std::stop_token& stop);
    Result<void> find(const Find& task, const std::stop_token& stop);
    void write(capture::AudioOutput& output, capture::PlaySound block, const std::stop_token& stop);
    void queue(capture::PlayFrame frame, const std::stop_token& stop);
    void say(std::string sentence);

    capture::ReaderOptions reader_options_;
    std::function<void()> wake_;
    std::unique_ptr<capture::FileReader> reader_; // of the thread
    std::mutex mutex_;                            // guards what follows
    std::condition_variable_any changed_;
    std::optional<Task> next_;
    std::uint64_t number_ = 0;  // of the newest task
    std::uint64_t running_ = 0; // 0: none
    std::stop_source stop_;
    std::deque<Event> events_;
    std::deque<Shown> frames_;
    bool ending_ = false;
    std::thread thread_;
};

} // namespace app

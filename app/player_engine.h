#pragma once

#include "app/player.h"
#include "app/player_decoder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace app {

/// The thread that decides: takes what the user wants in order, keeps the time by the output, and
/// calls the observer. All fields below `commands_` are its own.
class Player::Engine {
public:
    Engine(PlayerObserver observer, capture::ReaderOptions reader, OpenOutput open_output)
        : observer_(std::move(observer)), open_output_(std::move(open_output)),
          decoder_(std::move(reader), [this] { wake(); }), thread_([this] { run(); })
    {
    }
    ~Engine()
    {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    /// Something that the user wants. A seek replaces seeks that were not begun.
    struct Command {
        std::function<void(Engine&)> act;
        bool is_seek = false;
    };
    void tell(std::function<void(Engine&)> act, bool is_seek = false)
    {
        {
            const std::lock_guard lock(mutex_);
            if (is_seek && !commands_.empty() && commands_.back().is_seek) commands_.pop_back();
            commands_.push_back({std::move(act), is_seek});
        }
        changed_.notify_all();
    }

    void open(const std::filesystem::path& path, double start_s, const std::string& name);
    void close();
    void play();
    void pause();
    void seek(double time_s);
    void step(int frames);
    void play_span(double start_s, double end_s);
    void set_speed(double speed);
    void set_volume(float volume);
    void set_frame_width(int width_px) { width_px_ = std::clamp(width_px, 16, 8192); }

    /// While the reader still looks at the file: does it afterwards. True: it will.
    bool put_off(std::function<void(Engine&)> act)
    {
        if (state != PlayerState::Opening) return false;
        after_opening_.push_back(std::move(act));
        return true;
    }

    std::atomic<double> position{0};
    std::atomic<PlayerState> state{PlayerState::Empty};

private:
    enum class Doing { Nothing, Opening, Playing, Finding };

    void run();
    void wake();
    void tick();
    void take(const PlayerDecoder::Ended& ended);
    void opened(const capture::FileInfo& info);
    void task_failed(const Error& error);
    void begin_playing(double at_s);
    void find(capture::FrameChoice choice, double time_s, int times = 1);
    void drop_sound();
    void ensure_output();
    void end_playing();
    double time_played() const;
    void show_due(double position_s);
    void set_state(PlayerState next);
    void tell_position(double position_s);
    bool is_open() const { return info_.has_value(); }
    bool has_pictures() const { return info_ && info_->kind == capture::FileKind::Video; }
    double last_s() const { return info_ ? info_->duration_s : 0; }

    PlayerObserver observer_;
    OpenOutput open_output_;
    std::mutex mutex_; // guards what follows, up to `commands_`
    std::condition_variable changed_;
    bool ending_ = false;
    bool woken_ = false;
    std::deque<Command> commands_;

    std::unique_ptr<capture::AudioOutput> output_;
    bool output_runs_ = false;
    std::string last_notice_;
    std::optional<capture::FileInfo> info_;
    double start_s_ = 0; // where open() is to end
    double speed_ = 1;
    float volume_ = 1;
    int width_px_ = 1280;
    std::optional<double> span_end_s_;
    Doing doing_ = Doing::Nothing;
    std::uint64_t task_ = 0;
    bool all_sent_ = false;  // the reader has sent the last of what is being played
    bool can_go_on_ = false; // paused in the midst: what is queued is what comes next
    double from_s_ = 0;      // what is being played began there ...
    double from_frame_ = 0;  // ... at this frame of the output
    std::optional<double> shown_s_;
    double last_asked_s_ = 0; // of a search
    capture::FrameChoice last_choice_ = capture::FrameChoice::At;
    int last_times_ = 1;
    bool found_ = true; // what was searched for last
    std::optional<double> died_at_s_;
    std::vector<std::function<void(Engine&)>> after_opening_;
    std::chrono::steady_clock::time_point told_at_;
    PlayerDecoder decoder_; // last but one: its thread wakes us
    std::thread thread_;
};

} // namespace app
